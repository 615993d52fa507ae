"""The lines of a table on paper: page breaks that keep rows together, title, and source line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.display.tables.table import NO_ROWS, Row, Table

WHOLE = 6
"""Up to so many rows under one heading stay on one page."""


class Kind(StrEnum):
    """What a line is; sections, groups and notes run over the whole width."""

    SECTION = "section"
    GROUP = "group"
    ROW = "row"
    INDENTED = "indented"
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """One line; ``keep``: it stays on the page of the next one."""

    kind: Kind
    texts: tuple[str, ...]
    keep: bool

    @property
    def spans(self) -> bool:
        """Whether it is one cell over all columns."""
        return self.kind not in (Kind.ROW, Kind.INDENTED)


def lay_lines(table: Table) -> tuple[Line, ...]:
    """Return the lines of a table below its column heads.

    A heading stays with its first row. A block of up to :data:`WHOLE` rows stays whole; of a longer
    one neither the first nor the last row stands alone. The last line stays with the footnotes.
    """
    lines = list(_list_lines(table)) or [Line(Kind.NOTE, (NO_ROWS,), keep=False)]
    return (*lines[:-1], replace(lines[-1], keep=bool(table.footnotes)))


def name_title(table: Table) -> str:
    """Return the title with the id: ``Table t_primary. Primary outcome: mRS at day 90``."""
    return f"{table.name}. {table.title}"


def name_source(table: Table, lock: str = "", program: str = "") -> str:
    """Return registry number, lock of the data set and program; no date, no path."""
    made = f"program {program}" if program else ""
    return "Source: " + "; ".join(part for part in (table.registry, lock, made) if part)


def _list_lines(table: Table) -> Iterator[Line]:
    for section, groups in table.sections:
        if section:
            yield Line(Kind.SECTION, (section,), keep=True)
        for group, rows in groups:
            if group:
                yield Line(Kind.GROUP, (group,), keep=True)
            yield from _lay_rows(rows, Kind.INDENTED if group else Kind.ROW)


def _lay_rows(rows: Sequence[Row], kind: Kind) -> Iterator[Line]:
    last = len(rows) - 1
    kept = range(last) if len(rows) <= WHOLE else (0, last - 1)
    for index, row in enumerate(rows):
        yield Line(kind, (row.label, *row.cells), keep=index in kept)
