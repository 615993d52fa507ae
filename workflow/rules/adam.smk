# Deriving: typed tables become analysis data sets; every data query is gathered.

ADAM = run.results / "adam"


rule derive_adam:
    input:
        **EDC,
        reading_queries=rules.read_edc.output.queries,
        lists=run.sources.lists,
        plan=run.plan_file,
    output:
        adsl=ADAM / "adsl.parquet",
        adqs=ADAM / "adqs.parquet",
        adtte=ADAM / "adtte.parquet",
        adae=ADAM / "adae.parquet",
        reasons=ADAM / "ppreasons.csv",
        queries=run.results / "edc" / "queries.csv",
    log:
        run.logs / "derive_adam.log",
    params:
        code=run.code["derive_adam"],
        content=run.inputs,
        mapping=run.mapping.model_dump_json(),
        allocation=run.allocation.value,
        plan=run.plan_hash,
        tables=list(EDC),
    script:
        "../scripts/derive_adam.py"
