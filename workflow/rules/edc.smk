# Reading: the files of the export become typed tables and data queries.

EDC = {table: run.results / "edc" / f"{table}.parquet" for table in run.tables}


rule read_edc:
    input:
        export=run.export,
        lists=run.lists,
        plan=run.plan_file,
    output:
        **EDC,
        queries=run.results / "edc" / "reading_queries.csv",
    log:
        run.logs / "read_edc.log",
    params:
        code=run.code["read_edc"],
        content=run.inputs,
        mapping=run.mapping.model_dump_json(),
        allocation=run.allocation.value,
        plan=run.plan_hash,
    script:
        "../scripts/read_edc.py"
