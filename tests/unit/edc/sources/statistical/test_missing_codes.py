"""Codes for missing that files of SAS and SPSS declare: kept as texts, and named as codes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.statistical.sas_spss import read_sas_spss
from analysis.edc.sources.statistical.transport import XPT_RECORD, XPT_ROWS
from tests.unit.edc.sources.statistical.transport import ibm_float, write_numbers

SPSS_DAY = (dt.date(2026, 4, 25) - dt.date(1582, 10, 14)).days * 86_400.0


def read(path: Path):
    return read_sas_spss(SourceFile.at(path), ReadOptions())


def test_values_and_ranges_of_spss(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "MRS": [3.0, -99, -5, np.nan, -1],
            "SRC": ["CENTRAL", "NA ", "LOCAL", "", "NA"],
            "LOW": [1.0, -1e9, 0, 5, 2],
            "DTC": [SPSS_DAY, -99.0, np.nan, SPSS_DAY, -98.0],
            "PLAIN": [-99.0, 1, 2, 3, 4],
        }
    )
    pyreadstat.write_sav(
        frame, tmp_path / "mrs.sav",
        missing_ranges={
            "MRS": [-99, {"lo": -10, "hi": -2}], "SRC": ["NA"],
            "LOW": [{"lo": -np.inf, "hi": -1}], "DTC": [-99],
        },
        variable_value_labels={"MRS": {-99.0: "refused", 3.0: "moderate"}},
        variable_format={"DTC": "DATE11"},
    )  # fmt: skip
    table = read(tmp_path / "mrs.sav")
    assert table.texts.to_dict("list") == {
        "MRS": ["3", "-99", "-5", "", "-1"],
        "SRC": ["CENTRAL", "NA", "LOCAL", "", "NA"],
        "LOW": ["1", "-1000000000", "0", "5", "2"],
        "DTC": ["2026-04-25", "-99", "", "2026-04-25", "1582-10-13"],
        "PLAIN": ["-99", "1", "2", "3", "4"],
    }
    assert table.missing_codes == {
        "MRS": {"-99", "-5"}, "SRC": {"NA"}, "LOW": {"-1000000000"}, "DTC": {"-99"},
    }  # fmt: skip
    assert table.value_labels == {"MRS": {"-99": "refused", "3": "moderate"}}


def test_letters_of_a_sas_data_set() -> None:
    table = read(Path(__file__).parent / "catalogue" / "sex.sas7bdat")
    assert list(table.texts["SEX"]) == ["1", "2", ".A", "._", ""]
    assert list(table.texts["SRC"]) == ["C", "A", "", "C", "C"]
    assert table.missing_codes == {"SEX": {".A", "._"}}


@pytest.mark.parametrize("length", [8, 4])
def test_letters_of_a_transport_file(length: int, tmp_path: Path) -> None:
    path = tmp_path / "bl.xpt"
    write_numbers(path, {"SBP": 8, "GLUC": length}, [[1.0, 2.8], [2.0, 1.0], [3.0, 2.0], [65.0, 0]])
    content = path.read_bytes()
    start = content.index(XPT_ROWS) + XPT_RECORD
    rows = content[start:]
    for number, letter in ((1.0, b"B"), (2.0, b".")):  # the second and third row
        old = ibm_float(number + 1, 8) + ibm_float(number, length)
        rows = rows.replace(old, ibm_float(number + 1, 8) + letter + bytes(length - 1))
    path.write_bytes(content[:start] + rows)
    table = read(path)
    assert list(table.texts["GLUC"]) == ["2.8", ".B", "", "0"]
    assert list(table.texts["SBP"]) == ["1", "2", "3", "65"]
    assert table.missing_codes == {"GLUC": {".B"}}
