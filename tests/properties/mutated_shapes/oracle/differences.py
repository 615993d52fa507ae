"""Rows that differ between typed tables of the export as it was and as it was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

Row = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A row that was and the row that is in its place; None where there is none."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> list[str]:
        """The columns that differ; all of them where a row came or went."""
        both = self.before or self.after or {}
        if self.before is None or self.after is None:
            return list(both)
        return [c for c in both if repr(self.before[c]) != repr(self.after[c])]

    @property
    def subjects(self) -> set[str]:
        """The subjects of the rows, by their ids and by their screening numbers."""
        rows = [row for row in (self.before, self.after) if row]
        ids = (row.get(name) for row in rows for name in ("SUBJID", "SCRNO"))
        return {str(each) for each in ids if each is not None}


def list_differences(
    table: str, key: tuple[str, ...], before: pd.DataFrame, after: pd.DataFrame
) -> Iterator[Difference]:
    """Yield the rows of one table that differ: paired by key, by subject, or alone."""
    was, now = _list_rows(before), _list_rows(after)
    gone, come = _subtract(was, now), _subtract(now, was)
    for columns in (key, key[:1], ()):
        for row in list(gone):
            twin = next((c for c in come if all(row[k] == c[k] for k in columns)), None)
            if twin is not None and (columns or len(gone) == len(come)):
                gone.remove(row)
                come.remove(twin)
                yield Difference(table, row, twin)
    yield from (Difference(table, row, None) for row in gone)
    yield from (Difference(table, None, row) for row in come)


def _list_rows(frame: pd.DataFrame) -> list[Row]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in plain.to_numpy().tolist()]


def _subtract(rows: list[Row], others: list[Row]) -> list[Row]:
    left = Counter(repr(row) for row in others)
    kept = []
    for row in rows:
        if left[repr(row)]:
            left[repr(row)] -= 1
        else:
            kept.append(row)
    return kept
