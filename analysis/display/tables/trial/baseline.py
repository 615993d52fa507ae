"""Baseline characteristics by arm."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.arms import arm_columns_with_n
from analysis.display.tables.effects import list_not_collected, list_notes
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.format import (
    NOT_COLLECTED,
    NOT_ESTIMABLE,
    format_count,
    format_count_percent,
    format_number,
)
from analysis.display.text.labels import (
    CATEGORY_LABELS,
    SECTION_OTHER,
    VARIABLE_LABELS,
    VARIABLE_SECTIONS,
)
from analysis.display.text.wording import registry_line

MISSING = "missing"
HOW_TO_READ = (
    "Percentages are of those with a value; the missing are counted in rows of their own. "
    "IQR: first to third quartile."
)
STATISTICS = {
    "Mean (SD)": "{mean} ({sd})",
    "Median (IQR)": "{median} ({q1} to {q3})",
    "Range": "{min} to {max}",
}


@dataclass(frozen=True)
class Group:
    """Whose characteristics a column shows: an analysis, an arm (empty: both), a state.

    ``state``: what begins the level, in an analysis of subjects in several states.
    """

    analysis_id: str
    group: str
    state: str = ""

    def number(self, ard: Ard, stat_name: str, variable: str, level: str = "") -> float | None:
        """Return the statistic; raises AnalysisError if the frame lacks it."""
        return ard.number(
            self.analysis_id, stat_name, "ITT", self.group, self._name(variable, level), variable
        )

    def is_not_collected(self, ard: Ard, variable: str) -> bool:
        """Return whether the trial did not collect the variable."""
        name = self._name(variable, MISSING)
        return ard.is_not_collected(self.analysis_id, "n", "ITT", self.group, name, variable)

    def rows(self, ard: Ard, variable: str) -> tuple[ArdRow, ...]:
        """Return the statistics of a continuous variable."""
        level = self._name(variable, "")
        return ard.select(self.analysis_id, "ITT", group=self.group, level=level, variable=variable)

    def _name(self, variable: str, level: str) -> str:
        if not self.state:
            return level
        return f"{self.state} {variable}={level}" if level else f"{self.state} {variable}"


def build_baseline(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the baseline of the ITT set: mean and median, or counts, by arm and together.

    Variables come in the order of the labels, those without a label last. A row of missing
    values stands where there are any. There are no tests of baseline differences.
    """
    total = format_count(ard.number("populations", "n", "ITT"))
    groups = tuple(Group("baseline", group) for group in (*plan.arms.codes, ""))
    return Table(
        id="t_baseline",
        title="Baseline characteristics, intention-to-treat set",
        columns=("Characteristic", *arm_columns_with_n(ard, plan, "ITT"), f"Both (n = {total})"),
        rows=baseline_rows(ard, groups),
        footnotes=keep_sentences(
            (HOW_TO_READ, *list_notes(ard, "baseline"), list_not_collected(ard, "baseline"))
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def baseline_rows(ard: Ard, groups: tuple[Group, ...]) -> tuple[Row, ...]:
    """Return the rows of every baseline characteristic, one cell per group.

    The characteristics and their categories are those of the whole trial (``baseline``).
    """
    return tuple(row for name in _variables(ard) for row in _variable_rows(ard, groups, name))


def _variables(ard: Ard) -> list[str]:
    present = dict.fromkeys(row.variable for row in ard.select("baseline", "ITT"))
    known = [name for name in VARIABLE_LABELS if name in present]
    return known + [name for name in present if name not in VARIABLE_LABELS]


def _variable_rows(ard: Ard, groups: tuple[Group, ...], variable: str) -> list[Row]:
    section = VARIABLE_SECTIONS.get(variable, SECTION_OTHER)
    label = VARIABLE_LABELS.get(variable, variable)
    levels = _levels(ard, variable)
    if all(group.is_not_collected(ard, variable) for group in groups):
        return [Row(label, (NOT_COLLECTED,) * len(groups), section)]
    if not levels:
        rows = _continuous_rows(ard, groups, variable)
    elif set(levels) <= {"Y", "N"}:
        return _yes_rows(ard, groups, variable, label, section)
    else:
        rows = _categorical_rows(ard, groups, variable, levels)
    missing = _missing_rows(ard, groups, variable, "Missing")
    return [Row(name, cells, section, label) for name, cells in (*rows, *missing)]


def _levels(ard: Ard, variable: str) -> list[str]:
    """The categories: those with a label in its order, then any other."""
    rows = ard.select("baseline", "ITT", variable=variable)
    present = dict.fromkeys(row.level for row in rows if row.level not in ("", MISSING))
    known = [code for code in CATEGORY_LABELS.get(variable, {}) if code in present]
    return known + [code for code in present if code not in known]


def _continuous_rows(
    ard: Ard, groups: tuple[Group, ...], variable: str
) -> list[tuple[str, tuple[str, ...]]]:
    rows = [row for group in groups for row in group.rows(ard, variable)]
    return [
        (
            name,
            tuple(
                _summary(ard, group, variable, pattern, choose_decimals(rows, pattern))
                for group in groups
            ),
        )
        for name, pattern in STATISTICS.items()
    ]


def named_statistics(pattern: str) -> list[str]:
    """Return the statistics that a pattern shows."""
    return [name for _, name, _, _ in Formatter().parse(pattern) if name]


def choose_decimals(rows: Iterable[ArdRow], pattern: str) -> int:
    """Return 0 where every number of the pattern is whole, else 1."""
    values = [row.value for row in rows if row.stat_name in named_statistics(pattern)]
    return 0 if all(value is None or value.is_integer() for value in values) else 1


def _summary(ard: Ard, group: Group, variable: str, pattern: str, decimals: int) -> str:
    """One cell of a summary; not estimable when a part is, or when nobody has a value."""
    if not group.number(ard, "n", variable):
        return NOT_ESTIMABLE
    numbers = {name: group.number(ard, name, variable) for name in named_statistics(pattern)}
    if None in numbers.values():
        return NOT_ESTIMABLE
    return pattern.format(
        **{name: format_number(value, decimals) for name, value in numbers.items()}
    )


def _categorical_rows(
    ard: Ard, groups: tuple[Group, ...], variable: str, levels: list[str]
) -> list[tuple[str, tuple[str, ...]]]:
    labels = CATEGORY_LABELS.get(variable, {})
    return [(labels.get(code, code), _counts(ard, groups, variable, code)) for code in levels]


def _counts(ard: Ard, groups: tuple[Group, ...], variable: str, level: str) -> tuple[str, ...]:
    return tuple(
        format_count_percent(
            group.number(ard, "n", variable, level), group.number(ard, "pct", variable, level)
        )
        for group in groups
    )


def _yes_rows(
    ard: Ard, groups: tuple[Group, ...], variable: str, label: str, section: str
) -> list[Row]:
    """A yes/no variable in one line, with a line of missing values if there are any."""
    missing = _missing_rows(ard, groups, variable, f"{label}: missing")
    rows = [(label, _counts(ard, groups, variable, "Y")), *missing]
    return [Row(name, cells, section) for name, cells in rows]


def _missing_rows(
    ard: Ard, groups: tuple[Group, ...], variable: str, name: str
) -> list[tuple[str, tuple[str, ...]]]:
    numbers = [group.number(ard, "n", variable, MISSING) for group in groups]
    return [(name, tuple(format_count(number) for number in numbers))] if any(numbers) else []
