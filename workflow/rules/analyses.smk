# Analysing: analysis data sets become results, and all results one long table.

ANALYSES = run.results / "analyses"


rule analyse_populations:
    input:
        adsl=rules.derive_adam.output.adsl,
        reasons=rules.derive_adam.output.reasons,
        queries=rules.derive_adam.output.queries,
        screening=EDC.get("screening", []),
        plan=run.plan_file,
    output:
        ANALYSES / "populations.json",
    log:
        run.logs / "analyse_populations.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_populations.py"


rule analyse_mrs_shift:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "mrs_shift.json",
    log:
        run.logs / "analyse_mrs_shift.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_mrs_shift.py"


rule analyse_safety:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "safety.json",
    log:
        run.logs / "analyse_safety.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_safety.py"


rule build_ard:
    input:
        rules.analyse_populations.output,
        rules.analyse_mrs_shift.output,
        rules.analyse_safety.output,
    output:
        run.results / "ard.csv",
    log:
        run.logs / "build_ard.log",
    params:
        code=run.code["manifest"],
    script:
        "../scripts/build_ard.py"
