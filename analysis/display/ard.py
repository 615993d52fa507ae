"""Look numbers up in the results frame, ``ard.csv``; an absent row is an error, never a blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.errors.reason import Reason, is_not_collected, read_reason
from analysis.io.csv_rows import read_records
from analysis.io.result import ARD_COLUMNS, Allocation

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class ArdRow:
    """One statistic. ``value`` is None when it is not estimable; ``warning`` then says why."""

    analysis_id: str
    population: str
    group: str
    variable: str
    level: str
    stat_name: str
    value: float | None
    method: str
    warning: str

    @property
    def is_not_collected(self) -> bool:
        """Whether the trial did not collect what it needs."""
        return self.value is None and is_not_collected(self.warning)

    @property
    def reason(self) -> Reason:
        """Why there is no number."""
        return read_reason(self.warning)

    @property
    def key(self) -> Key:
        """What identifies the row, the variable apart."""
        return self.analysis_id, self.population, self.group, self.level, self.stat_name


@dataclass(frozen=True)
class Effect:
    """One estimate with its interval and p-value; any of them None when not estimable.

    ``analysis_id``: whose it is, and so the confidence of the interval (``plan.alpha_of``).
    """

    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None
    method: str
    warning: str
    analysis_id: str = ""

    @property
    def reason(self) -> Reason:
        """Why there is no estimate."""
        return read_reason(self.warning)

    @property
    def is_not_collected(self) -> bool:
        """Whether the trial did not collect what it needs."""
        return self.estimate is None and self.reason.is_not_collected


@dataclass(frozen=True)
class Ard:
    """The results frame of one run."""

    rows: tuple[ArdRow, ...]
    allocation: Allocation
    _index: dict[Key, list[ArdRow]] = field(init=False, repr=False, compare=False)
    _analyses: dict[str, list[ArdRow]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[Key, list[ArdRow]] = {}
        analyses: dict[str, list[ArdRow]] = {}
        for row in self.rows:
            index.setdefault(row.key, []).append(row)
            analyses.setdefault(row.analysis_id, []).append(row)
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_analyses", analyses)

    @classmethod
    def read(cls, path: Path) -> Ard:
        """Return the frame that ``path`` holds; raises AnalysisError if it is not one."""
        return cls.from_records(read_records(path, ARD_COLUMNS), path.name)

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, str]], origin: str = "ard") -> Ard:
        """Return the frame of records of text, one per row, all of one allocation."""
        kept = list(records)
        allocations = sorted({record["allocation"] for record in kept})
        if len(allocations) != 1 or allocations[0] not in set(Allocation):
            raise AnalysisError(f"{origin}: one allocation is needed, found {allocations}")
        return cls(tuple(_parse_row(record, origin) for record in kept), Allocation(allocations[0]))

    def select(
        self, analysis_id: str, population: str | None = None, **wanted: str
    ) -> tuple[ArdRow, ...]:
        """Return the rows of an analysis in the order of the frame, narrowed by column."""
        return tuple(
            row
            for row in self._analyses.get(analysis_id, ())
            if (population is None or row.population == population)
            and all(getattr(row, column) == value for column, value in wanted.items())
        )

    def find(
        self,
        analysis_id: str,
        stat_name: str,
        population: str,
        group: str = "",
        level: str = "",
        variable: str | None = None,
    ) -> ArdRow | None:
        """Return the row, or None if the frame holds none; raises AnalysisError if it holds two."""
        candidates = self._index.get((analysis_id, population, group, level, stat_name), [])
        rows = [row for row in candidates if variable is None or row.variable == variable]
        if len(rows) > 1:
            raise AnalysisError(f"ard.csv: {_name(rows[0].key, variable)} stands {len(rows)} times")
        return rows[0] if rows else None

    def row(
        self,
        analysis_id: str,
        stat_name: str,
        population: str,
        group: str = "",
        level: str = "",
        variable: str | None = None,
    ) -> ArdRow:
        """Return the row; raises AnalysisError if the frame holds none."""
        row = self.find(analysis_id, stat_name, population, group, level, variable)
        if row is None:
            key = (analysis_id, population, group, level, stat_name)
            raise AnalysisError(f"ard.csv: there is no row {_name(key, variable)}{self._hint(key)}")
        return row

    def number(
        self,
        analysis_id: str,
        stat_name: str,
        population: str,
        group: str = "",
        level: str = "",
        variable: str | None = None,
    ) -> float | None:
        """Return the number, None when not estimable; raises AnalysisError if there is no row."""
        return self.row(analysis_id, stat_name, population, group, level, variable).value

    def require(
        self,
        analysis_id: str,
        stat_name: str,
        population: str,
        group: str = "",
        level: str = "",
        variable: str | None = None,
    ) -> float:
        """Return the number; raises AnalysisError if there is no row or it is not estimable."""
        row = self.row(analysis_id, stat_name, population, group, level, variable)
        if row.value is None:
            reason = row.warning or read_reason(row.warning)
            raise AnalysisError(f"ard.csv: {_name(row.key, variable)} is not estimable: {reason}")
        return row.value

    def is_not_collected(
        self,
        analysis_id: str,
        stat_name: str,
        population: str,
        group: str = "",
        level: str = "",
        variable: str | None = None,
    ) -> bool:
        """Return whether a statistic is there that needs what the trial did not collect."""
        row = self.find(analysis_id, stat_name, population, group, level, variable)
        return row is not None and row.is_not_collected

    def warning(
        self,
        analysis_id: str,
        stat_name: str,
        population: str,
        group: str = "",
        level: str = "",
        variable: str | None = None,
    ) -> str:
        """Return what the reader must know about the number; empty if nothing."""
        return self.row(analysis_id, stat_name, population, group, level, variable).warning

    def effect(self, analysis_id: str, population: str, level: str = "") -> Effect:
        """Return estimate, interval and p-value of a contrast; raises AnalysisError if absent."""
        point = self.row(analysis_id, "estimate", population, level=level)
        low, high, p_value = (
            self.number(analysis_id, name, population, level=level)
            for name in ("ci_low", "ci_high", "p_value")
        )
        return _build_effect(point, low, high, p_value)

    def contrast(self, analysis_id: str, population: str, level: str = "") -> Effect:
        """Return estimate and interval of a contrast, and its p-value if the analysis gives one."""
        point = self.row(analysis_id, "estimate", population, level=level)
        low, high = (
            self.number(analysis_id, name, population, level=level)
            for name in ("ci_low", "ci_high")
        )
        test = self.find(analysis_id, "p_value", population, level=level)
        p_value = test.value if test else None
        return _build_effect(point, low, high, p_value)

    def warnings(self, *analysis_ids: str) -> tuple[str, ...]:
        """Return the distinct warnings of the analyses, in the order of the frame."""
        texts = (row.warning for row in self.rows if row.analysis_id in analysis_ids)
        return tuple(dict.fromkeys(warning for warning in texts if warning))

    def _hint(self, key: Key) -> str:
        """What the frame does hold close to an absent row."""
        analysis_id, population, group, level, _ = key
        rows = self.select(analysis_id)
        if not rows:
            return ": the analysis is not in the frame"
        near = [row for row in rows if (row.population, row.group) == (population, group)]
        names = [row.stat_name for row in near if row.level == level]
        if names:
            return f": the statistics there are {', '.join(dict.fromkeys(names))}"
        levels = dict.fromkeys(repr(row.level) for row in near)
        return f": the levels there are {', '.join(levels)}" if levels else ""


def _build_effect(
    point: ArdRow, low: float | None, high: float | None, p_value: float | None
) -> Effect:
    values = (point.value, low, high, p_value)
    return Effect(*values, point.method, point.warning, point.analysis_id)


def _parse_row(record: Mapping[str, str], origin: str) -> ArdRow:
    text = record["stat"]
    try:
        value = float(text) if text else None
    except ValueError:
        raise AnalysisError(f"{origin}: stat {text!r} is not a number: {dict(record)}") from None
    columns = {name: record[name] for name in ARD_COLUMNS if name not in ("stat", "allocation")}
    return ArdRow(value=value, **columns)


def _name(key: Key, variable: str | None) -> str:
    analysis_id, population, group, level, stat_name = key
    parts = {"group": group, "level": level, "variable": variable or ""}
    narrowed = "".join(f", {name} {value}" for name, value in parts.items() if value)
    return f"{analysis_id} / {population} / {stat_name}{narrowed}"
