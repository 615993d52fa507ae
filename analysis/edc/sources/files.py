"""One file of an export, read whole as text, nothing guessed.

CSV is read by the standard library, so that a row of the wrong length is seen; SAS and SPSS files
through pyreadstat. Every problem is a finding, and the caller reports all findings together.
"""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import Mapping
from analysis.edc.sources.stray_characters import (
    hide_bare_returns,
    require_no_zero_block,
    show_bare_returns,
)
from analysis.errors import DataError
from analysis.io.csv_rows import any_length

XPT_RECORD = 80
"""Bytes of one record of a SAS transport file; a file that is no multiple of it was cut off."""
XPT_MEMBER = b"HEADER RECORD*******MEM"
XPT_ROWS = b"HEADER RECORD*******OBS"
"""How the records begin that stand before a table and before its rows."""


@dataclass(frozen=True)
class LabelledTable:
    """One file as text, with the words that SAS and SPSS files keep beside it.

    ``labels`` holds the label of a column, ``value_labels`` by column the label of a value; both
    hold only what the file gives. ``notes`` are the label of the file and the notes inside it.
    """

    texts: pd.DataFrame
    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_text_table(path: Path, mapping: Mapping) -> pd.DataFrame:
    """Return one file as a frame of stripped text, "" for missing, columns as in the file.

    Raises DataError if the file cannot be read, is cut off, or does not decode.
    """
    return read_labelled_table(path, mapping).texts


def read_labelled_table(path: Path, mapping: Mapping) -> LabelledTable:
    """Return one file as text with its labels; raises DataError as ``read_text_table`` does."""
    table = _read_csv(path, mapping) if path.suffix.lower() == ".csv" else _read_stat(path, mapping)
    folded = [str(column).strip().upper() for column in table.texts.columns]
    twice = sorted({column for column in folded if folded.count(column) > 1})
    if twice:
        raise DataError(f"{path.name}: column {', '.join(twice)} stands twice in the header")
    return table


def _read_csv(path: Path, mapping: Mapping) -> LabelledTable:
    text = _decode(path, mapping.encoding).removeprefix("\ufeff")
    require_no_zero_block(path.name, text)
    if not text.strip():
        raise DataError(f"{path.name}: the file is empty, it lacks even a header row")
    if not text.endswith(("\n", "\r")) and mapping.unterminated_last_line == "refuse":
        raise DataError(
            f"{path.name}: the last line has no line end, so the file was probably cut off. Export "
            "it again; if the exporter never ends the last line, set unterminated_last_line: accept"
        )
    reader = csv.reader(io.StringIO(hide_bare_returns(text), newline=""), strict=True)
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
    return LabelledTable(_frame(header[1], columns))


def _decode(path: Path, encoding: str) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{path.name}: line {line}: byte 0x{raw[error.start]:02X} is not {encoding} text. "
            f"Export it as {encoding}, or name its encoding in config/edc.yaml (key encoding)"
        ) from None


def _read_stat(path: Path, mapping: Mapping) -> LabelledTable:
    import pyreadstat  # here, because only such exports need it

    suffix = path.suffix.lower()
    if suffix == ".xpt" and path.read_bytes().count(XPT_MEMBER) > 1:
        raise DataError(f"{path.name}: the file holds several tables. Export one table per file")
    try:
        if suffix == ".sav":
            frame, meta = pyreadstat.read_sav(path)
        elif suffix == ".xpt":
            frame, meta = pyreadstat.read_xport(path, encoding=mapping.encoding)
            _require_whole_xpt(path, sum(meta.variable_storage_width.values()))
        else:
            frame, meta = _read_sas7bdat(path, mapping.encoding)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as e:
        raise DataError(f"{path.name}: cannot be read: {e}") from None
    columns = ([_text_of(value) for value in frame[name]] for name in frame.columns)
    texts = _frame([str(name) for name in frame.columns], columns)
    return LabelledTable(
        texts,
        {name.strip(): label for name, label in meta.column_names_to_labels.items() if label},
        {
            name.strip(): {_text_of(value).strip(): str(label) for value, label in labels.items()}
            for name, labels in meta.variable_value_labels.items()
        },
        tuple(str(note) for note in (meta.file_label, *(meta.notes or ())) if note),
    )


def _require_whole_xpt(path: Path, row_bytes: int) -> None:
    """Refuse a SAS transport file that was cut off: the format does not say how many rows it has.

    Behind the last whole row only blanks may stand, up to the end of its record.
    """
    raw = path.read_bytes()
    rows = raw[raw.index(XPT_ROWS) + XPT_RECORD :]
    behind = rows[len(rows) - len(rows) % row_bytes :] if row_bytes else b""
    if len(raw) % XPT_RECORD or behind.strip(b" "):
        raise DataError(f"{path.name}: the file was cut off. Export it again")


def _read_sas7bdat(path: Path, encoding: str) -> tuple[pd.DataFrame, Any]:
    """A SAS data set. One that says EUC-CN is really GBK, which gb18030 decodes."""
    import pyreadstat

    _, meta = pyreadstat.read_sas7bdat(path, metadataonly=True)
    declared = (meta.file_encoding or "").upper()
    override = "gb18030" if declared in {"EUC-CN", "GB2312"} else None
    if not declared:
        override = encoding
    frame, meta = pyreadstat.read_sas7bdat(path, encoding=override)
    return frame, meta


def _text_of(value: Any) -> str:
    """A cell of a SAS or SPSS file as the text that a CSV export would hold."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _frame(header: list[str], columns: Iterable[Iterable[str]]) -> pd.DataFrame:
    stripped = [[cell.strip() for cell in column] for column in columns]
    frame = pd.DataFrame({i: pd.Series(c, dtype=str) for i, c in enumerate(stripped)})
    frame.columns = pd.Index([name.strip() for name in header])
    return frame
