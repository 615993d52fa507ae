"""A SAS or SPSS file as text: raw numbers, each turned into the text that a CSV would hold."""

import math
from dataclasses import replace

from analysis.edc.sources.delimited.encodings import CODEC_OF, KEY
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import Kind, LabelledTable
from analysis.edc.sources.statistical.catalogue import find_encoding, read_value_labels
from analysis.edc.sources.statistical.date_formats import (
    SAS_ORIGIN,
    SPSS_ORIGIN,
    find_sas_kind,
    find_spss_kind,
    write_date,
)
from analysis.edc.sources.statistical.raw_table import RawTable, read_raw
from analysis.edc.sources.statistical.short_numbers import restore_decimal
from analysis.edc.sources.statistical.texts import write_plain, write_table
from analysis.edc.sources.statistical.transport import read_transport
from analysis.errors import DataError

HINT = f"Set {KEY} to the encoding that it was written in"


def read_sas_spss(
    file: SourceFile,
    options: ReadOptions,
    catalogue: SourceFile | None = None,
    member: str | None = None,
) -> LabelledTable:
    """Return one table as text.

    ``catalogue``: the file of formats (``.sas7bcat``) whose value labels a SAS file is to have.
    ``member``: the name of the table, where a transport file holds several. Raises DataError if a
    file cannot be read, was cut off, or holds several tables and none is named.
    """
    raw = _read(file, options, member)
    if catalogue:
        if file.suffix == ".sav":
            raise DataError(
                f"{catalogue.name}: a catalogue of SAS says nothing of {file.name}, which is of "
                "SPSS. Take the catalogue out of the folder"
            )
        raw.meta.variable_value_labels = read_value_labels(catalogue, file, raw, options)
    kinds = _find_kinds(file, raw)
    origin = SPSS_ORIGIN if file.suffix == ".sav" else SAS_ORIGIN

    def write(name: str, value: float) -> str:
        if name in kinds and math.isfinite(value):
            return write_date(value, kinds[name], origin)
        length = int(raw.meta.variable_storage_width.get(name) or 8)
        return write_plain(restore_decimal(value, length, is_transport=file.suffix == ".xpt"))

    return replace(
        write_table(raw, write),
        origin=origin,
        kinds={name.strip(): kind for name, kind in kinds.items()},
        numbers=frozenset(
            name.strip() for name in raw.columns if name not in kinds and not raw.is_text(name)
        ),
    )


def _find_kinds(file: SourceFile, raw: RawTable) -> dict[str, Kind]:
    find = find_spss_kind if file.suffix == ".sav" else find_sas_kind
    displays = raw.meta.original_variable_types.items()
    found = {name: find(display or "") for name, display in displays if not raw.is_text(name)}
    return {name: kind for name, kind in found.items() if kind is not None}


def _read(file: SourceFile, options: ReadOptions, member: str | None) -> RawTable:
    """Numbers stay numbers: the library's own conversion gives up a table for one date."""
    import pyreadstat  # here, because only such exports need it

    encoding = CODEC_OF[options.encoding]
    if file.suffix == ".xpt":
        return read_transport(file, member, encoding, HINT)
    if member is not None:
        raise DataError(f"{file.name}: holds one table. Name none of its tables ({member})")
    if file.suffix == ".sav":
        return read_raw(file, pyreadstat.read_sav, user_missing=True)
    found = find_encoding(file, pyreadstat.read_sas7bdat, encoding)
    return read_raw(file, pyreadstat.read_sas7bdat, HINT, user_missing=True, encoding=found)
