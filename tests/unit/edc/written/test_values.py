"""One text to one value: the form decides, nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.display.text.format import format_number
from analysis.edc.layout import Column
from analysis.edc.written.values import LARGEST_NUMBER, complete_date, parse_value

TEXT, INT, FLOAT, YN = (Column(type=t) for t in ("str", "int", "float", "yn"))
DATE, DATETIME = Column(type="date"), Column(type="datetime")
PARTIAL_DATE = Column(type="date", partial=True)
PARTIAL_DATETIME = Column(type="datetime", partial=True)


@pytest.mark.parametrize("text", ["001", "NA", "null", "3.0", "-99", "TRUE", "肺炎", "nan"])
def test_text_stays_as_it_is(text: str) -> None:
    assert parse_value(TEXT, text) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3), ("03", 3), ("+3", 3), ("-3", -3), ("3.", 3), ("3.0", 3), ("3.000", 3), ("0", 0),
        (str(LARGEST_NUMBER), LARGEST_NUMBER),
    ],
)  # fmt: skip
def test_an_integer_may_be_written_with_zero_decimals(text: str, number: int) -> None:
    value = parse_value(INT, text)
    assert value == number
    assert type(value) is int


@pytest.mark.parametrize(
    "text",
    [
        "3.5", "3,0", "3e0", "1_000", "1 000", "1,000", "３", "Ⅲ", "٣", "³", "NA", "nan", "inf",
        "--3", "0x3", "3.0.0", "", "+", ".", ">3", "unknown", str(LARGEST_NUMBER + 1), "9" * 5000,
        "0" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_integer(text: str) -> None:
    assert parse_value(INT, text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12.0), ("12.5", 12.5), ("-.5", -0.5), ("12.", 12.0), ("1e3", 1000.0), ("1E-3", 0.001)],
)
def test_numbers(text: str, number: float) -> None:
    value = parse_value(FLOAT, text)
    assert value == number
    assert type(value) is float


@pytest.mark.parametrize(
    "text",
    ["12,5", "1.000,5", "12.5.1", "１２", "12．5", "nan", "NA", "inf", "-Infinity", "1e999", "1e",
     "9" * 400, "9" * 300 + "e99", "1_0", "12 mg", "<5", ".", "e3"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert parse_value(FLOAT, text) is None


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (DATE, "2026-02-28", datetime(2026, 2, 28)),
        (DATE, "2024-02-29", datetime(2024, 2, 29)),
        (DATE, "0001-01-01", datetime(1, 1, 1)),
        (DATETIME, "2026-02-28T23:59", datetime(2026, 2, 28, 23, 59)),
        (DATETIME, "2026-02-28T23:59:59", datetime(2026, 2, 28, 23, 59, 59)),
        (DATETIME, "2026-02-28 23:59", datetime(2026, 2, 28, 23, 59)),
        (DATETIME, "2026-02-28 23:59:59.000", datetime(2026, 2, 28, 23, 59, 59)),
    ],
)
def test_complete_dates(column: Column, text: str, value: datetime) -> None:
    assert parse_value(column, text) == value


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
     "2026-1-1", "20260101", "01/02/2026", "1-Feb-2026", "2026-02", "2026", "２０２６-02-01",
     "2026-02-01T10:00", "2026-W01-1", "46054"],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert parse_value(DATE, text) is None


@pytest.mark.parametrize(
    "text",
    ["2026-02-01", "2026-02-01  10:00", "2026-02-01_10:00", "2026-02-01T25:00",
     "2026-02-01T10:60", "2026-02-30T10:00",
     "2026-02-01T10:00:60", "2026-02-01T10", "2026-02-01T10:00Z", "2026-02-01T10:00+08:00",
     "2026-02-01T10:00:00.5", "2026-02"],
)  # fmt: skip
def test_what_is_no_point_in_time(text: str) -> None:
    assert parse_value(DATETIME, text) is None


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (PARTIAL_DATE, "2026"), (PARTIAL_DATE, "2026-12"), (PARTIAL_DATE, "2026-12-31"),
        (PARTIAL_DATETIME, "2026"), (PARTIAL_DATETIME, "2026-12"),
        (PARTIAL_DATETIME, "2026-12-31"), (PARTIAL_DATETIME, "2026-12-31T08:00"),
    ],
)  # fmt: skip
def test_a_partial_date_stays_text(column: Column, text: str) -> None:
    assert parse_value(column, text) == text


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (PARTIAL_DATE, "2026-13"), (PARTIAL_DATE, "2026-00"), (PARTIAL_DATE, "0000"),
        (PARTIAL_DATE, "2026-02-30"), (PARTIAL_DATE, "2026-12-31T08:00"), (PARTIAL_DATE, "26"),
        (PARTIAL_DATE, "2026-"), (PARTIAL_DATETIME, "2026-12-31T24:61"), (PARTIAL_DATE, "UNK-12"),
    ],
)  # fmt: skip
def test_a_partial_date_must_be_possible(column: Column, text: str) -> None:
    assert parse_value(column, text) is None


def test_codes_are_not_judged_here() -> None:
    assert parse_value(YN, "maybe") == "maybe"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05T10:00", date(2026, 3, 5)),
        ("2026-03", None),
        ("2026", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_the_day_of_a_partial_date(text: Any, day: date | None) -> None:
    assert complete_date(text) == day


AS_PEOPLE_WRITE = (
    "1_000", "1,000", "3,5", "0x10", "１２", "−5", "½", "NaN", "inf", "5 000", "1e", "65kg", "٣",
    "1e999", "1e99", "1e16", "1e-16", "1e-99",
)  # fmt: skip


@pytest.mark.parametrize("column", [INT, FLOAT])
@pytest.mark.parametrize("text", AS_PEOPLE_WRITE)
def test_numbers_that_the_grammar_does_not_have(column: Column, text: str) -> None:
    assert parse_value(column, text) is None


@pytest.mark.parametrize(("text", "number"), [("3,5", 3.5), ("-,5", -0.5), ("5,", 5.0), ("7", 7.0)])
def test_a_decimal_comma_where_the_mapping_names_it(text: str, number: float) -> None:
    assert parse_value(Column(type="float", decimal=","), text) == number


@pytest.mark.parametrize("text", ["3.5", "1.000", "1.000,5", "1,000,5"])
def test_a_point_is_no_decimal_mark_where_the_comma_is(text: str) -> None:
    assert parse_value(Column(type="float", decimal=","), text) is None
    assert parse_value(Column(type="int", decimal=","), text) is None


def test_minus_zero_is_zero() -> None:
    assert str(parse_value(FLOAT, "-0.0")) == "0.0"


@given(st.from_regex(r"[+-]?[0-9]{0,17}\.?[0-9]{0,20}([eE][+-]?[0-9]{1,2})?", fullmatch=True))
def test_what_is_parsed_can_be_printed(text: str) -> None:
    for column in (INT, FLOAT):
        number = parse_value(column, text)
        if number is not None:
            assert isinstance(number, int | float)
            assert [format_number(number, decimals) for decimals in (0, 1, 6)]
            assert abs(number) <= LARGEST_NUMBER
