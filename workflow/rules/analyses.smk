# Analysing: analysis data sets become results, and all results one long table.

from analysis.analyses.subjects import SUBJECTS

ANALYSES = run.results / "analyses"
DATA_SETS = {
    **dict(rules.derive_adam.output.items()),
    "screening": EDC.get("screening", []),
}


for subject in SUBJECTS:

    rule:
        name:
            f"analyse_{subject.name}"
        input:
            **{name: DATA_SETS[name] for name in subject.data_sets},
            plan=run.plan_file,
        output:
            ANALYSES / f"{subject.name}.json",
        log:
            run.logs / f"analyse_{subject.name}.log",
        params:
            subject=subject.name,
            code=run.code["analyse"],
            provenance=run.describe("analyse"),
        script:
            "../scripts/analyse.py"


rule build_ard:
    input:
        [ANALYSES / f"{subject.name}.json" for subject in SUBJECTS],
    output:
        run.results / "ard.csv",
    log:
        run.logs / "build_ard.log",
    params:
        code=run.code["manifest"],
    script:
        "../scripts/build_ard.py"
