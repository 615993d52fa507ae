"""The findings as text."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.findings import Agreement, Row, Unit, Verdict
from benchmarks.rounds import Spread

HEAD = ("what", "ours", "against", "theirs", "times ours", "target", "")
DIGITS = 3


def write_table(rows: Sequence[Row]) -> str:
    """A Markdown table: medians with quartiles, ratios, targets."""
    return align([HEAD, *(_write_row(row) for row in rows)])


def write_agreements(agreements: Sequence[Agreement]) -> str:
    """A Markdown table of the largest differences between two programs' estimates."""
    head = ("estimates of", "against", "largest difference", "may be", "")
    cells = [
        (
            each.what,
            each.rival,
            f"{each.difference:.1e}",
            f"{each.tolerance:.0e}",
            "the same" if each.holds else "DIFFERENT",
        )
        for each in agreements
    ]
    return align([head, *cells])


def align(table: Sequence[Sequence[str]]) -> str:
    """Lines of equal width; the first row is the head."""
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    head, *rows = ("| " + " | ".join(map(str.ljust, cells, widths)) + " |" for cells in table)
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([head, rule, *rows])


def _write_row(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _write_spread(row.ours, row.unit),
        row.rival,
        _write_spread(row.theirs, row.unit) if row.theirs else "",
        _write_spread(row.ratio) if row.ratio else "",
        _write_target(row),
        str(row.verdict.upper() if row.verdict is Verdict.MISSED else row.verdict),
    )


def _write_spread(spread: Spread, unit: Unit | None = None) -> str:
    """``1.23 (1.20 to 1.31) ms``; the median alone of one round."""
    name = str(unit or "")
    if unit is Unit.SECONDS and spread.median < 1.0:
        spread, name = spread.times(1000.0), "ms"
    median, lower, upper = (
        _write_number(value) for value in (spread.median, spread.lower, spread.upper)
    )
    quartiles = "" if lower == upper else f" ({lower} to {upper})"
    return f"{median}{quartiles} {name}".strip()


def _write_number(value: float) -> str:
    """Three significant digits, without an exponent."""
    if not abs(value) < 1000.0:
        return f"{value:,.0f}"
    return f"{value:#.{DIGITS}g}".rstrip(".")


def _write_target(row: Row) -> str:
    if row.fewest_times is not None:
        return f"at least {row.fewest_times:g} times"
    return "" if row.limit is None else f"under {row.limit:g} {row.unit}"
