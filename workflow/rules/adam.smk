# Deriving: typed tables become analysis data sets; every data query is gathered, written for the
# sites, and held against the plan.

ADAM = run.results / "adam"


rule derive_adam:
    input:
        **EDC,
        lists=run.sources.lists,
        plan=run.plan_file,
    output:
        adsl=ADAM / "adsl.parquet",
        adqs=ADAM / "adqs.parquet",
        adtte=ADAM / "adtte.parquet",
        adae=ADAM / "adae.parquet",
        reasons=ADAM / "ppreasons.csv",
        queries=run.results / "edc" / "derived_queries.csv",
    log:
        run.logs / "derive_adam.log",
    params:
        code=run.code["derive_adam"],
        content=run.inputs,
        mapping=run.mapping_param,
        allocation=run.allocation.value,
        plan=run.plan_hash,
        tables=list(EDC),
    script:
        "../scripts/derive_adam.py"


rule gather_queries:
    input:
        **EDC,
        reading_queries=rules.read_edc.output.queries,
        derived=rules.derive_adam.output.queries,
        rows=rules.read_edc.output.rows,
        plan=run.plan_file,
    output:
        queries=run.results / "edc" / "queries.csv",
        workbook=run.results / "edc" / "queries.xlsx",
    log:
        run.logs / "gather_queries.log",
    params:
        code=run.code["gather_queries"],
        mapping=run.mapping_param,
        allocation=run.allocation.value,
        plan=run.plan_hash,
        tables=list(EDC),
    script:
        "../scripts/queries/gather.py"


rule limit_queries:
    input:
        queries=rules.gather_queries.output.queries,
        rand=EDC["rand"],
        plan=run.plan_file,
    output:
        run.results / "edc" / "query_limits.csv",
    log:
        run.logs / "limit_queries.log",
    params:
        code=run.code["limit_queries"],
        plan=run.plan_hash,
    script:
        "../scripts/queries/limit.py"
