"""Findings of the search, by file and column, less what is declared to be no allocation."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping
from analysis.edc.absent.columns import NEAREST, find_nearest
from analysis.edc.allocation.search.files import SearchedFile

WHOLE_FILE = "*"
"""In place of a column: the file itself, its rows, name and notes."""
Columns = dict[str, set[str]]
"""By what a file may be called the names of its columns, folded."""


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


def leave_declared(
    findings: Iterable[Finding], files: Iterable[SearchedFile], mapping: Mapping
) -> list[Finding]:
    """Return the findings without those that the mapping declares to be no allocation.

    A file is declared by the name of its source, by its own without the ending, or by a table of
    the layout that is read from it; capitals do not matter. As a whole (``*``) it is not declared
    by a table that a query makes of some of its rows.
    """
    declared = {
        (table.casefold(), column.casefold())
        for table, spec in mapping.tables.items()
        for column in spec.not_allocation
    }
    called = {file.name: file for file in files}
    return [
        each
        for each in findings
        if not {(name, each.column.casefold()) for name in _name_found(each, called.get(each.file))}
        & declared
    ]


def _name_found(found: Finding, file: SearchedFile | None) -> frozenset[str]:
    """By what the mapping may call that in which something was found, folded."""
    names = {found.table.casefold(), _cut_ending(found.file)}
    if file is None:
        return frozenset(names)
    return frozenset({*names, file.source} | (file.tables if found.column != WHOLE_FILE else set()))


def _name_file(file: SearchedFile) -> frozenset[str]:
    return frozenset({file.table.casefold(), _cut_ending(file.name), file.source}) | file.tables


def _cut_ending(file: str) -> str:
    return Path(file.partition(", ")[0]).stem.casefold()


def find_unknown_declared(
    files: Iterable[SearchedFile], mapping: Mapping, unread: Collection[str] = ()
) -> list[str]:
    """Return a finding for every declared column that no file of the export holds.

    ``unread``: what files may be called, folded, that are there and could not be read.
    """
    held: Columns = {}
    for each in files:
        for name in _name_file(each):
            held.setdefault(name, set()).update(str(c).casefold() for c in each.content.texts)
    return [
        f"tables.{table}.not_allocation.{column}: {_say_absent(table, column, held)}"
        for table, spec in mapping.tables.items()
        for column in spec.not_allocation
        if table.casefold() not in unread
        and not _is_held(table.casefold(), column.casefold(), held)
    ]


def _is_held(table: str, column: str, held: Columns) -> bool:
    return table in held and (column == WHOLE_FILE or column in held[table])


def _say_absent(table: str, column: str, held: Columns) -> str:
    if table.casefold() in held:
        what = f"the file holds no column {column} in the export"
    else:
        near = find_nearest(table, [*held]) or sorted(held)[:NEAREST]
        what = f"there is no file {table} in the export, but {', '.join(near) or 'none at all'}"
    return f"{what}; correct the mapping, or take the line out"
