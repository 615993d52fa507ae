"""Dates of SAS and SPSS files, one by one: a date that cannot be converted loses nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.config import Mapping
from analysis.edc.layout import Layout
from analysis.edc.reading.table import read_texts_of
from analysis.edc.sources.labelled_table import Kind
from analysis.edc.sources.statistical.date_formats import find_sas_kind, find_spss_kind
from tests.unit.edc.sources.read_file import find_source, read_text_table

MOMENT = 2091498720.0
"""2026-04-11T03:52 in seconds from 1960-01-01."""
DAY = 24207.0
"""2026-04-11 in days from it."""
SPSS_MOMENT = (dt.datetime(2026, 4, 11, 3, 52) - dt.datetime(1582, 10, 14)).total_seconds()

ReadOne = Callable[..., str]


@pytest.fixture
def read_sas(tmp_path: Path, make_mapping: Callable[..., Mapping]) -> ReadOne:
    """The text of a number with a format in a transport file."""

    def read(value: float, display: str | None) -> str:
        path = tmp_path / "f.xpt"
        formats = {"X": display} if display else None
        frame = pd.DataFrame({"SUBJID": ["S1"], "X": [value]})
        pyreadstat.write_xport(frame, path, variable_format=formats, file_format_version=8)
        return str(read_text_table(path, make_mapping())["X"].item())

    return read


@pytest.mark.parametrize(
    ("value", "display", "text"),
    [
        (DAY, "DATE9", "2026-04-11"), (DAY, "E8601DA10", "2026-04-11"),
        (DAY, "YYMMDDN8", "2026-04-11"), (DAY, "DDMMYYP10", "2026-04-11"),
        (DAY, "MMDDYY10", "2026-04-11"), (DAY, "MONYY7", "2026-04-11"),
        (DAY, "NLDATE20", "2026-04-11"), (DAY + 0.9, "DATE9", "2026-04-11"),
        (MOMENT, "DATETIME20", "2026-04-11T03:52"),
        (MOMENT + 7, "E8601DT19", "2026-04-11T03:52:07"),
        (MOMENT - 1e-7, "DATETIME20", "2026-04-11T03:52"),
        (MOMENT, "E8601DZ20", "2026-04-11T03:52"),
        (MOMENT, "NLDATM20", "2026-04-11T03:52"), (MOMENT, "DATEAMPM22", "2026-04-11T03:52"),
        (MOMENT, "E8601DN10", "2026-04-11T03:52"), (MOMENT - 13920, "DTDATE9", "2026-04-11"),
        (36300.0, "TIME8", "10:05:00"), (36300.0, "E8601TM8", "10:05:00"),
        (90000.0, "TIME8", "90000"), (-36524.0, "DATE9", "1860-01-01"),
        # no day of the calendar of four digits
        (1e7, "DATE9", "29339-01-26"), (1e20, "DATE9", "1e+20"),
        (-1e6, "DATE9", "-778-02-03"),
        # formats that are none of dates
        (DAY, "BEST12", "24207"), (DAY, None, "24207"), (2.5, "F8", "2.5"),
    ],
)  # fmt: skip
def test_a_number_with_a_format_of_sas(
    read_sas: ReadOne, value: float, display: str | None, text: str
) -> None:
    assert read_sas(value, display) == text


@pytest.mark.parametrize("display", ["DATE11", "ADATE10", "EDATE10", "SDATE10"])
def test_one_wrong_date_of_spss_is_one_wrong_cell(
    display: str, tmp_path: Path, make_mapping: Callable[..., Mapping]
) -> None:
    path = tmp_path / "year.sav"
    wrong = SPSS_MOMENT + 18229 * 365.2425 * 86400
    frame = pd.DataFrame({"SUBJID": ["S1", "S2"], "MRSDTC": [SPSS_MOMENT, wrong]})
    pyreadstat.write_sav(frame, path, variable_format={"MRSDTC": display})
    right, far = read_text_table(path, make_mapping())["MRSDTC"]
    assert right == "2026-04-11"
    assert far.startswith("20255-")


@pytest.mark.parametrize(
    ("find", "display", "kind"),
    [
        (find_spss_kind, "YMDHMS16", Kind.DATETIME), (find_spss_kind, "DATETIME20", Kind.DATETIME),
        (find_spss_kind, "TIME8", Kind.TIME), (find_spss_kind, "DTIME10", None),
        (find_spss_kind, "WKDAY9", None), (find_spss_kind, "F8.2", None),
        (find_sas_kind, "date9.", Kind.DATE), (find_sas_kind, "E8601DT19.3", Kind.DATETIME),
        (find_sas_kind, "$CHAR8", None), (find_sas_kind, "MYDATE", None), (find_sas_kind, "", None),
    ],
)  # fmt: skip
def test_formats(find: Callable[[str], Kind | None], display: str, kind: Kind | None) -> None:
    assert find(display) == kind


# --- what the layout knows: numbers without a format, midnights ----------------------------------


@pytest.fixture
def read_column(
    tmp_path: Path, layout: Layout, make_mapping: Callable[..., Mapping]
) -> Callable[..., tuple[list[str], list[str]]]:
    """Texts of one column of a table as the layout reads them, and the rules of its queries."""

    def read(table: str, column: str, values: list[float], display: str = "", ending: str = "xpt"):
        rows = {name: ["1"] * len(values) for name in layout.tables[table].columns}
        frame = pd.DataFrame({**rows, column: values})
        formats = {column: display} if display else None
        path = tmp_path / f"{table}.{ending}"
        if ending == "xpt":
            pyreadstat.write_xport(frame, path, variable_format=formats, file_format_version=8)
        else:
            pyreadstat.write_sav(frame, path, variable_format=formats)
        reading = read_texts_of(
            find_source(path, make_mapping()), make_mapping(), table, layout.tables[table]
        )
        assert reading.fatal == []
        return list(reading.texts[table][column]), [q.rule.value for q in reading.queries]

    return read


@pytest.mark.parametrize(
    ("table", "column", "value", "ending", "text"),
    [
        ("mrs", "MRSDTC", DAY, "xpt", "2026-04-11"),
        ("rand", "RANDDTC", MOMENT, "xpt", "2026-04-11T03:52"),
        ("rand", "RANDDTC", SPSS_MOMENT, "sav", "2026-04-11T03:52"),
        ("mrs", "MRSDTC", SPSS_MOMENT - 13920, "sav", "2026-04-11"),
        ("ae", "AESTDTC", DAY, "xpt", "2026-04-11"),
        # counted otherwise, or a year, or digits: no date without a word
        ("mrs", "MRSDTC", 46123.0, "xpt", "46123"),
        ("ae", "AESTDTC", 2026.0, "xpt", "2026"),
        ("ae", "AESTDTC", 202604.0, "xpt", "202604"),
        ("mrs", "MRSDTC", 20260411.0, "xpt", "20260411"),
        ("mrs", "MRSDTC", DAY, "sav", "24207"),
        ("bl", "SBP", DAY, "xpt", "24207"),
    ],
)
def test_a_number_without_a_format(
    read_column: Callable[..., tuple[list[str], list[str]]],
    table: str, column: str, value: float, ending: str, text: str,
) -> None:  # fmt: skip
    texts, rules = read_column(table, column, [value], ending=ending)
    assert texts == [text]
    assert ("unformatted_date" in rules) == ("-" in text)


@pytest.mark.parametrize(
    ("value", "display", "text"),
    [
        (MOMENT, "E8601DN10", "2026-04-11"), (MOMENT, "DTDATE9", "2026-04-11"),
        (MOMENT - 13920, "DATETIME20", "2026-04-11"), (MOMENT, "DATETIME20", "2026-04-11T03:52"),
    ],
)  # fmt: skip
def test_a_datetime_in_a_column_of_dates_is_its_day_if_nothing_else_is_shown(
    read_column: Callable[..., tuple[list[str], list[str]]], value: float, display: str, text: str
) -> None:
    assert read_column("mrs", "MRSDTC", [value], display) == ([text], [])
