"""Baseline characteristics by arm."""

from __future__ import annotations

from string import Formatter

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.format import (
    NOT_ESTIMABLE,
    format_count,
    format_count_percent,
    format_number,
)
from analysis.display.table import Row, Table, keep_sentences
from analysis.display.tables.arms import arm_columns_with_n
from analysis.display.tables.labels import (
    CATEGORY_LABELS,
    SECTION_OTHER,
    VARIABLE_LABELS,
    VARIABLE_SECTIONS,
)
from analysis.display.wording import registry_line

MISSING = "missing"
STATISTICS = {
    "Mean (SD)": "{mean} ({sd})",
    "Median (IQR)": "{median} ({q1} to {q3})",
    "Range": "{min} to {max}",
}


def build_baseline(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the baseline of the ITT set: mean and median, or counts, by arm and together.

    Variables come in the order of the labels, those without a label last. A row of missing
    values stands where there are any. There are no tests of baseline differences.
    """
    total = format_count(ard.number("populations", "n", "ITT"))
    return Table(
        id="t_baseline",
        title="Baseline characteristics, intention-to-treat set",
        columns=("Characteristic", *arm_columns_with_n(ard, plan, "ITT"), f"Both (n = {total})"),
        rows=tuple(row for name in _variables(ard) for row in _variable_rows(ard, plan, name)),
        footnotes=keep_sentences(
            (
                "Percentages are of those with a value. IQR: first to third quartile.",
                *ard.warnings("baseline"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _variables(ard: Ard) -> list[str]:
    held = dict.fromkeys(row.variable for row in ard.select("baseline", "ITT"))
    known = [name for name in VARIABLE_LABELS if name in held]
    return known + [name for name in held if name not in VARIABLE_LABELS]


def _variable_rows(ard: Ard, plan: Plan, variable: str) -> list[Row]:
    section = VARIABLE_SECTIONS.get(variable, SECTION_OTHER)
    label = VARIABLE_LABELS.get(variable, variable)
    levels = _levels(ard, variable)
    if not levels:
        rows = _continuous_rows(ard, plan, variable)
    elif set(levels) <= {"Y", "N"}:
        return _yes_rows(ard, plan, variable, label, section)
    else:
        rows = _categorical_rows(ard, plan, variable, levels)
    missing = _missing_rows(ard, plan, variable, "Missing")
    return [Row(name, cells, section, label) for name, cells in (*rows, *missing)]


def _levels(ard: Ard, variable: str) -> list[str]:
    """The categories: those with a label in its order, then any other."""
    rows = ard.select("baseline", "ITT", variable=variable)
    held = dict.fromkeys(row.level for row in rows if row.level not in ("", MISSING))
    known = [code for code in CATEGORY_LABELS.get(variable, {}) if code in held]
    return known + [code for code in held if code not in known]


def _groups(plan: Plan) -> tuple[str, str, str]:
    return (*plan.arms.codes, "")


def _continuous_rows(ard: Ard, plan: Plan, variable: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            name,
            tuple(
                _summary(ard, variable, group, pattern, _decimals(ard, variable, pattern))
                for group in _groups(plan)
            ),
        )
        for name, pattern in STATISTICS.items()
    ]


def _names(pattern: str) -> list[str]:
    """The statistics that a pattern shows."""
    return [name for _, name, _, _ in Formatter().parse(pattern) if name]


def _decimals(ard: Ard, variable: str, pattern: str) -> int:
    """None where every number that the row shows is whole, else one."""
    rows = ard.select("baseline", "ITT", variable=variable)
    values = [row.value for row in rows if row.stat_name in _names(pattern)]
    return 0 if all(value is None or value.is_integer() for value in values) else 1


def _summary(ard: Ard, variable: str, group: str, pattern: str, decimals: int) -> str:
    """One cell of a summary; not estimable when a part is, or when nobody has a value."""
    if not ard.number("baseline", "n", "ITT", group, variable=variable):
        return NOT_ESTIMABLE
    numbers = {
        name: ard.number("baseline", name, "ITT", group, variable=variable)
        for name in _names(pattern)
    }
    if None in numbers.values():
        return NOT_ESTIMABLE
    return pattern.format(
        **{name: format_number(value, decimals) for name, value in numbers.items()}
    )


def _categorical_rows(
    ard: Ard, plan: Plan, variable: str, levels: list[str]
) -> list[tuple[str, tuple[str, ...]]]:
    labels = CATEGORY_LABELS.get(variable, {})
    return [(labels.get(code, code), _counts(ard, plan, variable, code)) for code in levels]


def _counts(ard: Ard, plan: Plan, variable: str, level: str) -> tuple[str, ...]:
    return tuple(
        format_count_percent(
            ard.number("baseline", "n", "ITT", group, level, variable),
            ard.number("baseline", "pct", "ITT", group, level, variable),
        )
        for group in _groups(plan)
    )


def _yes_rows(ard: Ard, plan: Plan, variable: str, label: str, section: str) -> list[Row]:
    """A yes/no variable in one line, with a line of missing values if there are any."""
    missing = _missing_rows(ard, plan, variable, f"{label}: missing")
    rows = [(label, _counts(ard, plan, variable, "Y")), *missing]
    return [Row(name, cells, section) for name, cells in rows]


def _missing_rows(
    ard: Ard, plan: Plan, variable: str, name: str
) -> list[tuple[str, tuple[str, ...]]]:
    numbers = [
        ard.number("baseline", "n", "ITT", group, MISSING, variable) for group in _groups(plan)
    ]
    return [(name, tuple(format_count(number) for number in numbers))] if any(numbers) else []
