"""The kinds of files that can be read, by the ending of their names."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.edc.sources.delimited.csv_files import read_delimited
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.options import ReadOptions
from analysis.edc.sources.source_file import SourceFile
from analysis.edc.sources.statistical.sas_spss import read_sas_spss


@dataclass(frozen=True)
class Kind:
    """How a file is read.

    ``part``: what its tables are called, where one file may hold several; ``list_parts`` names
    them then, and ``read`` takes the name of one (empty for a file that is one table).
    """

    read: Callable[[SourceFile, str, ReadOptions], LabelledTable]
    part: str = ""
    list_parts: Callable[[SourceFile], tuple[str, ...]] | None = None


def _whole(read: Callable[[SourceFile, ReadOptions], LabelledTable]) -> Kind:
    return Kind(lambda file, _, options: read(file, options))


KINDS: dict[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), _whole(read_delimited)),
    **dict.fromkeys((".xpt", ".sas7bdat", ".sav"), _whole(read_sas_spss)),
}
