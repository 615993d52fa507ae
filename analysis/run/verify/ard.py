"""Two ARDs side by side: statistics that moved, rows that came or went, and by how much."""

import csv
import math
import re
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError
from analysis.io.result import ARD_COLUMNS

KEY = ("analysis_id", "population", "group", "variable", "level", "stat_name")
"""The columns that name a statistic; no two rows have the same."""
TEXTS = tuple(column for column in ARD_COLUMNS if column not in (*KEY, "stat"))

RELATIVE_TOLERANCE = 1e-9
"""Of a number, when versions or processor differ. Kernels differ in the last of 16 digits and a
fit carries that on, so numbers are written with 12; this is three digits more, and far below the
last digit of any table."""
ABSOLUTE_TOLERANCE = 1e-12
"""Near zero, where a relative difference says nothing: a p value below this is shown as <0.001."""

Key = tuple[str, ...]
Ard = dict[Key, dict[str, str]]

_COUNT = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Moved:
    """A statistic whose text differs. ``relative``: |difference| over the larger of the two.

    Infinite where one of the two is not a number: not estimable, or not estimable any more.
    """

    key: Key
    archived: str
    rerun: str
    relative: float
    is_tolerable: bool


@dataclass(frozen=True)
class Reworded:
    """A row in which a text differs: the method, the warning or the allocation."""

    key: Key
    column: str
    archived: str
    rerun: str


@dataclass(frozen=True)
class ArdDifferences:
    """How two ARDs differ. ``moved``: the largest relative difference first. ``rows``: in both."""

    rows: int = 0
    moved: tuple[Moved, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    disappeared: tuple[Key, ...] = ()
    appeared: tuple[Key, ...] = ()

    @property
    def is_tolerable(self) -> bool:
        """Whether every number is within the tolerance and all else is the same."""
        if self.reworded or self.disappeared or self.appeared:
            return False
        return all(moved.is_tolerable for moved in self.moved)


def read_ard_rows(path: Path) -> Ard:
    """Return the rows of an ``ard.csv`` as text, by their key.

    Raises DataError if it is no such table, or if two rows have the same key.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
    except (OSError, ValueError, csv.Error) as error:
        raise DataError(f"cannot be read as a table ({error})") from None
    if tuple(header) != ARD_COLUMNS:
        raise DataError(f"has other columns than {', '.join(ARD_COLUMNS)}")
    ard: Ard = {}
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(ARD_COLUMNS):
            raise DataError(f"line {number} has {len(cells)} cells, not {len(ARD_COLUMNS)}")
        row = dict(zip(ARD_COLUMNS, cells, strict=True))
        key = tuple(row[column] for column in KEY)
        if key in ard:
            raise DataError(f"line {number} names the same statistic as an earlier one")
        ard[key] = row
    return ard


def compare_ards(archived: Ard, rerun: Ard) -> ArdDifferences:
    """Return how the rerun's ARD differs from the archived one."""
    common = [key for key in archived if key in rerun]
    moved = [
        _measure(key, archived[key]["stat"], rerun[key]["stat"])
        for key in common
        if archived[key]["stat"] != rerun[key]["stat"]
    ]
    reworded = [
        Reworded(key, column, archived[key][column], rerun[key][column])
        for key in common
        for column in TEXTS
        if archived[key][column] != rerun[key][column]
    ]
    return ArdDifferences(
        rows=len(common),
        moved=tuple(sorted(moved, key=lambda each: (-each.relative, each.key))),
        reworded=tuple(reworded),
        disappeared=tuple(key for key in archived if key not in rerun),
        appeared=tuple(key for key in rerun if key not in archived),
    )


def _measure(key: Key, archived: str, rerun: str) -> Moved:
    """How far a statistic moved; a count must not move at all."""
    old, new = _to_number(archived), _to_number(rerun)
    if old is None or new is None:
        return Moved(key, archived, rerun, math.inf, is_tolerable=False)
    distance, size = abs(new - old), max(abs(old), abs(new))
    is_count = _COUNT.fullmatch(archived) or _COUNT.fullmatch(rerun)
    is_near = distance <= max(RELATIVE_TOLERANCE * size, ABSOLUTE_TOLERANCE)
    relative = distance / size if size else 0.0
    return Moved(key, archived, rerun, relative, is_tolerable=is_near and not is_count)


def _to_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
