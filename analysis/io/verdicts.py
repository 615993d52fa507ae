"""The verdicts of the independent check: ``qc.csv``, one recomputed statistic per row."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from analysis.errors import CheckError, join_findings
from analysis.io.csv_rows import read_records, write_rows
from analysis.io.files import write_text
from analysis.io.result import Allocation

SHOWN = 5
"""Failed statistics that a message names."""
NO_NUMBER = "not estimable"
"""How a value that is not there is shown."""


class Verdict(StrEnum):
    """What the comparison of two values says."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Comparison:
    """One statistic by the engine and by the check, as texts of ``qc.csv``.

    ``engine`` and ``check`` are empty where there is no number. ``difference`` has the unit
    ``difference_unit`` and is 0 below a tenth of the ``tolerance``: that is rounding. ``reason``:
    why the values differ or were not compared.
    """

    analysis_id: str
    population: str
    group: str
    level: str
    stat_name: str
    engine: str
    check: str
    difference: str
    difference_unit: str
    tolerance: str
    method: str
    verdict: Verdict
    reason: str

    @property
    def name(self) -> str:
        """What the statistic is called in messages and tables."""
        keys = [self.analysis_id, self.population, self.group, self.level, self.stat_name]
        return " / ".join(key for key in keys if key)

    def describe(self) -> str:
        """Return the statistic with both values in one line."""
        engine, check = self.engine or NO_NUMBER, self.check or NO_NUMBER
        why = f": {self.reason}" if self.reason else f" (tolerance {self.tolerance})"
        return f"{self.name}: {engine} by the engine, {check} by the check{why}"


COLUMNS = (*(field.name for field in fields(Comparison)), "allocation")


def write_verdicts(path: Path, comparisons: Sequence[Comparison], allocation: Allocation) -> None:
    """Write ``qc.csv``; every row says whose allocation its numbers were made with."""
    rows = ([*map(str, asdict(each).values()), allocation.value] for each in comparisons)
    write_text(path, write_rows([COLUMNS, *rows]))


def read_verdicts(path: Path) -> tuple[Comparison, ...]:
    """Return the rows of ``qc.csv``; raises AnalysisError if ``path`` is not one."""
    return tuple(_read_row(row) for row in read_records(path, COLUMNS))


def _read_row(row: dict[str, str]) -> Comparison:
    kept = {name: text for name, text in row.items() if name not in ("verdict", "allocation")}
    return Comparison(**kept, verdict=Verdict(row["verdict"]))


def list_failed(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return the statistics that differ, in the order of the file."""
    return [item for item in comparisons if item.verdict is Verdict.DIFFERS]


def require_agreement(comparisons: Sequence[Comparison], where: str) -> None:
    """Raise CheckError naming the first statistics that differ, with both values.

    ``where``: a sentence on where the reader finds the rest.
    """
    failed = list_failed(comparisons)
    if not failed:
        return
    shown = [item.describe() for item in failed[:SHOWN]]
    more = [f"{len(failed) - SHOWN} more"] if len(failed) > SHOWN else []
    checked = sum(item.verdict is not Verdict.NOT_CHECKED for item in comparisons)
    heading = (
        f"The independent check fails: {len(failed)} of {checked} statistics differ between the "
        f"engine and the second implementation. No result is current. {where} Keep the export and "
        "report the disagreement to the developers."
    )
    raise CheckError(join_findings(heading, [*shown, *more]))
