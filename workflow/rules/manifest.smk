# The end of a run: what came out, and of what it was made.

OUTPUTS = [
    rules.check_lock.output,
    rules.read_edc.output,
    rules.derive_adam.output,
    rules.analyse_populations.output,
    rules.analyse_mrs_shift.output,
    rules.analyse_sensitivity.output,
    rules.analyse_safety.output,
    rules.analyse_survival.output,
    rules.analyse_adverse_events.output,
    rules.analyse_exposure.output,
    rules.build_ard.output,
    rules.check_independently.output,
    rules.draw_grotta.output,
    rules.draw_flow_and_cutpoints.output,
    rules.draw_forests_and_curves.output,
    rules.build_tables.output,
    rules.build_listings.output,
    rules.build_report.output,
]


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
        description=describe_run(run),
        code=run.code["all"],
        outputs=len(OUTPUTS),
    script:
        "../scripts/write_manifest.py"
