"""A SAS or SPSS file as text: raw numbers, each turned into the text that a CSV would hold."""

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.edc.sources.date_kinds import Kind
from analysis.edc.sources.delimited.encodings import CODEC_OF
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.options import ReadOptions
from analysis.edc.sources.source_file import SourceFile
from analysis.edc.sources.statistical.date_formats import (
    SAS_ORIGIN,
    SPSS_ORIGIN,
    find_sas_kind,
    find_spss_kind,
    write_date,
)
from analysis.edc.sources.statistical.short_numbers import restore_decimal
from analysis.errors import DataError

XPT_RECORD = 80
"""Bytes of one record of a SAS transport file; a file that is no multiple of it was cut off."""
XPT_MEMBER = b"HEADER RECORD*******MEM"
XPT_ROWS = b"HEADER RECORD*******OBS"
"""How the records begin that stand before a table and before its rows."""


def read_sas_spss(file: SourceFile, options: ReadOptions) -> LabelledTable:
    """Return one file as text; raises DataError if it cannot be read or was cut off."""
    import pyreadstat  # here, because only such exports need it

    try:
        frame, meta = _read_raw(file, options)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as e:
        raise DataError(f"{file.name}: cannot be read: {e}") from None
    names = [str(name) for name in frame.columns]
    kinds = _find_kinds(file, meta)
    columns = [_write_column(frame[name], kinds.get(name), file, meta) for name in names]
    return LabelledTable(
        frame_texts(names, columns),
        {name.strip(): label for name, label in meta.column_names_to_labels.items() if label},
        {
            name.strip(): {_write_plain(value).strip(): str(label) for value, label in all_.items()}
            for name, all_ in meta.variable_value_labels.items()
        },
        origin=_origin_of(file),
        kinds={name.strip(): kind for name, kind in kinds.items()},
        numbers=frozenset(
            name.strip() for name in names if name not in kinds and not _is_text(name, meta)
        ),
        notes=tuple(str(note) for note in (meta.file_label, *(meta.notes or ())) if note),
    )


def _origin_of(file: SourceFile) -> np.datetime64:
    return SPSS_ORIGIN if file.suffix == ".sav" else SAS_ORIGIN


def _is_text(name: str, meta: Any) -> bool:
    return bool(meta.readstat_variable_types.get(name) == "string")


def _find_kinds(file: SourceFile, meta: Any) -> dict[str, Kind]:
    find = find_spss_kind if file.suffix == ".sav" else find_sas_kind
    displays = meta.original_variable_types.items()
    found = {name: find(display or "") for name, display in displays if not _is_text(name, meta)}
    return {name: kind for name, kind in found.items() if kind is not None}


def _write_column(values: pd.Series, kind: Kind | None, file: SourceFile, meta: Any) -> list[str]:
    """The texts of one column: the same number is written once, and always the same."""
    length = int(meta.variable_storage_width.get(values.name) or 8)
    transport, origin = file.suffix == ".xpt", _origin_of(file)

    def write(value: Any) -> str:
        if kind is not None and isinstance(value, float) and math.isfinite(value):
            return write_date(value, kind, origin)
        if isinstance(value, float):
            value = restore_decimal(value, length, is_transport=transport)
        return _write_plain(value)

    texts: dict[Any, str] = {}
    return [texts[v] if v in texts else texts.setdefault(v, write(v)) for v in values.tolist()]


def _write_plain(value: Any) -> str:
    """A number or text as a CSV export would write it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read_raw(file: SourceFile, options: ReadOptions) -> tuple[pd.DataFrame, Any]:
    """Numbers stay numbers: the reader's own conversion gives up a table for one date."""
    import pyreadstat

    suffix = file.suffix
    if suffix == ".sav":
        frame, meta = pyreadstat.read_sav(file.source, disable_datetime_conversion=True)
    elif suffix == ".xpt":
        if file.read_bytes().count(XPT_MEMBER) > 1:
            raise DataError(
                f"{file.name}: the file holds several tables. Export one table per file"
            )
        frame, meta = pyreadstat.read_xport(
            file.source, encoding=CODEC_OF[options.encoding], disable_datetime_conversion=True
        )
        _require_whole_xpt(file, sum(meta.variable_storage_width.values()))
    else:
        frame, meta = _read_sas7bdat(file, CODEC_OF[options.encoding])
    return frame, meta


def _require_whole_xpt(file: SourceFile, row_bytes: int) -> None:
    """Refuse a SAS transport file that was cut off: the format does not say how many rows it has.

    Behind the last whole row only blanks may stand, up to the end of its record.
    """
    raw = file.read_bytes()
    rows = raw[raw.index(XPT_ROWS) + XPT_RECORD :]
    behind = rows[len(rows) - len(rows) % row_bytes :] if row_bytes else b""
    if len(raw) % XPT_RECORD or behind.strip(b" "):
        raise DataError(f"{file.name}: the file was cut off. Export it again")


def _read_sas7bdat(file: SourceFile, encoding: str) -> tuple[pd.DataFrame, Any]:
    """A SAS data set. One that says EUC-CN is really GBK, which gb18030 decodes."""
    import pyreadstat

    _, meta = pyreadstat.read_sas7bdat(file.source, metadataonly=True)
    declared = (meta.file_encoding or "").upper()
    override = "gb18030" if declared in {"EUC-CN", "GB2312"} else None
    if not declared:
        override = encoding
    frame, meta = pyreadstat.read_sas7bdat(
        file.source, encoding=override, disable_datetime_conversion=True
    )
    return frame, meta
