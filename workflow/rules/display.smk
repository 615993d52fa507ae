# Showing: figures, tables and the report, from the ARD and the plan alone.

FIGURES = run.results / "figures"
TABLES = run.results / "tables"
FORMATS = ["svg", "pdf", "png"]
TABLE_NAMES = [
    "t_estimands",
    "t_primary",
    "t_coefficients",
    "t_proportionality",
    "t_brant",
    "t_sensitivity",
    "t_tipping_point",
    "t_missing",
    "t_missing_baseline",
    "t_secondary",
    "t_subgroups",
    "t_safety",
    "t_ae_overview",
    "t_ae_soc_pt",
    "t_ae_serious",
    "t_ae_fatal",
    "t_ae_related",
    "t_ae_drug_withdrawn",
    "t_ae_special",
    "t_exposure",
    "t_populations",
    "t_baseline",
    "t_pp_reasons",
    "t_queries",
    "t_quality",
]
LISTING_NAMES = ["l_deaths", "l_serious", "l_pp_exclusions"]


rule draw_grotta:
    input:
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        report(
            expand(FIGURES / "grotta_{set}.{format}", set=["itt", "pp"], format="svg"),
            caption="../report/grotta.rst",
            category="Figures",
        ),
        expand(FIGURES / "grotta_{set}.{format}", set=["itt", "pp"], format=FORMATS[1:]),
    log:
        run.logs / "draw_grotta.log",
    params:
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
    script:
        "../scripts/draw_grotta.py"


rule draw_flow_and_cutpoints:
    input:
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        report(
            FIGURES / "consort.svg",
            caption="../report/consort.rst",
            category="Figures",
        ),
        report(
            FIGURES / "cutpoints.svg",
            caption="../report/cutpoints.rst",
            category="Figures",
        ),
        expand(
            FIGURES / "{name}.{format}",
            name=["consort", "cutpoints"],
            format=FORMATS[1:],
        ),
    log:
        run.logs / "draw_flow_and_cutpoints.log",
    params:
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
    script:
        "../scripts/draw_flow_and_cutpoints.py"


rule draw_forests_and_curves:
    input:
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        report(
            FIGURES / "forest_sensitivity.svg",
            caption="../report/forest_sensitivity.rst",
            category="Figures",
        ),
        report(
            FIGURES / "forest_subgroups.svg",
            caption="../report/forest_subgroups.rst",
            category="Figures",
        ),
        report(
            FIGURES / "tipping_point.svg",
            caption="../report/tipping_point.rst",
            category="Figures",
        ),
        report(
            FIGURES / "km_death.svg",
            caption="../report/km_death.rst",
            category="Figures",
        ),
        expand(
            FIGURES / "{name}.{format}",
            name=[
                "forest_sensitivity",
                "forest_subgroups",
                "tipping_point",
                "km_death",
            ],
            format=FORMATS[1:],
        ),
    log:
        run.logs / "draw_forests_and_curves.log",
    params:
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
    script:
        "../scripts/draw_forests_and_curves.py"


rule build_tables:
    input:
        ard=rules.build_ard.output[0],
        qc=rules.check_independently.output[0],
        plan=run.plan_file,
    output:
        report(
            expand(TABLES / "{name}.html", name=TABLE_NAMES),
            caption="../report/table.rst",
            category="Tables",
        ),
        expand(TABLES / "{name}.csv", name=TABLE_NAMES),
    log:
        run.logs / "build_tables.log",
    params:
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
        lock=run.locking.line,
    script:
        "../scripts/build_tables.py"


rule build_listings:
    input:
        adsl=rules.derive_adam.output.adsl,
        adae=rules.derive_adam.output.adae,
        reasons=rules.derive_adam.output.reasons,
        plan=run.plan_file,
    output:
        report(
            expand(TABLES / "{name}.html", name=LISTING_NAMES),
            caption="../report/listing.rst",
            category="Listings",
        ),
        expand(TABLES / "{name}.csv", name=LISTING_NAMES),
    log:
        run.logs / "build_listings.log",
    params:
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
        lock=run.locking.line,
    script:
        "../scripts/build_listings.py"


rule build_report:
    input:
        rules.build_tables.output,
        rules.build_listings.output,
        ard=rules.build_ard.output[0],
        qc=rules.check_independently.output[0],
        plan=run.plan_file,
        export=run.sources.export,
        lists=run.sources.lists,
        figures=expand(
            FIGURES / "{name}.svg",
            name=[
                "grotta_itt",
                "grotta_pp",
                "cutpoints",
                "forest_sensitivity",
                "tipping_point",
                "forest_subgroups",
                "km_death",
                "consort",
            ],
        ),
    output:
        page=report(
            run.results / "report.html",
            caption="../report/report.rst",
            category="Report",
        ),
    log:
        run.logs / "build_report.log",
    params:
        description=describe_run(run),
        code=run.code["all"],
    script:
        "../scripts/build_report.py"
