# The demonstration trial: a simulated export and its allocation lists.

if run.is_demo:

    rule demo_trial:
        input:
            plan=run.plan_file,
        output:
            export=run.sources.export,
            lists=run.sources.lists,
            ledger=run.sources.edc_dir.parent / "ledger.csv",
        log:
            run.logs / "demo_trial.log",
        params:
            code=run.code["demo_trial"],
            settings=run.inputs,
        script:
            "../scripts/demo_trial.py"
