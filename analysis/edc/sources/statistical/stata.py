"""A Stata file (``.dta``) as text: raw numbers, each turned into the text that a CSV would hold."""

import math
from dataclasses import replace

import numpy as np

from analysis.edc.sources.delimited.encodings import CODEC_OF
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import Kind, LabelledTable
from analysis.edc.sources.statistical.date_formats import SAS_ORIGIN
from analysis.edc.sources.statistical.raw_table import RawTable, read_raw
from analysis.edc.sources.statistical.sas_spss import HINT
from analysis.edc.sources.statistical.stata_dates import (
    TICKS,
    find_stata_kind,
    find_unit,
    write_stata_date,
)
from analysis.edc.sources.statistical.stata_releases import UNICODE, require_whole_dta
from analysis.edc.sources.statistical.texts import write_plain, write_table


def read_stata(file: SourceFile, options: ReadOptions) -> LabelledTable:
    """Return one file as text.

    Raises DataError if it cannot be read, was cut off, or is older than Stata 8.
    """
    import pyreadstat  # here, because only such exports need it

    release = require_whole_dta(file)
    encoding = None if release >= UNICODE else CODEC_OF[options.encoding]
    raw = read_raw(file, pyreadstat.read_dta, HINT, user_missing=True, encoding=encoding)
    displays = {
        name: display
        for name, display in raw.meta.original_variable_types.items()
        if display and find_unit(display) and not raw.is_text(name)
    }

    def write(name: str, value: float) -> str:
        if name in displays and math.isfinite(value):
            return write_stata_date(value, displays[name])
        if raw.meta.readstat_variable_types[name] == "float":
            value = float(str(np.float32(value)))
        return write_plain(value)

    table = write_table(raw, write)
    return replace(
        table,
        origin=SAS_ORIGIN,
        ticks=TICKS,
        kinds=_find_kinds(displays),
        numbers=frozenset(
            name.strip() for name in raw.columns if name not in displays and not raw.is_text(name)
        ),
        notes=(*table.notes, *_note_business_days(raw, displays), *_note_lost_labels(raw)),
    )


def _find_kinds(displays: dict[str, str]) -> dict[str, Kind]:
    found = {name.strip(): find_stata_kind(display) for name, display in displays.items()}
    return {name: kind for name, kind in found.items() if kind is not None}


def _note_business_days(raw: RawTable, displays: dict[str, str]) -> list[str]:
    """Business calendars are files of their own."""
    return [
        f"column {name.strip()} counts days of a business calendar ({displays[name]}), which the "
        "file does not hold: its numbers are no dates"
        for name in raw.columns
        if find_unit(displays.get(name, "")) == "b"
    ]


def _note_lost_labels(raw: RawTable) -> list[str]:
    """Stata lets labels be deleted; an old file cut off before them looks the same."""
    return [
        f"column {name.strip()} has the value labels {labels}, which the file does not hold"
        for name, labels in raw.meta.variable_to_label.items()
        if labels not in raw.meta.value_labels
    ]
