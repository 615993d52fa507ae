"""The report: one self-contained page of everything a run has to say.

It opens without a network, reads on a phone and on paper, and holds no time, host or path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.assumptions import list_settings
from analysis.display.inline_svg import inline_svg
from analysis.display.methods import estimand, methods
from analysis.display.table import Row, Table
from analysis.display.template import render_template
from analysis.display.wording import headline, missing_sentence, missing_warning, registry_line
from analysis.errors import AnalysisError

FIGURES = ("grotta_itt", "grotta_pp", "cutpoints", "consort")
"""Figures that the report needs, by file name."""

TABLES = (
    "t_primary",
    "t_populations",
    "t_baseline",
    "t_coefficients",
    "t_safety",
    "t_pp_reasons",
    "t_queries",
    "t_quality",
)
"""Tables that the report needs, by id."""

PROVENANCE_TITLES = {
    "mode": "Mode",
    "inputs": "Inputs (SHA-256)",
    "registry_id": "Registry number",
    "allocation": "Allocation",
    "stamp": "Stamp",
    "export": "Export",
    "plan_hash": "Plan (SHA-256)",
    "mapping_hash": "Mapping of the export (SHA-256)",
    "code_hash": "Code (SHA-256)",
    "fingerprint": "Fingerprint of the run",
    "blas": "Linear algebra library",
    "versions": "Versions",
    "seeds": "Seeds",
}


@dataclass(frozen=True)
class Heading:
    """One entry of the navigation."""

    id: str
    title: str


SECTIONS = (
    Heading("result", "Result"),
    Heading("methods", "Methods"),
    Heading("flow", "Flow of subjects"),
    Heading("populations", "Analysis sets"),
    Heading("baseline", "Baseline"),
    Heading("diagnostics", "The primary model in detail"),
    Heading("safety", "Safety"),
    Heading("per-protocol", "Per-protocol set"),
    Heading("assumptions", "Assumptions"),
    Heading("queries", "Data queries"),
    Heading("quality", "Quality check"),
    Heading("provenance", "Provenance"),
)


def build_report(
    ard: Ard,
    plan: Plan,
    provenance: Mapping[str, object],
    figures: Mapping[str, str],
    tables: Mapping[str, Table],
    stamp: str,
) -> str:
    """Return the report as one HTML page.

    ``provenance``: name and value, or name and mapping of names to values (inputs, versions ...).
    ``figures``: SVG text by file name (:data:`FIGURES`). ``tables``: by id (:data:`TABLES`).
    Raises AnalysisError when a figure or table is missing.
    """
    _require("figure", FIGURES, figures)
    _require("table", TABLES, tables)
    return render_template(
        "report.html",
        plan=plan,
        registry=registry_line(plan),
        stamp=stamp,
        sections={heading.id: heading for heading in SECTIONS},
        headline=headline(ard, plan),
        missing=missing_sentence(ard, plan),
        warning=missing_warning(ard),
        estimand=estimand(plan),
        methods=methods(plan),
        figures={name: inline_svg(figures[name], name) for name in FIGURES},
        tables=tables,
        assumptions=build_assumptions(plan, stamp),
        provenance=build_provenance(plan, provenance, stamp),
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
        footnotes=("Taken from sibling trials and guidance. The block demo sets the demonstration "
                   "trial and says nothing about the trial itself.",),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Value", "Meaning"}),
    )  # fmt: skip


def build_provenance(plan: Plan, provenance: Mapping[str, object], stamp: str) -> Table:
    """Return what the run was made of: single values first, then one section per mapping."""
    single = [
        Row(PROVENANCE_TITLES.get(name, name), (str(value),), "Run")
        for name, value in provenance.items()
        if not isinstance(value, Mapping)
    ]
    listed = [
        Row(str(part), (str(value),), PROVENANCE_TITLES.get(name, name))
        for name, values in provenance.items()
        if isinstance(values, Mapping)
        for part, value in values.items()
    ]
    return Table(
        id="t_provenance",
        title="What this run was made of",
        columns=("Item", "Value"),
        rows=(*single, *listed),
        footnotes=(),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Value"}),
    )


def _require(kind: str, needed: tuple[str, ...], held: Mapping[str, object]) -> None:
    absent = [name for name in needed if name not in held]
    if absent:
        raise AnalysisError(f"the report lacks the {kind} {', '.join(absent)}")
