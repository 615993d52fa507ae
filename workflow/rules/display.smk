# Showing: figures, tables and the report, from the ARD and the plan alone.

from analysis.display.outline import FIGURES as SHOWN, SECTION_OF

FIGURES = run.results / "figures"
TABLES = run.results / "tables"
FORMATS = ["svg", "pdf", "png", *(["tiff"] if run.command_line.tiff else [])]
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
    "t_disposition",
    "t_populations",
    "t_baseline",
    "t_pp_reasons",
    "t_queries",
    "t_consort_checklist",
    "t_quality",
]
GROTTA_NAMES = [
    "grotta_itt",
    "grotta_pp",
    "grotta_itt_adjusted",
    "grotta_sensitivity",
    "grotta_subgroups",
]
TRIAL_NAMES = ["love_plot", "missing_pattern", "recruitment"]
LISTING_NAMES = ["l_deaths", "l_serious", "l_pp_exclusions"]


rule draw_grotta:
    input:
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        [
            report(
                FIGURES / f"{name}.svg",
                caption="../report/grotta.rst",
                category="Figures",
                labels={"section": SECTION_OF[name], "figure": name},
            )
            for name in ("grotta_itt", "grotta_pp")
        ],
        report(
            FIGURES / "grotta_itt_adjusted.svg",
            caption="../report/grotta_itt_adjusted.rst",
            category="Figures",
            labels={
                "section": SECTION_OF["grotta_itt_adjusted"],
                "figure": "grotta_itt_adjusted",
            },
        ),
        [
            report(
                FIGURES / f"{name}.svg",
                caption="../report/grotta_panels.rst",
                category="Figures",
                labels={"section": SECTION_OF[name], "figure": name},
            )
            for name in ("grotta_sensitivity", "grotta_subgroups")
        ],
        expand(FIGURES / "{name}.{format}", name=GROTTA_NAMES, format=FORMATS[1:]),
    log:
        run.logs / "draw_grotta.log",
    params:
        doing="Drawing the Grotta bars",
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
    script:
        "../scripts/draw_figures.py"


rule draw_flow_and_cutpoints:
    input:
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        report(
            FIGURES / "consort.svg",
            caption="../report/consort.rst",
            category="Figures",
            labels={"section": SECTION_OF["consort"], "figure": "consort"},
        ),
        report(
            FIGURES / "cutpoints.svg",
            caption="../report/cutpoints.rst",
            category="Figures",
            labels={"section": SECTION_OF["cutpoints"], "figure": "cutpoints"},
        ),
        report(
            FIGURES / "love_plot.svg",
            caption="../report/love_plot.rst",
            category="Figures",
            labels={"section": SECTION_OF["love_plot"], "figure": "love_plot"},
        ),
        report(
            FIGURES / "missing_pattern.svg",
            caption="../report/missing_pattern.rst",
            category="Figures",
            labels={
                "section": SECTION_OF["missing_pattern"],
                "figure": "missing_pattern",
            },
        ),
        report(
            FIGURES / "recruitment.svg",
            caption="../report/recruitment.rst",
            category="Figures",
            labels={"section": SECTION_OF["recruitment"], "figure": "recruitment"},
        ),
        expand(
            FIGURES / "{name}.{format}",
            name=["consort", "cutpoints", *TRIAL_NAMES],
            format=FORMATS[1:],
        ),
    log:
        run.logs / "draw_flow_and_cutpoints.log",
    params:
        doing="Drawing the flow of subjects and the cut points",
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
    script:
        "../scripts/draw_figures.py"


rule draw_forests_and_curves:
    input:
        ard=rules.build_ard.output[0],
        plan=run.plan_file,
    output:
        report(
            FIGURES / "forest_sensitivity.svg",
            caption="../report/forest_sensitivity.rst",
            category="Figures",
            labels={
                "section": SECTION_OF["forest_sensitivity"],
                "figure": "forest_sensitivity",
            },
        ),
        report(
            FIGURES / "forest_subgroups.svg",
            caption="../report/forest_subgroups.rst",
            category="Figures",
            labels={
                "section": SECTION_OF["forest_subgroups"],
                "figure": "forest_subgroups",
            },
        ),
        report(
            FIGURES / "tipping_point.svg",
            caption="../report/tipping_point.rst",
            category="Figures",
            labels={"section": SECTION_OF["tipping_point"], "figure": "tipping_point"},
        ),
        report(
            FIGURES / "km_death.svg",
            caption="../report/km_death.rst",
            category="Figures",
            labels={"section": SECTION_OF["km_death"], "figure": "km_death"},
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
        doing="Drawing the forests and the curves",
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
    script:
        "../scripts/draw_figures.py"


if run.presets:

    rule draw_presets:
        input:
            ard=rules.build_ard.output[0],
            plan=run.plan_file,
        output:
            [
                FIGURES / preset / f"{name}.{format}"
                for preset, settings in run.presets.items()
                for name in settings["figures"]
                for format in FORMATS
            ],
        log:
            run.logs / "draw_presets.log",
        params:
            presets=run.presets,
            code=run.code["display"],
            plan=run.plan_hash,
            stamp=run.allocation.stamp,
        script:
            "../scripts/draw_presets.py"


rule build_tables:
    input:
        ard=rules.build_ard.output[0],
        qc=rules.check_independently.output[0],
        plan=run.plan_file,
    output:
        [
            report(
                TABLES / f"{name}.html",
                caption="../report/table.rst",
                category="Tables",
                labels={"section": SECTION_OF[name], "table": name},
            )
            for name in TABLE_NAMES
        ],
        expand(TABLES / "{name}.{format}", name=TABLE_NAMES, format=["csv", "rtf"]),
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
        [
            report(
                TABLES / f"{name}.html",
                caption="../report/listing.rst",
                category="Listings",
                labels={"section": "Listings", "listing": name},
            )
            for name in LISTING_NAMES
        ],
        expand(TABLES / "{name}.{format}", name=LISTING_NAMES, format=["csv", "rtf"]),
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
        figures=expand(FIGURES / "{name}.svg", name=SHOWN),
        pictures=expand(FIGURES / "{name}.png", name=SHOWN),
    output:
        page=report(
            run.results / "report.html",
            caption="../report/report.rst",
            category="Report",
            labels={"form": "page to read"},
        ),
        document=report(
            run.results / "report.docx",
            caption="../report/report.rst",
            category="Report",
            labels={"form": "document to edit"},
        ),
    log:
        run.logs / "build_report.log",
    params:
        description=describe_run(run),
        code=run.code["all"],
    script:
        "../scripts/build_report.py"
