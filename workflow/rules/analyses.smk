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


rule analyse_sensitivity:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "sensitivity.json",
    log:
        run.logs / "analyse_sensitivity.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_sensitivity.py"


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


rule analyse_survival:
    input:
        adsl=rules.derive_adam.output.adsl,
        adtte=rules.derive_adam.output.adtte,
        plan=run.plan_file,
    output:
        ANALYSES / "survival.json",
    log:
        run.logs / "analyse_survival.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_survival.py"


rule analyse_adverse_events:
    input:
        adsl=rules.derive_adam.output.adsl,
        adae=rules.derive_adam.output.adae,
        plan=run.plan_file,
    output:
        ANALYSES / "adverse_events.json",
    log:
        run.logs / "analyse_adverse_events.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_adverse_events.py"


rule analyse_exposure:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "exposure.json",
    log:
        run.logs / "analyse_exposure.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_exposure.py"


rule analyse_dichotomies:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "dichotomies.json",
    log:
        run.logs / "analyse_dichotomies.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_dichotomies.py"


rule analyse_distributions:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "distributions.json",
    log:
        run.logs / "analyse_distributions.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_distributions.py"


rule analyse_secondary:
    input:
        adsl=rules.derive_adam.output.adsl,
        adqs=rules.derive_adam.output.adqs,
        plan=run.plan_file,
    output:
        ANALYSES / "secondary.json",
    log:
        run.logs / "analyse_secondary.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_secondary.py"


rule analyse_subgroups:
    input:
        adsl=rules.derive_adam.output.adsl,
        plan=run.plan_file,
    output:
        ANALYSES / "subgroups.json",
    log:
        run.logs / "analyse_subgroups.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_subgroups.py"


rule analyse_missing:
    input:
        adsl=rules.derive_adam.output.adsl,
        adqs=rules.derive_adam.output.adqs,
        plan=run.plan_file,
    output:
        ANALYSES / "missing.json",
    log:
        run.logs / "analyse_missing.log",
    params:
        code=run.code["analyse"],
        provenance=run.describe("analyse"),
    script:
        "../scripts/analyse_missing.py"


rule build_ard:
    input:
        rules.analyse_populations.output,
        rules.analyse_mrs_shift.output,
        rules.analyse_sensitivity.output,
        rules.analyse_missing.output,
        rules.analyse_dichotomies.output,
        rules.analyse_distributions.output,
        rules.analyse_secondary.output,
        rules.analyse_subgroups.output,
        rules.analyse_safety.output,
        rules.analyse_survival.output,
        rules.analyse_adverse_events.output,
        rules.analyse_exposure.output,
    output:
        run.results / "ard.csv",
    log:
        run.logs / "build_ard.log",
    params:
        code=run.code["manifest"],
    script:
        "../scripts/build_ard.py"
