"""Findings of the search, by file and column, less what is declared to be no allocation."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping
from analysis.edc.allocation.search.files import SearchedFile

WHOLE_FILE = "*"
"""In place of a column: the file itself, its rows, name and notes."""


@dataclass(frozen=True)
class Finding:
    """Why one column of one file is taken for an allocation.

    ``shown`` is how a message calls the column: by its place if its name may be a cell of a subject
    or names an arm. ``filled`` is the number of its cells that hold something.
    """

    file: str
    table: str
    column: str
    shown: str
    filled: int
    reason: str


def join_reasons(findings: Iterable[Finding]) -> list[str]:
    """Return one line for every column, with all its reasons, in the order of the findings."""
    lines: dict[tuple[str, str, int], list[str]] = {}
    for each in findings:
        reasons = lines.setdefault((each.file, each.shown, each.filled), [])
        if each.reason not in reasons:
            reasons.append(each.reason)
    return [
        f"{file}, {shown} ({filled} cell(s) filled): {'; '.join(reasons)}"
        if shown
        else f"{file}: {'; '.join(reasons)}"
        for (file, shown, filled), reasons in lines.items()
    ]


def leave_declared(findings: Iterable[Finding], mapping: Mapping) -> list[Finding]:
    """Return the findings without those that the mapping declares to be no allocation."""
    declared = {
        (table, column.upper())
        for table, spec in mapping.tables.items()
        for column in spec.not_allocation
    }
    return [
        each
        for each in findings
        if not {(name, each.column.upper()) for name in _list_names(each)} & declared
    ]


def _list_names(found: Finding | SearchedFile) -> set[str]:
    """By what the mapping may call a file: the table that it is, or its name without the ending."""
    file = found.file if isinstance(found, Finding) else found.name
    return {found.table, Path(file.partition(", ")[0]).stem.lower()}


def find_unknown_declared(files: Iterable[SearchedFile], mapping: Mapping) -> list[str]:
    """Return a finding for every declared column that no file of the export holds."""
    held = {
        (name, str(column).upper())
        for each in files
        for name in _list_names(each)
        for column in each.content.texts.columns
    }
    tables = {table for table, _ in held}
    return [
        f"tables.{table}.not_allocation.{column}: {_say_absent(table, column, tables)}"
        for table, spec in mapping.tables.items()
        for column in spec.not_allocation
        if (table, column.upper()) not in held and not (column == WHOLE_FILE and table in tables)
    ]


def _say_absent(table: str, column: str, tables: set[str]) -> str:
    what = f"the file holds no column {column}" if table in tables else f"there is no file {table}"
    return f"{what} in the export; correct the mapping, or take the line out"
