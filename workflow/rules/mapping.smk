# Mapping: a mapping is proposed from the files of an export, shown as queries, or held against them.


rule map_edc:
    input:
        export=run.sources.export,
        plan=run.plan_file,
    log:
        run.logs / "map_edc.log",
    params:
        mapping=run.mapping_param,
        plan=run.plan_hash,
        mapping_file=str(run.command_line.edc),
        simulated=run.sources.is_simulated,
    script:
        "../scripts/mapping/map_edc.py"


rule check_edc:
    input:
        export=run.sources.export,
        plan=run.plan_file,
    log:
        run.logs / "check_edc.log",
    params:
        mapping=run.mapping_param,
        plan=run.plan_hash,
        mapping_hash=run.mapping_hash,
        simulated=run.sources.is_simulated,
    script:
        "../scripts/mapping/check_edc.py"


rule show_mapping:
    input:
        export=run.sources.export,
        plan=run.plan_file,
    log:
        run.logs / "show_mapping.log",
    params:
        mapping=run.mapping_param,
        plan=run.plan_hash,
    script:
        "../scripts/mapping/show_mapping.py"
