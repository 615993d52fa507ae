"""How a source is written, in the check's words."""

from dataclasses import dataclass

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.config.shapes import RowsBy

DELIMITERS = {"tab": "\t"}
USUAL = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
"""Text files by their ending, and what separates their fields where the mapping does not say."""
CODECS = {"shift_jis": "cp932", "latin-1": "cp1252"}
"""Shift-JIS as Windows writes it, with the characters that the standard lacks (①), and Latin-1 as
it does, with the euro sign."""


@dataclass(frozen=True)
class Written:
    """How a source is written.

    ``delimiter``: empty for that of the ending. ``quote``: empty where nothing is quoted.
    ``header_row``: of the names, counted from 1. ``title_rows``: those of titles of groups above
    it. ``label_rows``: rows of words below it. ``rows_by``: how one
    value a row becomes one column an item. ``are_numbered``: whether names that stand several times
    in the header are.
    """

    encoding: str
    delimiter: str = ""
    decimal: str = "."
    quote: str = '"'
    header_row: int = 1
    label_rows: int = 0
    rows_by: RowsBy | None = None
    are_numbered: bool = False
    title_rows: tuple[int, ...] = ()

    def separator(self, suffix: str) -> str:
        """Return what separates the fields of a file with this ending."""
        return self.delimiter or USUAL[suffix]


def describe_writing(mapping: Mapping, source: SourceMapping | None) -> Written:
    """Return how a source is written; ``source``: what the mapping says of it alone."""
    encoding = (source and source.encoding) or mapping.encoding
    delimiter = (source and source.delimiter) or mapping.delimiter or ""
    common = Written(
        CODECS.get(encoding, encoding),
        DELIMITERS.get(delimiter, delimiter),
        (source and source.decimal) or mapping.decimal,
    )
    if source is None:
        return common
    return Written(
        common.encoding, common.delimiter, common.decimal, source.quote,
        source.header_rows[-1] if source.header_rows else source.header_row,
        source.label_rows, source.rows_by, source.repeated_headers == "number",
        source.header_rows[:-1],
    )  # fmt: skip
