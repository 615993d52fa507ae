# Verifying: the run is made once more elsewhere and compared with the archived manifest.


rule verify:
    log:
        run.logs / "verify.log",
    threads: workflow.resource_settings.cores or 2
    params:
        manifest=str(run.command_line.manifest or run.results / "manifest.json"),
        lock_line=run.locking.line,
        snakefile=str(workflow.main_snakefile),
        values=dict(workflow.config_settings.config),
        plan_file=str(run.plan_file) if workflow.config_settings.configfiles else "",
        rules=["all", *(r.name for r in workflow.rules if r.output)],
        demo=list(rules.demo_trial.output) if run.is_demo else [],
    script:
        "../scripts/lock_and_verify/verify.py"
