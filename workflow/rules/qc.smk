# Checking: what matters is computed a second time; the report stops where the two differ.


rule check_independently:
    input:
        adsl=rules.derive_adam.output.adsl,
        adtte=rules.derive_adam.output.adtte,
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        run.results / "qc.csv",
    log:
        run.logs / "check_independently.log",
    params:
        code=run.code["check"],
        plan=run.plan_hash,
    script:
        "../scripts/check_independently.py"
