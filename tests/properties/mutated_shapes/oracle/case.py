"""One mutant with what reading it gave, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.config import Mapping
from analysis.edc.layout import Layout
from tests.properties.mutated_shapes.mutant import Change, Mutant
from tests.properties.mutated_shapes.oracle.differences import Difference, list_differences
from tests.properties.mutated_shapes.oracle.meanings import fold

ONE_QUERY = ("severity", "table", "key", "column", "value", "rule", "message")


@dataclass(frozen=True)
class Outcome:
    """What reading gave: typed tables and queries, or the message that stopped it.

    ``count_left``: by source, the rows that no table took.
    """

    tables: dict[str, pd.DataFrame]
    queries: pd.DataFrame
    message: str = ""
    count_left: Callable[[], dict[str, int | None]] = dict

    @cached_property
    def left(self) -> dict[str, int | None]:
        return self.count_left()


@dataclass(frozen=True)
class Case:
    """A mutant with what reading gave before and after."""

    mutant: Mutant
    mapping: Mapping
    layout: Layout
    before: Outcome
    after: Outcome

    @cached_property
    def told(self) -> list[dict[str, str]]:
        """The queries that were not there before."""
        was, now = (
            frame[list(ONE_QUERY)].astype(str).to_dict("records")
            for frame in (self.before.queries, self.after.queries)
        )
        left = Counter(tuple(query.values()) for query in was)
        new = []
        for query in now:
            left[tuple(query.values())] -= 1
            if left[tuple(query.values())] < 0:
                new.append(query)
        return new

    @cached_property
    def differences(self) -> list[Difference]:
        names = sorted({*self.before.tables, *self.after.tables})
        empty = pd.DataFrame()
        return [
            difference
            for name in names
            for difference in list_differences(
                name,
                self.layout.tables[name].key,
                self.before.tables.get(name, empty),
                self.after.tables.get(name, empty),
            )
        ]


def list_near(case: Case, difference: Difference) -> Iterator[Change]:
    """The changes that touch the row."""
    for change in case.mutant.changes:
        if isinstance(change, Change) and (
            change.near is None or _touches(change.near, difference.subjects)
        ):
            yield change


def _touches(near: frozenset[str], subjects: set[str]) -> bool:
    folded = {fold(text) for text in near}
    return any(text.endswith(fold(s)) for s in subjects for text in folded if fold(s))
