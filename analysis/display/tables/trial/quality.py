"""Data quality: numbers of the independent check (``qc.csv``), and data queries by rule."""

from collections.abc import Sequence

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.table import Row, Table
from analysis.display.text.format import format_count
from analysis.display.text.wording import registry_line
from analysis.io.verdicts import NO_NUMBER, Comparison, Verdict, list_failed

QUALITY = "t_quality"
FAILED = "t_failed"
COLUMNS = ("Statistic", "Engine", "Check", "Difference", "Tolerance", "Verdict")
TEXT_COLUMNS = frozenset({"Verdict"})
LEGEND = (
    "A difference is absolute, relative to the value, or in standard errors. 0 is less than a "
    "tenth of the tolerance: rounding.",
    "The same values, as text with the method of each, are the file qc.csv.",
    "Numbers that are not listed have no second implementation in a run.",
)

SEVERITIES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}
"""Gravest first."""

FINDINGS = (
    "Findings of reading and checking the export, before any analysis; each stands with its record "
    "in the file queries.csv."
)
FORMULAS = (
    "In CSV files, a text that a spreadsheet would take for a formula begins with an apostrophe."
)


def build_quality(checks: Sequence[Comparison], plan: Plan, stamp: str) -> Table:
    """Return every comparison in the order of ``qc.csv``, by analysis and method of the check."""
    return _build(QUALITY, "Numbers computed twice", checks, plan, stamp, LEGEND)


def build_failed(checks: Sequence[Comparison], plan: Plan, stamp: str) -> Table:
    """Return the comparisons that differ; without rows where all agree."""
    return _build(FAILED, "Numbers that differ", list_failed(checks), plan, stamp, ())


def verdict_sentence(checks: Sequence[Comparison]) -> str:
    """Return what the check found: how many statistics agree, differ or could not be checked."""
    failed = len(list_failed(checks))
    unchecked = [item for item in checks if item.verdict is Verdict.NOT_CHECKED]
    without = sum(item.reason.startswith(NO_NUMBER) for item in unchecked)
    checked = len(checks) - len(unchecked)
    differ = "differs" if failed == 1 else "differ"
    agreement = f"{failed} of them {differ}" if failed else "all agree"
    rest = f" {without} more are not estimable by either." if without else ""
    if others := len(unchecked) - without:
        rest += f" {others} more are not checked; the table says why."
    return f"{checked} statistics recomputed by a second implementation: {agreement}.{rest}"


def build_queries(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the number of data queries by severity and rule, and of all together."""
    queries = ard.select("queries")
    rules = sorted((row for row in queries if row.level), key=_rank)
    rows = [Row(_rule(row), (format_count(row.value),), _heading(row)) for row in rules]
    totals = [Row("All findings", (format_count(row.value),), "Together")
              for row in queries if not row.level]  # fmt: skip
    return Table(
        id="t_queries",
        title="Data queries",
        columns=("Rule", "Findings"),
        rows=(*rows, *totals),
        footnotes=(FINDINGS, FORMULAS) if rows else ("The checks of the export found nothing.",),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _build(
    name: str,
    title: str,
    checks: Sequence[Comparison],
    plan: Plan,
    stamp: str,
    footnotes: tuple[str, ...],
) -> Table:
    return Table(
        id=name,
        title=title,
        columns=COLUMNS,
        rows=tuple(_build_row(item) for item in checks),
        footnotes=footnotes,
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=TEXT_COLUMNS,
    )


def _build_row(item: Comparison) -> Row:
    keys = [part for part in (item.group, item.level, item.stat_name) if part]
    verdict = f"{item.verdict}: {item.reason}" if item.reason else str(item.verdict)
    unit = "" if item.difference in ("", "0") else f" {item.difference_unit}"
    return Row(
        label=" / ".join(keys),
        cells=(
            item.engine or NO_NUMBER,
            item.check or NO_NUMBER,
            f"{item.difference}{unit}",
            item.tolerance,
            verdict,
        ),
        section=f"{item.analysis_id} ({item.population})" if item.population else item.analysis_id,
        group=item.method,
    )


def _rank(row: ArdRow) -> int:
    order = list(SEVERITIES)
    return order.index(row.variable) if row.variable in order else len(order)


def _heading(row: ArdRow) -> str:
    return SEVERITIES.get(row.variable, row.variable)


def _rule(row: ArdRow) -> str:
    """The rule; its severity stands in the heading."""
    return row.level.removeprefix(f"{row.variable} ")
