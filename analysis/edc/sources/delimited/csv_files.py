"""A text file of rows and fields, read by the standard library, so that no row is lost unseen."""

import csv
import io

from analysis.edc.sources.delimited.delimiters import find_separator
from analysis.edc.sources.delimited.encodings import decode_file
from analysis.edc.sources.delimited.stray_characters import (
    hide_bare_returns,
    require_no_zero_block,
    show_bare_returns,
)
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.options import ReadOptions
from analysis.edc.sources.source_file import SourceFile
from analysis.errors import DataError
from analysis.io.csv_rows import any_length


def read_delimited(file: SourceFile, options: ReadOptions) -> LabelledTable:
    """Return one file as text.

    Raises DataError if it is empty, cut off or damaged, or is written in another way.
    """
    text = decode_file(file, options.encoding)
    require_no_zero_block(file.name, text)
    if not text.strip():
        raise DataError(f"{file.name}: the file is empty, it lacks even a header row")
    if not text.endswith(("\n", "\r")) and options.unterminated_last_line == "refuse":
        raise DataError(
            f"{file.name}: the last line has no line end, so the file was probably cut off. Export "
            "it again; if the exporter never ends the last line, set unterminated_last_line: accept"
        )
    separator, text = find_separator(file.name, text, options)
    lines = io.StringIO(hide_bare_returns(text), newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        with any_length():
            header, *rows = [(reader.line_num, show_bare_returns(row)) for row in reader if row]
    except csv.Error as error:
        raise DataError(
            f"{file.name}: line {reader.line_num}: not a whole CSV table ({error})"
        ) from None
    uneven = [line for line, row in rows if len(row) != len(header[1])]
    if uneven:
        raise DataError(
            f"{file.name}: {len(uneven)} row(s) do not have the {len(header[1])} fields of the "
            f"header, first at line {uneven[0]}: the file was cut off or damaged. Export it again"
        )
    columns = zip(*(row for _, row in rows), strict=True) if rows else ([] for _ in header[1])
    return LabelledTable(frame_texts(header[1], columns))
