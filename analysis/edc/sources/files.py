"""One file of an export, read whole as text, nothing guessed.

Every problem is a finding, and the caller reports all findings together.
"""

from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.edc.sources.delimited.csv_files import read_delimited
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.options import ReadOptions
from analysis.edc.sources.source_file import SourceFile
from analysis.edc.sources.statistical.sas_spss import read_sas_spss
from analysis.errors import DataError


def read_text_table(path: Path, mapping: Mapping) -> pd.DataFrame:
    """Return one file as a frame of stripped text, "" for missing, columns as in the file.

    Raises DataError if the file cannot be read, is cut off, or does not decode.
    """
    return read_labelled_table(path, mapping).texts


def read_labelled_table(path: Path, mapping: Mapping) -> LabelledTable:
    """Return one file as text with its labels; raises DataError as ``read_text_table`` does."""
    file, options = SourceFile.at(path), find_options(mapping)
    is_csv = file.suffix == ".csv"
    table = read_delimited(file, options) if is_csv else read_sas_spss(file, options)
    folded = [str(column).strip().upper() for column in table.texts.columns]
    twice = sorted({column for column in folded if folded.count(column) > 1})
    if twice:
        raise DataError(f"{path.name}: column {', '.join(twice)} stands twice in the header")
    return table


def find_options(mapping: Mapping) -> ReadOptions:
    """Return what the mapping says of how its files are written."""
    return ReadOptions(
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        decimal=mapping.decimal,
        unterminated_last_line=mapping.unterminated_last_line,
    )
