# Reading: the files of the export, as locked, become typed tables and data queries.

EDC = {table: run.results / "edc" / f"{table}.parquet" for table in run.sources.tables}


rule check_lock:
    input:
        export=run.sources.export,
    output:
        run.results / "edc" / "lock.json",
    log:
        run.logs / "check_lock.log",
    params:
        lock=run.lock_arguments,
        code=run.code["read_edc"],
        content=run.inputs,
        allocation=run.allocation.value,
    script:
        "../scripts/lock_and_verify/check_lock.py"


rule read_edc:
    input:
        rules.check_lock.output,
        export=run.sources.export,
        lists=run.sources.lists,
        plan=run.plan_file,
    output:
        **EDC,
        queries=run.results / "edc" / "reading_queries.csv",
        door=run.results / "edc" / "door.csv",
        rows=run.results / "edc" / "rows.parquet",
    log:
        run.logs / "read_edc.log",
    params:
        code=run.code["read_edc"],
        content="" if run.is_demo else run.inputs,
        mapping=run.mapping_param,
        allocation=run.allocation.value,
        plan=run.plan_hash,
    script:
        "../scripts/read_edc.py"
