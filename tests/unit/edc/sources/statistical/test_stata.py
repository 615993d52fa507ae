"""Stata files: numbers, dates by format, letters of missing values, labels, files cut short."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis.edc.layout import Column
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import Kind, LabelledTable
from analysis.edc.sources.statistical.stata import read_stata
from analysis.edc.sources.statistical.stata_dates import find_stata_kind, write_stata_date
from analysis.edc.sources.statistical.unformatted_dates import fit_dates, is_unformatted
from analysis.errors import DataError

MOMENT = 2_091_498_727_250.0
"""2026-04-11T03:52:07.25 in milliseconds from 1960-01-01."""
DAY = 24_207.0
MONTH = 12 * 66 + 3.0
RELEASES = [8, 10, 12, 13, 14, 15]


def read(path: Path, encoding: str = "utf-8") -> LabelledTable:
    return read_stata(SourceFile.at(path), ReadOptions(encoding=encoding))


@pytest.mark.parametrize(
    ("display", "value", "text"),
    [
        ("%td", DAY, "2026-04-11"), ("%d", DAY, "2026-04-11"), ("%-td", DAY, "2026-04-11"),
        ("%tdCCYY-NN-DD", DAY, "2026-04-11"), ("%tdD_m_Y", DAY + 0.9, "2026-04-11"),
        ("%tc", MOMENT, "2026-04-11T03:52:07"), ("%tc", MOMENT - 7250, "2026-04-11T03:52"),
        ("%tcDDmonCCYY_HH:MM", MOMENT, "2026-04-11T03:52:07"),
        ("%tcHH:MM:SS", 36_300_000.0, "10:05:00"), ("%tchh:MM_am", 36_300_000.0, "10:05:00"),
        ("%tcDDmonCCYY", MOMENT - 13_927_250, "2026-04-11"),
        # 27 leap seconds lie before 2026, the last behind 2016: 23:59:59, :60 and midnight
        ("%tC", MOMENT + 27_000, "2026-04-11T03:52:07"),
        ("%tC", 1_798_848_000_000.0 + 25_000, "2016-12-31T23:59:59"),
        ("%tC", 1_798_848_000_000.0 + 26_000, "2016-12-31T23:59:59"),
        ("%tC", 1_798_848_000_000.0 + 27_000, "2017-01-01T00:00"),
        ("%tm", MONTH, "2026-04"), ("%tmCCYY-NN", -1.0, "1959-12"),
        ("%tw", 66 * 52 + 14.0, "2026w15"),
        ("%tq", 66 * 4 + 1.0, "2026q2"), ("%th", 66 * 2.0, "2026h1"), ("%ty", 2026.0, "2026"),
        ("%tbnyse", 16_600.0, "16600"),
        # none of the calendar
        ("%td", 1e20, "1e+20"), ("%td", 1e7, "29339-01-26"), ("%tm", 1e9, "1000000000"),
        ("%tm", 3.5, "3.5"),
    ],
)  # fmt: skip
def test_a_number_with_a_format_of_dates(display: str, value: float, text: str) -> None:
    assert write_stata_date(value, display) == text


@pytest.mark.parametrize(
    ("display", "kind"),
    [
        ("%td", Kind.DATE), ("%dD_m_Y", Kind.DATE), ("%tc", Kind.DATETIME),
        ("%-tcDDmonCCYY_HH:MM:SS", Kind.DATETIME), ("%tcMonth_DD,_CCYY", Kind.SHOWN_AS_DATE),
        ("%tCHh:MM:SS.ss", Kind.TIME), ("%tm", None), ("%9.0g", None), ("%-20s", None),
        ("%9d", None), ("%tg", None),
    ],
)  # fmt: skip
def test_kinds(display: str, kind: Kind | None) -> None:
    assert find_stata_kind(display) == kind


@pytest.fixture
def by_pandas(tmp_path: Path) -> Path:
    """A file that pandas writes: columns of 4 bytes, long texts, labels."""
    frame = pd.DataFrame(
        {
            "SUBJID": ["01-001", "01-002", "肺"],
            "GLUC": np.array([2.8, np.nan, 70.1], dtype="float32"),
            "MRS": np.array([3, 0, 6], dtype="int8"),
            "NOTE": ["x" * 3000, "", "y"],
            "RANDDTC": pd.to_datetime(["2026-04-11 03:52:00", None, "2026-04-12 00:00:00"]),
            "WEIGHT": [81.5, 1e-7, 80.0],
            "SEX": pd.Categorical(["male", None, "female"], categories=["male", "female"]),
        }
    )
    frame.to_stata(
        tmp_path / "bl.dta", write_index=False, version=118, convert_strl=["NOTE"],
        convert_dates={"RANDDTC": "tc"}, variable_labels={"GLUC": "Glucose (mmol/L)"},
        data_label="Baseline",
    )  # fmt: skip
    return tmp_path / "bl.dta"


def test_a_file_that_pandas_wrote(by_pandas: Path) -> None:
    table = read(by_pandas)
    assert table.texts.to_numpy().tolist() == [
        ["01-001", "2.8", "3", "x" * 3000, "2026-04-11T03:52", "81.5", "0"],
        ["01-002", "", "0", "", "", "1e-07", ""],
        ["肺", "70.1", "6", "y", "2026-04-12T00:00", "80", "1"],
    ]
    assert table.labels == {"GLUC": "Glucose (mmol/L)"}
    assert table.value_labels == {"SEX": {"0": "male", "1": "female"}}
    assert table.kinds == {"RANDDTC": Kind.DATETIME}
    assert table.numbers == {"GLUC", "MRS", "WEIGHT", "SEX"}
    assert table.notes == ("Baseline",)
    assert table.missing_codes == {}


@pytest.mark.parametrize("release", RELEASES)
def test_letters_of_missing_values_are_codes_and_an_empty_cell_below_them_is_empty(
    release: int, tmp_path: Path
) -> None:
    frame = pd.DataFrame(
        {"MRS": [1, "a", 3, None, "z"], "MRSDTC": [DAY, "b", None, 1.5, DAY]}, dtype=object
    )
    pyreadstat.write_dta(
        frame, tmp_path / "mrs.dta", version=release,
        missing_user_values={"MRS": ["a", "z"], "MRSDTC": ["b"]},
        variable_value_labels={"MRS": {1: "slight", "a": "not done"}},
        variable_format={"MRSDTC": "%td"},
    )  # fmt: skip
    table = read(tmp_path / "mrs.dta")
    assert list(table.texts["MRS"]) == ["1", ".a", "3", "", ".z"]
    assert list(table.texts["MRSDTC"]) == ["2026-04-11", ".b", "", "1960-01-02", "2026-04-11"]
    assert table.missing_codes == {"MRS": {".a", ".z"}, "MRSDTC": {".b"}}
    assert table.value_labels == {"MRS": {"1": "slight", ".a": "not done"}}


def test_numbers_without_a_format_in_a_column_of_dates(tmp_path: Path) -> None:
    frame = pd.DataFrame({"A": [DAY], "B": [MOMENT - 7250], "C": [MOMENT / 1000]})
    pyreadstat.write_dta(frame, tmp_path / "f.dta")
    table, column = read(tmp_path / "f.dta"), Column.model_construct(type="datetime", forms=None)
    texts = [fit_dates(table, name, column)[0] for name in "ABC"]
    # Stata counts no seconds: the third stays what it is
    assert texts == ["2026-04-11", "2026-04-11T03:52", "2091498727.25"]
    assert [is_unformatted(table, name, column) for name in "ABC"] == [True, True, False]


def test_days_of_a_business_calendar_are_told_and_are_no_dates(tmp_path: Path) -> None:
    frame = pd.DataFrame({"VISDTC": [DAY]})
    pyreadstat.write_dta(frame, tmp_path / "f.dta", variable_format={"VISDTC": "%tbnyse"})
    table, column = read(tmp_path / "f.dta"), Column.model_construct(type="date", forms=None)
    assert list(fit_dates(table, "VISDTC", column)) == ["24207"]
    assert "column VISDTC counts days of a business calendar (%tbnyse)" in table.notes[0]


def test_texts_of_an_old_release_need_their_encoding(tmp_path: Path) -> None:
    path = tmp_path / "ae.dta"
    pyreadstat.write_dta(pd.DataFrame({"AETERM": ["pneu"]}), path, version=12)
    path.write_bytes(path.read_bytes().replace(b"pneu", "肺炎".encode("gb18030")))
    assert list(read(path, "gb18030").texts["AETERM"]) == ["肺炎"]
    with pytest.raises(DataError, match=r"^ae.dta: cannot be read: .*Set key encoding"):
        read(path)


@pytest.mark.parametrize("release", RELEASES)
def test_a_file_cut_anywhere_is_refused_or_its_labels_are_missed(
    release: int, tmp_path: Path
) -> None:
    path = tmp_path / "mrs.dta"
    frame = pd.DataFrame({"SUBJID": ["01-001", "01-002"], "MRS": [3, 4]})
    labels = {"MRS": {3: "moderate", 4: "severe"}}
    pyreadstat.write_dta(frame, path, version=release, variable_value_labels=labels)
    assert read(path).value_labels == {"MRS": {"3": "moderate", "4": "severe"}}
    content = path.read_bytes()
    read_at, said = [], set()
    for length in range(len(content)):
        try:
            table = read_stata(SourceFile("mrs.dta", content=content[:length]), ReadOptions())
        except DataError as error:
            said.add(str(error)[:24])
        else:
            assert "column MRS has the value labels" in table.notes[0]
            read_at.append(length)
    assert said == {"mrs.dta: cannot be read:"}
    assert len(read_at) == (release <= 12)  # an old file may end behind its rows


def test_a_file_damaged_in_the_middle_is_no_traceback(by_pandas: Path) -> None:
    content, refused = by_pandas.read_bytes(), 0
    for place in range(0, len(content), 41):
        changed = content[:place] + b"\xff" * 4 + content[place + 4 :]
        try:
            read_stata(SourceFile("bl.dta", content=changed), ReadOptions())
        except DataError:
            refused += 1
    assert refused > 20


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"SUBJID,MRS\nS1,3\n", "it is no file of Stata"), (b"", "the file is empty"),
        (struct.pack("<BBBBHI", 108, 2, 1, 0, 1, 1) + bytes(200), "release 108, and 113"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(DataError, match=rf"^mrs.dta: cannot be read: .*{said}"):
        read_stata(SourceFile("mrs.dta", content=content), ReadOptions())


def test_leap_seconds_agree_with_a_calendar() -> None:
    """Noon of each first of July since 1972, counted with the leap seconds before it by hand."""
    before = {1972: 1, 1980: 9, 1990: 15, 2000: 22, 2010: 24, 2020: 27}
    for year, leaps in before.items():
        noon = dt.datetime(year, 7, 1, 12)
        counted = ((noon - dt.datetime(1960, 1, 1)).total_seconds() + leaps) * 1000
        assert write_stata_date(counted, "%tC") == noon.strftime("%Y-%m-%dT%H:%M")
