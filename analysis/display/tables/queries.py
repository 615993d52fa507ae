"""Data queries: how many findings of which rule."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.format import format_count
from analysis.display.table import Row, Table
from analysis.display.wording import registry_line

SEVERITIES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}
"""Gravest first."""

FOUND = (
    "Findings of reading and checking the export, before any analysis; each stands with its record "
    "in the file queries.csv."
)


def build_queries(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the number of data queries by severity and rule, and of all together."""
    found = ard.select("queries")
    rules = sorted((row for row in found if row.level), key=_rank)
    rows = [Row(_rule(row), (format_count(row.value),), _heading(row)) for row in rules]
    totals = [Row("All findings", (format_count(row.value),), "Together")
              for row in found if not row.level]  # fmt: skip
    return Table(
        id="t_queries",
        title="Data queries",
        columns=("Rule", "Findings"),
        rows=(*rows, *totals),
        footnotes=(FOUND if rows else "The checks of the export found nothing.",),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _rank(row: ArdRow) -> int:
    order = list(SEVERITIES)
    return order.index(row.variable) if row.variable in order else len(order)


def _heading(row: ArdRow) -> str:
    return SEVERITIES.get(row.variable, row.variable)


def _rule(row: ArdRow) -> str:
    """The rule; its severity stands in the heading."""
    return row.level.removeprefix(f"{row.variable} ")
