"""A source: one table of an export as its file holds it, before it is a table of the layout."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.config.mapping import DecimalMark
from analysis.edc.sources.columns.rows_by import widen
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.kept import read_once
from analysis.edc.sources.kinds import KINDS
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError

SHOWN = 5
KEYS = ("header_rows", "header_row", "label_rows", "quote", "repeated_headers")
"""Keys of the mapping that say how one source is written, as messages name them."""


@dataclass(frozen=True)
class Source:
    """One file, or one part of it.

    ``name``: by which the mapping finds it, in small letters. ``path``: of the file in the folder,
    inside which ``file`` may lie. ``part``: sheet, data set or item group, empty for a whole file.
    ``problem``: why the parts of the file could not be told; reading it says so.
    """

    name: str
    path: Path
    file: SourceFile
    options: ReadOptions
    part: str = ""
    problem: str = ""

    @property
    def label(self) -> str:
        """The source as messages name it: file, and the part of it."""
        return f"{self.file.name}, {KINDS[self.file.suffix].part} {self.part}" if self.part else (
            self.file.name
        )  # fmt: skip

    @property
    def sources(self) -> tuple["Source", ...]:
        """The source itself, as a table that is made of several names its own."""
        return (self,)

    @property
    def decimal(self) -> DecimalMark:
        """The decimal mark of its numbers: of text files that of the mapping."""
        kind = KINDS.get(self.file.suffix)
        return self.options.decimal if kind and kind.is_text else "."

    def read(self) -> LabelledTable:
        """Return the source as text.

        Raises DataError if it cannot be read, is cut off, or names a column twice.
        """
        return read_once(self, self._read)

    def _read(self) -> LabelledTable:
        if self.problem:
            raise DataError(self.problem)
        kind = KINDS[self.file.suffix]
        if self.options.header_rows and not kind.is_text:
            raise DataError(
                f"{self.label}: header_rows is given, and a file of this kind has names of columns "
                f"and no header rows. Take it out (sources.{self.name})"
            )
        try:
            table = kind.read(self.file, self.part, self.options)
        except DataError as error:
            raise DataError(f"{error}{self._say_where(str(error))}") from None
        counts = Counter(str(column).strip().upper() for column in table.texts.columns)
        twice = sorted(column for column, count in counts.items() if count > 1)
        if twice:
            raise DataError(self._describe_twice(twice[:SHOWN]))
        rows_by = self.options.rows_by
        return widen(table, rows_by, self.label) if rows_by else table

    def _describe_twice(self, names: list[str]) -> str:
        """That names stand twice, and the key that numbers them, where a reader knows it."""
        message = f"{self.label}: column {', '.join(names)} stands twice in the header"
        if not KINDS[self.file.suffix].is_text:
            return f"{message}. Give each column a name of its own in the export"
        message += (
            ". Export it with names of fields as headers, or set repeated_headers: number, so that "
            f"the second is read as {names[0]} (2)"
        )
        if (row := self.options.header_row) > 1:
            message += (
                f"; where titles of groups above the names tell them apart, header_rows: "
                f"[{row - 1}, {row}]"
            )
        return message + self._say_where(message)

    def _say_where(self, message: str) -> str:
        """Where the key of a source stands that a message tells to set; else nothing."""
        key = next((key for key in KEYS if f"et {key} " in message or f"et {key}:" in message), "")
        place = f"sources: {{{self.name}: {{file: {self.file.name}, {key}: ...}}}}"
        return f". It is a key of one source, in config/edc.yaml `{place}`" if key else ""
