"""The primary estimate computed a second time by an independent implementation."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.format import format_number
from analysis.display.table import Row, Table, keep_sentences
from analysis.display.wording import registry_line

DECIMALS = 6
NAMES = {"log_estimate": "Log common odds ratio", "std_error": "Its standard error"}


def build_quality(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return every number that was computed twice, both values and whether they agree."""
    points = ard.select("qc", "ITT", stat_name="estimate")
    rows = [
        Row(
            NAMES.get(row.level, row.level),
            (
                format_number(ard.number("primary", row.level, "ITT"), DECIMALS),
                format_number(row.value, DECIMALS),
                "yes" if ard.number("qc", "agrees", "ITT", level=row.level) == 1 else "no",
                row.method,
            ),
        )
        for row in points
    ]
    return Table(
        id="t_quality",
        title="Second implementation of the primary model",
        columns=("Number", "First", "Second", "Agree", "Second implementation"),
        rows=tuple(rows),
        footnotes=keep_sentences(
            ("A run whose two implementations disagree stops.", *ard.warnings("qc"))
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Second implementation"}),
    )
