"""Data queries: how many findings of which rule."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.format import format_count
from analysis.display.table import Row, Table
from analysis.display.tables.arms import registry_line

SEVERITIES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


def build_queries(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the number of data queries by severity, gravest first, and rule."""
    rows = [
        Row(row.level.removeprefix(f"{severity} "), (format_count(row.value),), heading)
        for severity, heading in SEVERITIES.items()
        for row in ard.select("queries", variable=severity)
    ]
    total = ard.find("queries", "n", QUERY_POPULATION)
    if total is not None:
        rows.append(Row("All findings", (format_count(total.value),), "Together"))
    note = "" if rows else "The checks of the export found nothing."
    return Table(
        id="t_queries",
        title="Data queries",
        columns=("Rule", "Findings"),
        rows=tuple(rows),
        footnotes=tuple(text for text in (note,) if text),
        stamp=stamp,
        registry=registry_line(plan),
    )
