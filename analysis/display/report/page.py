"""The report: one self-contained page of everything a run has to say.

It opens without a network, reads on a phone and on paper, and holds no time, host or path.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.html.inline_svg import show_figure
from analysis.display.html.template import render_template
from analysis.display.outline.displays import FIGURES, LISTINGS
from analysis.display.outline.sections import SECTIONS
from analysis.display.report.content import build_content, require_parts
from analysis.display.tables.table import Table
from analysis.io.verdicts import Comparison


def build_report(
    ard: Ard,
    plan: Plan,
    provenance: Mapping[str, Any],
    figures: Mapping[str, str],
    tables: Mapping[str, Table],
    checks: Sequence[Comparison],
    stamp: str,
) -> str:
    """Return the report as one HTML page, in the order of the outline.

    ``provenance``: of what the run was made, with its lock line and the account for the audit.
    ``figures``: SVG text by file name. ``tables``: by id, all of them.
    ``checks``: the verdicts of the independent check; where it fails, the page begins with that.
    Raises AnalysisError when a figure, a table or a part of the provenance is missing.
    """
    require_parts("figure", FIGURES, figures)
    content = build_content(ard, plan, provenance, tables, checks, stamp)
    return render_template(
        "report.html",
        content=content,
        registry=content.registry,
        stamp=stamp,
        lock=content.lock,
        sections=SECTIONS,
        narrow={name for name, figure in FIGURES.items() if figure.is_narrow},
        listings={name: listing.title for name, listing in LISTINGS.items()},
        figures={name: show_figure(figures[name], name) for name in FIGURES},
    )
