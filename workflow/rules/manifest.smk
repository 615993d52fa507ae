# The end of a run: what came out, and of what it was made.

# The demonstration trial is an input; what is locked or verified is no output.
OUTPUTS = [r.output for r in workflow.rules if r.output and r.name != "demo_trial"]


rule write_manifest:
    input:
        OUTPUTS,
        export=run.sources.export,
        lists=run.sources.lists,
    output:
        run.results / "manifest.json",
    log:
        run.logs / "write_manifest.log",
    params:
        description={**describe_run(run), "presets": run.presets},
        code=run.code["all"],
        outputs=len(OUTPUTS),
    script:
        "../scripts/write_manifest.py"
