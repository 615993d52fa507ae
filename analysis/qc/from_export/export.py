"""The export as the check reads it: every table that decides, the plan, and the arms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

from analysis.config import Mapping as EdcMapping
from analysis.config import Plan
from analysis.qc.from_export.reading.columns import SUBJECT, TABLES
from analysis.qc.from_export.reading.files import read_file, read_list
from analysis.qc.from_export.reading.mapping import describe_list, describe_table, find_days
from analysis.qc.from_export.reading.queries.registry import Registry
from analysis.qc.from_export.reading.queries.table import read_made
from analysis.qc.from_export.reading.sources.pieces import list_pieces
from analysis.qc.from_export.reading.tables import ReadTable, Row, read_table

RANDOMISATION = "rand"
LISTS = {"randomisation_list": "RANDNO", "kit_list": "KITNO"}
"""By allocation list, the column of the numbers that it gives arms to."""


@dataclass(frozen=True)
class Export:
    """The tables by name, and the arms of numbers and kits; no lists in a blinded run."""

    tables: Mapping[str, ReadTable]
    plan: Plan
    arm_of_number: Mapping[str, str]
    arm_of_kit: Mapping[str, str]
    has_lists: bool

    @classmethod
    def read(
        cls, files: Sequence[Path], lists: Sequence[Path], mapping: EdcMapping, plan: Plan
    ) -> "Export":
        """Return the export whose files are given; what cannot be read is said in its table."""
        tables: dict[str, ReadTable] = {}
        pieces, days = list_pieces(files), find_days(plan)
        registry = Registry(pieces, mapping)
        for name, columns in TABLES.items():
            subjects = frozenset(tables[RANDOMISATION].by_subject) if tables else None
            mapped = describe_table(mapping, name)
            file = (
                read_made(registry, name, (SUBJECT, *columns.kinds))
                if mapped.is_query
                else read_file(pieces, mapped)
            )
            tables[name] = read_table(file, mapped, columns, subjects, days)
        arms = [_read_arms(lists, mapping, name, column) for name, column in LISTS.items()]
        return cls(tables, plan, arms[0], arms[1], bool(lists))

    @cached_property
    def moments(self) -> dict[str, datetime | None]:
        """The moment of randomisation of every subject of ``rand``, in the order of their ids."""
        rows = self.tables[RANDOMISATION].by_subject
        found = {subject: rows[subject].values["RANDDTC"] for subject in sorted(rows)}
        return {s: m if isinstance(m, datetime) else None for s, m in found.items()}

    @property
    def subjects(self) -> Iterable[str]:
        """The randomised subjects, in the order of their ids."""
        return self.moments

    @cached_property
    def subjects_by_digits(self) -> dict[str, list[str]]:
        """The randomised subjects by the digits of their ids."""
        found: dict[str, list[str]] = {}
        for subject in self.subjects:
            found.setdefault(take_digits(subject), []).append(subject)
        return found

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of randomised subjects of a table."""
        return self.tables[table].rows

    def single(self, table: str) -> dict[str, Row]:
        """Return the one row of every subject of a table."""
        return self.tables[table].by_subject

    def find_day(self, subject: str, day: date | None) -> int | None:
        """Return the study day of a date, randomisation = day 0 (SAP 1.1)."""
        moment = self.moments[subject]
        return (day - moment.date()).days if day and moment else None


@cache
def take_digits(subject: str) -> str:
    """Return the digits of an id, without zeros before them; the id itself if it has none."""
    whole = subject.removesuffix(".0")  # as a spreadsheet writes a number
    digits = "".join(str(int(letter)) for letter in whole if letter.isdecimal())
    return digits.lstrip("0") or subject


def _read_arms(
    lists: Sequence[Path], mapping: EdcMapping, name: str, column: str
) -> dict[str, str]:
    if not lists:
        return {}
    mapped = describe_list(mapping, name)
    columns = read_list(lists, mapped).columns
    numbers, arms = (columns.get(each, []) for each in (column, "ARM"))
    return {mapped.translate(column, n): arm for n, arm in zip(numbers, arms, strict=True)}
