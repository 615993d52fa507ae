"""The kinds of files that the check reads, by their ending, and the parts of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from analysis.qc.from_export.reading.sources.dataset_json import read_dataset_json
from analysis.qc.from_export.reading.sources.delimited import read_delimited
from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.labelled import LabelledColumns
from analysis.qc.from_export.reading.sources.odm.snapshot import read_snapshot
from analysis.qc.from_export.reading.sources.parquet import read_parquet
from analysis.qc.from_export.reading.sources.statistical.sas_and_spss import (
    list_members,
    read_sas_or_spss,
)
from analysis.qc.from_export.reading.sources.statistical.stata import read_stata
from analysis.qc.from_export.reading.sources.workbooks.binary import (
    read_binary,
    read_binary_sheet,
)
from analysis.qc.from_export.reading.sources.workbooks.opendocument import read_document
from analysis.qc.from_export.reading.sources.workbooks.package import Package
from analysis.qc.from_export.reading.sources.workbooks.sheet import Grid, read_sheet
from analysis.qc.from_export.reading.sources.workbooks.table import find_table
from analysis.qc.from_export.reading.sources.written import USUAL, Written

Read = Callable[[Written], LabelledColumns]
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
FOREIGN = (".xlsb",)
"""Files that the check does not read; nor does it know the names of their sheets."""


def list_parts(content: Content) -> dict[str, Read]:
    """Return by part what reads it: one without a name where a file is one table, none where the
    file is of no kind that is read.

    Raises ValueError, LookupError, OverflowError or OSError if the parts cannot be told.
    """
    suffix = content.suffix
    if suffix in WORKBOOKS:
        return {name: partial(_read_sheet, fill) for name, fill in _list_sheets(content).items()}
    if suffix == ".xml":
        groups = read_snapshot(content)
        return {oid: partial(_take, columns) for oid, columns in groups.items()}
    if suffix == ".xpt":
        members = list_members(content)
        names = members if len(members) > 1 else ("",)
        return {name: partial(_read_statistical, content, name) for name in names}
    return {"": partial(WHOLE[suffix], content)} if suffix in WHOLE else {}


def _list_sheets(content: Content) -> dict[str, Callable[[str], Grid]]:
    """By sheet what gives its cells, numbers with a decimal mark."""
    if content.suffix == ".xls":
        book = read_binary(content)
        return {name: partial(read_binary_sheet, book, name) for name in book.sheets}
    if content.suffix == ".ods":
        document = cache(partial(read_document, content))
        return {name: partial(_take_sheet, document, name) for name in document(".")}
    package = Package(content)
    return {name: partial(read_sheet, package, name) for name in package.sheets}


def _take_sheet(document: Callable[[str], dict[str, Grid]], name: str, decimal: str) -> Grid:
    return document(decimal)[name]


def _read_sheet(fill: Callable[[str], Grid], written: Written) -> LabelledColumns:
    return LabelledColumns(find_table(fill(written.decimal), written))


def _take(columns: LabelledColumns, _: Written) -> LabelledColumns:
    return columns


def _read_statistical(content: Content, member: str, written: Written) -> LabelledColumns:
    return read_sas_or_spss(content, written.encoding, member)


def _read_text(content: Content, written: Written) -> LabelledColumns:
    return LabelledColumns(read_delimited(content, written))


WHOLE: dict[str, Callable[[Content, Written], LabelledColumns]] = {
    **dict.fromkeys(USUAL, _read_text),
    **dict.fromkeys(
        (".sas7bdat", ".sav"), lambda content, written: _read_statistical(content, "", written)
    ),
    **dict.fromkeys((".json", ".ndjson"), lambda content, _: read_dataset_json(content)),
    ".dta": lambda content, written: read_stata(content, written.encoding),
    ".parquet": lambda content, _: read_parquet(content),
}
"""Files that are one table, by their ending."""
