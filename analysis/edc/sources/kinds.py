"""The kinds of files that can be read, by the ending of their names."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.edc.sources.cdisc.dataset_json.reader import read_dataset_json
from analysis.edc.sources.cdisc.odm.snapshots import list_item_groups, read_item_group
from analysis.edc.sources.columnar.parquet import read_parquet
from analysis.edc.sources.delimited.csv_files import read_delimited
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.statistical.catalogue import find_catalogue
from analysis.edc.sources.statistical.sas_spss import read_sas_spss
from analysis.edc.sources.statistical.stata import read_stata
from analysis.edc.sources.statistical.transport import list_members
from analysis.edc.sources.workbooks.workbook import list_sheets, read_sheet


@dataclass(frozen=True)
class Kind:
    """How a file is read.

    ``part``: what its tables are called, where one file may hold several; ``list_parts`` names
    them then, and ``read`` takes the name of one (empty for a file that is one table).
    ``is_text``: its numbers are texts, with the decimal mark of whoever wrote them.
    """

    read: Callable[[SourceFile, str, ReadOptions], LabelledTable]
    part: str = ""
    list_parts: Callable[[SourceFile], tuple[str, ...]] | None = None
    is_text: bool = False


def _whole(
    read: Callable[[SourceFile, ReadOptions], LabelledTable], *, is_text: bool = False
) -> Kind:
    return Kind(lambda file, _, options: read(file, options), is_text=is_text)


WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def _list_several(file: SourceFile) -> tuple[str, ...]:
    """The data sets of a transport file; one alone goes by the name of its file."""
    members = list_members(file)
    return members if len(members) > 1 else ("",)


KINDS: dict[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), _whole(read_delimited, is_text=True)),
    ".xpt": Kind(
        lambda file, member, options: read_sas_spss(file, options, member=member or None),
        "data set",
        _list_several,
    ),
    ".sas7bdat": _whole(lambda file, o: read_sas_spss(file, o, find_catalogue(file))),
    ".sav": _whole(read_sas_spss),
    ".dta": _whole(read_stata),
    ".parquet": _whole(read_parquet),
    **dict.fromkeys(WORKBOOKS, Kind(read_sheet, "sheet", list_sheets, is_text=True)),
    ".xml": Kind(lambda file, oid, _: read_item_group(file, oid), "item group", list_item_groups),
    **dict.fromkeys((".json", ".ndjson"), _whole(lambda file, _: read_dataset_json(file))),
}
