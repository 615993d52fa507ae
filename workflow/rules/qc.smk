# Checking: what matters is computed a second time, from the data sets and from the files of the
# export; the report stops where the two differ.


rule check_independently:
    input:
        adsl=rules.derive_adam.output.adsl,
        adae=rules.derive_adam.output.adae,
        adtte=rules.derive_adam.output.adtte,
        adqs=rules.derive_adam.output.adqs,
        reasons=rules.derive_adam.output.reasons,
        queries=rules.gather_queries.output.queries,
        ard=rules.build_ard.output[0],
        export=run.sources.export,
        lists=run.sources.lists,
        plan=run.plan_file,
    output:
        run.results / "qc.csv",
    log:
        run.logs / "check_independently.log",
    params:
        code=run.code["check"],
        content=run.inputs,
        mapping=run.mapping_param,
        plan=run.plan_hash,
    script:
        "../scripts/check_independently.py"
