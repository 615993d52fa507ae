# Analysing: analysis data sets become results, and all results one long table.

from analysis.analyses.topics import list_jobs, list_topics, name_results

ANALYSES = run.results / "analyses"
TOPICS = list_topics(run.plan)
DATA_SETS = {
    **dict(rules.derive_adam.output.items()),
    "queries": rules.gather_queries.output.queries,
    "screening": EDC.get("screening", []),
    "door": rules.read_edc.output.door,
    **{name_results(topic.name): ANALYSES / f"{topic.name}.json" for topic in TOPICS},
}


for job in list_jobs(run.plan):

    rule:
        name:
            f"analyse_{job.name}"
        input:
            **{name: DATA_SETS[name] for name in job.takes},
            plan=run.plan_file,
            allowed=rules.limit_queries.output,
            after=[ANALYSES / f"{name}.json" for name in job.after],
        output:
            [ANALYSES / f"{topic.name}.json" for topic in job.topics],
        log:
            run.logs / f"analyse_{job.name}.log",
        params:
            job=job.name,
            code=run.code["analyse"],
            provenance=run.describe("analyse"),
        script:
            "../scripts/analyse.py"


rule build_ard:
    input:
        [ANALYSES / f"{topic.name}.json" for topic in TOPICS],
    output:
        run.results / "ard.csv",
    log:
        run.logs / "build_ard.log",
    params:
        code=run.code["build_ard"],
    script:
        "../scripts/build_ard.py"
