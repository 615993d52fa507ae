"""One file of an export, read whole as text, nothing guessed.

CSV is read by the standard library, so that a row of the wrong length is seen; SAS and SPSS files
through pyreadstat. Every problem is a finding, and the caller reports all findings together.
"""

import csv
import io
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.edc.sources.delimiters import find_separator
from analysis.edc.sources.encodings import decode_file
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.sas_spss import read_sas_spss
from analysis.edc.sources.stray_characters import (
    hide_bare_returns,
    require_no_zero_block,
    show_bare_returns,
)
from analysis.errors import DataError
from analysis.io.csv_rows import any_length


def read_text_table(path: Path, mapping: Mapping) -> pd.DataFrame:
    """Return one file as a frame of stripped text, "" for missing, columns as in the file.

    Raises DataError if the file cannot be read, is cut off, or does not decode.
    """
    return read_labelled_table(path, mapping).texts


def read_labelled_table(path: Path, mapping: Mapping) -> LabelledTable:
    """Return one file as text with its labels; raises DataError as ``read_text_table`` does."""
    is_csv = path.suffix.lower() == ".csv"
    table = _read_csv(path, mapping) if is_csv else read_sas_spss(path, mapping)
    folded = [str(column).strip().upper() for column in table.texts.columns]
    twice = sorted({column for column in folded if folded.count(column) > 1})
    if twice:
        raise DataError(f"{path.name}: column {', '.join(twice)} stands twice in the header")
    return table


def _read_csv(path: Path, mapping: Mapping) -> LabelledTable:
    text = decode_file(path, mapping.encoding)
    require_no_zero_block(path.name, text)
    if not text.strip():
        raise DataError(f"{path.name}: the file is empty, it lacks even a header row")
    if not text.endswith(("\n", "\r")) and mapping.unterminated_last_line == "refuse":
        raise DataError(
            f"{path.name}: the last line has no line end, so the file was probably cut off. Export "
            "it again; if the exporter never ends the last line, set unterminated_last_line: accept"
        )
    separator, text = find_separator(path.name, text, mapping)
    lines = io.StringIO(hide_bare_returns(text), newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        with any_length():
            header, *rows = [(reader.line_num, show_bare_returns(row)) for row in reader if row]
    except csv.Error as error:
        raise DataError(
            f"{path.name}: line {reader.line_num}: not a whole CSV table ({error})"
        ) from None
    uneven = [line for line, row in rows if len(row) != len(header[1])]
    if uneven:
        raise DataError(
            f"{path.name}: {len(uneven)} row(s) do not have the {len(header[1])} fields of the "
            f"header, first at line {uneven[0]}: the file was cut off or damaged. Export it again"
        )
    columns = zip(*(row for _, row in rows), strict=True) if rows else ([] for _ in header[1])
    return LabelledTable(frame_texts(header[1], columns))
