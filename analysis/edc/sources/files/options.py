"""How the files of an export are written, as far as a reader must be told."""

from dataclasses import dataclass
from typing import Literal

from analysis.config.mapping import DecimalMark, RepeatedHeaders
from analysis.config.shapes import RowsBy


@dataclass(frozen=True)
class ReadOptions:
    """What the mapping says of a file.

    ``encoding``, ``delimiter``, ``quote``: of text files; a delimiter of None is the usual one of
    the file's ending, an empty quote none. ``decimal``: of numbers. ``header_row``: the row that
    names the columns, counted from 1; what stands above it is not read. ``header_rows``: in its
    place the rows of titles and, the last, of names. ``label_rows``: rows below
    it that hold words on the columns, no data. ``rows_by``: how a table with one value a row is
    read as one with a column an item. ``repeated_headers``: what becomes of names that stand
    several times.
    ``unterminated_last_line``: whether a text file whose last line has no end is taken for whole.
    """

    encoding: str = "utf-8"
    delimiter: str | None = None
    quote: str = '"'
    decimal: DecimalMark = "."
    header_row: int = 1
    header_rows: tuple[int, ...] = ()
    label_rows: int = 0
    rows_by: RowsBy | None = None
    repeated_headers: RepeatedHeaders = "refuse"
    unterminated_last_line: Literal["refuse", "accept"] = "refuse"

    @property
    def title_rows(self) -> tuple[int, ...]:
        """The rows above the names that hold titles of groups, counted from 1."""
        return self.header_rows[:-1]

    @property
    def first_row(self) -> int:
        """The first row that is read, counted from 1."""
        return self.header_rows[0] if self.header_rows else self.header_row

    @property
    def name_row(self) -> int:
        """The row of names, counted from 1."""
        return self.header_rows[-1] if self.header_rows else self.header_row
