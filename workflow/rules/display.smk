# Showing: figures, tables and the report, from the ARD and the plan alone.

from analysis.display.outline.displays import (
    DRAWN_BY,
    FIGURES,
    LISTINGS,
    SECTION_OF,
    TABLES,
)
from analysis.run.settings.figure_presets import drawn_presets

FIGURE_FOLDER = run.results / "figures"
TABLE_FOLDER = run.results / "tables"
FORMATS = ["svg", "pdf", "png", *(["tiff"] if run.command_line.tiff else [])]
PRESETS = drawn_presets(run.presets)
WRITTEN = [name for name, table in TABLES.items() if table.is_file]


for drawing, figures in DRAWN_BY.items():

    rule:
        name:
            drawing.name
        input:
            ard=rules.build_ard.output[0],
            plan=run.plan_file,
        output:
            [
                report(
                    FIGURE_FOLDER / f"{figure.name}.svg",
                    caption=f"../report/figures/{figure.explained}.rst",
                    category="Figures",
                    labels={"section": SECTION_OF[figure.name], "figure": figure.name},
                )
                for figure in figures
            ],
            expand(
                FIGURE_FOLDER / "{figure.name}.{format}",
                figure=figures,
                format=FORMATS[1:],
            ),
        log:
            run.logs / f"{drawing.name}.log",
        params:
            doing=drawing.doing,
            presets={},
            code=run.code["display"],
            plan=run.plan_hash,
            stamp=run.allocation.stamp,
        script:
            "../scripts/draw_figures.py"


if PRESETS:

    rule draw_presets:
        input:
            ard=rules.build_ard.output[0],
            plan=run.plan_file,
        output:
            [
                FIGURE_FOLDER / preset / f"{name}.{format}"
                for preset, settings in PRESETS.items()
                for name in settings["figures"]
                for format in FORMATS
            ],
        log:
            run.logs / "draw_presets.log",
        params:
            doing="Drawing the figures of the presets",
            presets=PRESETS,
            code=run.code["display"],
            plan=run.plan_hash,
            stamp=run.allocation.stamp,
        script:
            "../scripts/draw_figures.py"


rule build_tables:
    input:
        ard=rules.build_ard.output[0],
        qc=rules.check_independently.output[0],
        plan=run.plan_file,
    output:
        [
            report(
                TABLE_FOLDER / f"{name}.html",
                caption="../report/table.rst",
                category="Tables",
                labels={"section": SECTION_OF[name], "table": name},
            )
            for name in WRITTEN
        ],
        expand(TABLE_FOLDER / "{name}.{format}", name=WRITTEN, format=["csv", "rtf"]),
    log:
        run.logs / "build_tables.log",
    params:
        doing="Building the tables",
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
                TABLE_FOLDER / f"{name}.html",
                caption="../report/listing.rst",
                category="Listings",
                labels={"section": SECTION_OF[name], "listing": name},
            )
            for name in LISTINGS
        ],
        expand(TABLE_FOLDER / "{name}.{format}", name=LISTINGS, format=["csv", "rtf"]),
    log:
        run.logs / "build_listings.log",
    params:
        doing="Building the listings",
        code=run.code["display"],
        plan=run.plan_hash,
        stamp=run.allocation.stamp,
        lock=run.locking.line,
    script:
        "../scripts/build_tables.py"


rule build_report:
    input:
        rules.build_tables.output,
        rules.build_listings.output,
        ard=rules.build_ard.output[0],
        qc=rules.check_independently.output[0],
        plan=run.plan_file,
        export=run.sources.export,
        lists=run.sources.lists,
        figures=expand(FIGURE_FOLDER / "{name}.svg", name=FIGURES),
        pictures=expand(FIGURE_FOLDER / "{name}.png", name=FIGURES),
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
