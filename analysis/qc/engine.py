"""The engine's numbers, as the results table holds them: texts by their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.io.csv_rows import read_records
from analysis.io.result import ARD_COLUMNS, Allocation
from analysis.qc.recomputed import Recomputed

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class EngineNumbers:
    """The text of every statistic by its key, and whose allocation it was made with."""

    texts: Mapping[Key, str]
    allocation: Allocation

    @classmethod
    def read(cls, path: Path) -> EngineNumbers:
        """Return the numbers of ``ard.csv``; raises AnalysisError if ``path`` is not one."""
        return cls.from_records(read_records(path, ARD_COLUMNS))

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, str]]) -> EngineNumbers:
        """Return the numbers of rows of text, all of one allocation."""
        rows = list(records)
        allocations = sorted({row["allocation"] for row in rows})
        if len(allocations) != 1 or allocations[0] not in set(Allocation):
            raise AnalysisError(f"ard.csv: one allocation is needed, found {allocations}")
        texts = {
            (row["analysis_id"], row["population"], row["group"], row["level"], row["stat_name"]):
            row["stat"] for row in rows
        }  # fmt: skip
        return cls(texts, Allocation(allocations[0]))

    def find(self, number: Recomputed) -> str | None:
        """Return the text of a statistic, empty where it is not estimable; None if it is absent."""
        key = (number.analysis_id, number.population, number.group, number.level, number.name)
        return self.texts.get(key)
