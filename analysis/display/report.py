"""The report: one self-contained page of everything a run has to say.

It opens without a network, reads on a phone and on paper, and holds no time, host or path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.assumptions import list_settings
from analysis.display.audit import build_audit_tables
from analysis.display.inline_svg import inline_svg
from analysis.display.methods import estimand, methods
from analysis.display.table import Row, Table
from analysis.display.tables import TABLES
from analysis.display.tables.quality import build_failed, build_quality, verdict_sentence
from analysis.display.template import render_template
from analysis.display.tipping_words import has_grid, say_verdict
from analysis.display.wording import headline, missing_sentence, missing_warning, registry_line
from analysis.errors import AnalysisError
from analysis.verdicts import Comparison

FIGURES = (
    "grotta_itt",
    "grotta_pp",
    "cutpoints",
    "forest_sensitivity",
    "tipping_point",
    "forest_subgroups",
    "km_death",
    "consort",
)
"""Figures that the report needs, by file name."""

LISTINGS = {
    "l_deaths": "Deaths",
    "l_serious": "Serious adverse events",
    "l_pp_exclusions": "Exclusions from the per-protocol set",
}
"""Pages in the folder of the tables that the report leads to: they show single subjects."""

TAKEN_FROM = (
    "Taken from sibling trials and guidance. The blocks demo (the demonstration trial) and "
    "dummy_allocation (the allocation of blinded runs) say nothing about the trial itself."
)


@dataclass(frozen=True)
class Heading:
    """One entry of the navigation."""

    id: str
    title: str


SECTIONS = (
    Heading("result", "Result"),
    Heading("quality", "Quality checks"),
    Heading("primary", "Primary analysis"),
    Heading("proportionality", "Proportional odds"),
    Heading("sensitivity", "Sensitivity and supplementary analyses"),
    Heading("missing", "Missing data"),
    Heading("secondary", "Secondary outcomes"),
    Heading("subgroups", "Subgroups"),
    Heading("safety", "Safety"),
    Heading("adverse-events", "Adverse events"),
    Heading("exposure", "Exposure"),
    Heading("listings", "Listings"),
    Heading("flow", "Flow of subjects"),
    Heading("populations", "Analysis sets"),
    Heading("baseline", "Baseline"),
    Heading("per-protocol", "Per-protocol set"),
    Heading("methods", "Methods"),
    Heading("assumptions", "Assumptions"),
    Heading("queries", "Data queries"),
    Heading("twice", "Numbers computed twice"),
    Heading("audit", "Audit"),
)


def build_report(
    ard: Ard,
    plan: Plan,
    provenance: Mapping[str, Any],
    figures: Mapping[str, str],
    tables: Mapping[str, Table],
    checks: Sequence[Comparison],
    stamp: str,
) -> str:
    """Return the report as one HTML page.

    ``provenance``: of what the run was made, with its lock line and the account for the audit.
    ``figures``: SVG text by file name (:data:`FIGURES`). ``tables``: by id, all of them.
    ``checks``: the verdicts of the independent check; where it fails, the page begins with that.
    Raises AnalysisError when a figure, a table or a part of the provenance is missing.
    """
    _require("figure", FIGURES, figures)
    _require("table", tuple(TABLES), tables)
    audit = build_audit_tables(ard, plan, provenance, stamp)
    return render_template(
        "report.html",
        plan=plan,
        registry=registry_line(plan),
        stamp=stamp,
        lock=provenance["lock"],
        sections={heading.id: heading for heading in SECTIONS},
        headline=headline(ard, plan),
        missing=missing_sentence(ard, plan),
        warning=missing_warning(ard, plan),
        listings=LISTINGS,
        tipping=say_verdict(ard, plan) if has_grid(plan) else "",
        estimand=estimand(plan),
        methods=methods(plan),
        figures={name: inline_svg(figures[name], name) for name in FIGURES},
        tables=tables,
        verdict=verdict_sentence(checks),
        failed=build_failed(checks, plan, stamp),
        quality=build_quality(checks, plan, stamp),
        assumptions=build_assumptions(plan, stamp),
        audit=audit,
    )


def build_assumptions(plan: Plan, stamp: str) -> Table:
    """Return every setting of the plan that the registration does not fix."""
    rows = [
        Row(setting.key, (setting.value, setting.meaning), section=block)
        for block, settings in list_settings(plan, "assumption").items()
        for setting in settings
    ]
    return Table(
        id="t_assumptions",
        title=f"Settings that {plan.trial.registry_id} does not fix",
        columns=("Key", "Value", "Meaning"),
        rows=tuple(rows),
        footnotes=(TAKEN_FROM,),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Value", "Meaning"}),
    )


def _require(kind: str, needed: tuple[str, ...], held: Mapping[str, object]) -> None:
    absent = [name for name in needed if name not in held]
    if absent:
        raise AnalysisError(f"the report lacks the {kind} {', '.join(absent)}")
