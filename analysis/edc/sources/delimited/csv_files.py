"""A text file of rows and fields, read so that no row is lost unseen."""

import csv
import io
from collections.abc import Sequence

from analysis.edc.sources.columns.titles import fit_titles, join_titles, spread_titles
from analysis.edc.sources.delimited.delimiters import USUAL, find_separator, require_quote
from analysis.edc.sources.delimited.encodings import decode_file
from analysis.edc.sources.delimited.header import Body, find_body, require_header
from analysis.edc.sources.delimited.label_rows import Row, join_words, split_label_rows
from analysis.edc.sources.delimited.rows import read_regular
from analysis.edc.sources.delimited.stray_characters import (
    hide_bare_returns,
    require_no_zero_block,
    require_no_zero_header,
    show_bare_returns,
)
from analysis.edc.sources.delimited.title_rows import read_titles
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.repeated_headers import name_columns
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable, frame_columns, frame_texts
from analysis.errors import DataError
from analysis.io.csv_rows import any_length

SUFFIXES = tuple(USUAL)
"""The endings of text files, in small letters."""


def read_delimited(file: SourceFile, options: ReadOptions) -> LabelledTable:
    """Return one file as text, with the words that stand below its header as labels.

    Raises DataError if it is empty, cut off or damaged, or is written in another way, and
    ConfigError if ``options.quote`` cannot quote.
    """
    text = decode_file(file, options.encoding)
    require_no_zero_block(file.name, text)
    hidden = hide_bare_returns(text)
    body = find_body(file.name, hidden, options.name_row)
    require_no_zero_header(file.name, body.above + 1, body.header)
    _require_last_line(file.name, text, options)
    separator = find_separator(file, body, options)
    titles = read_titles(file.name, hidden, separator, options)
    if regular := read_regular(file.name, body, separator, options.quote, options.label_rows):
        names = _name(file.name, regular.header, titles, options)
        labels = join_words(names, regular.words)
        return LabelledTable(frame_columns(names, regular.columns), labels)
    (line, header), *rows = _parse(file.name, body, separator, options.quote)
    require_header(file.name, line, header, options.quote)
    _require_even(file.name, len(header), rows)
    words, rows = split_label_rows(file.name, header, rows, options.label_rows)
    columns = zip(*(row for _, row in rows), strict=True) if rows else ([] for _ in header)
    names = _name(file.name, header, titles, options)
    return LabelledTable(frame_texts(names, columns), join_words(names, words))


def _name(
    place: str, header: Sequence[str], titles: Sequence[Sequence[str]], options: ReadOptions
) -> list[str]:
    """The names of the columns: with the titles above them, and numbered where that is declared."""
    if titles:
        names = [name.strip() for name in header]
        rows = [fit_titles(place, row, len(names)) for row in titles]
        header = join_titles(spread_titles(rows, names), names)
    return name_columns(place, header, options.repeated_headers)


def _require_last_line(name: str, text: str, options: ReadOptions) -> None:
    if not text.endswith(("\n", "\r")) and options.unterminated_last_line == "refuse":
        raise DataError(
            f"{name}: the last line has no line end, so the file was probably cut off. Export "
            "it again; if the exporter never ends the last line, set unterminated_last_line: accept"
        )


def _parse(name: str, body: Body, separator: str, quote: str) -> list[Row]:
    """The rows that are not empty, header first, each with the line of the file that ends it."""
    require_quote(quote, separator)
    reader = csv.reader(
        io.StringIO(body.text, newline=""),
        delimiter=separator,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=True,
    )
    try:
        with any_length():
            return [(body.above + reader.line_num, show_bare_returns(r)) for r in reader if r]
    except csv.Error as error:
        raise DataError(
            f"{name}: line {body.above + reader.line_num}: not a whole CSV table ({error}). Export "
            'it again; if another character quotes its cells, or none, set quote to it or to ""'
        ) from None


def _require_even(name: str, width: int, rows: Sequence[Row]) -> None:
    uneven = [line for line, row in rows if len(row) != width]
    if not uneven:
        return
    message = (
        f"{name}: {len(uneven)} row(s) do not have the {width} fields of the header, first at line "
        f"{uneven[0]}: the file was cut off or damaged. Export it again"
    )
    if len({len(row) for _, row in rows}) == 1 and width < len(rows[0][1]):
        message += (
            "; if the names of the columns stand in a line below, set header_row to that line, "
            "counted from 1"
        )
    raise DataError(message)
