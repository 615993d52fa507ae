# Locking: a data set and its plan are fixed; a later run of them is held against it.


rule lock:
    input:
        export=run.sources.export,
    log:
        run.logs / "lock.log",
    params:
        lock=run.lock_arguments,
    script:
        "../scripts/lock_and_verify/lock.py"
