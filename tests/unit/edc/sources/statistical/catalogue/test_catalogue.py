"""Catalogues of SAS formats; the files beside this one were written by ``make_catalogue.py``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.statistical.sas_spss import read_sas_spss
from analysis.errors import DataError

HERE = Path(__file__).parent
SEX = SourceFile.at(HERE / "sex.sas7bdat")
CATALOGUE = SourceFile.at(HERE / "formats.sas7bcat")
LABELS = {"SEX": {"1": "男", "2": "女", ".A": "囧"}, "SRC": {"C": "中心", "A": "现场"}}


@pytest.mark.parametrize("name", ["formats.sas7bcat", "formats_gbk.sas7bcat"])
def test_labels_of_numbers_letters_and_texts(name: str) -> None:
    table = read_sas_spss(SEX, ReadOptions(), SourceFile.at(HERE / name))
    assert table.value_labels == LABELS
    assert list(table.texts["SEX"]) == ["1", "2", ".A", "._", ""]


def test_a_table_without_its_catalogue_has_no_labels() -> None:
    table = read_sas_spss(SEX, ReadOptions())
    assert table.value_labels == {}


def test_a_transport_file_has_its_labels_too_by_the_name_of_a_format(tmp_path: Path) -> None:
    frame = pd.DataFrame({"SEX": [1.0, 2.0], "MRS": [3.0, 4.0], "SRC": ["C", "A"]})
    formats = {"SEX": "SEXF12", "MRS": "F8", "SRC": "$SRC8"}
    pyreadstat.write_xport(frame, tmp_path / "dm.xpt", variable_format=formats)
    table = read_sas_spss(SourceFile.at(tmp_path / "dm.xpt"), ReadOptions(), CATALOGUE)
    assert table.value_labels == LABELS


@pytest.mark.parametrize("length", [0, 100, 5000])
def test_a_catalogue_that_cannot_be_read_says_that_the_table_can(length: int) -> None:
    cut = SourceFile("formats.sas7bcat", content=CATALOGUE.read_bytes()[:length])
    with pytest.raises(DataError) as caught:
        read_sas_spss(SEX, ReadOptions(), cut)
    assert str(caught.value).startswith("formats.sas7bcat: cannot be read")
    assert "out of the folder: sex.sas7bdat can be read without it" in str(caught.value)


def test_a_catalogue_says_nothing_of_a_file_of_spss(tmp_path: Path) -> None:
    pyreadstat.write_sav(pd.DataFrame({"MRS": [3]}), tmp_path / "mrs.sav")
    with pytest.raises(DataError, match=r"^formats.sas7bcat: .* nothing of mrs.sav"):
        read_sas_spss(SourceFile.at(tmp_path / "mrs.sav"), ReadOptions(), CATALOGUE)
