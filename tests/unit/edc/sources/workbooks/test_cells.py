"""Values of cells as text: what Excel shows of a double, days, moments, times."""

from __future__ import annotations

import datetime

import pytest

from analysis.edc.sources.workbooks.cells import write_cell
from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.packages import (
    CHINESE,
    CHINESE_MADE,
    DATE,
    DURATION,
    GERMAN,
    MOMENT,
    PERCENT,
    TIME,
    cells,
    column,
    read,
    xlsx,
)


def one(cell: str, *, book: str = "", shared: tuple[str, ...] = (), **options: object) -> str:
    """The text of the only cell of data."""
    sheet = xlsx({"S": column(cell)}, book=book, shared=shared)
    return cells(sheet, **options)[1][0]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3", "3"), ("3.0", "3"), ("2.8", "2.8"), ("2.7999999999999998", "2.8"),
        ("0.30000000000000004", "0.3"), ("1E+21", "1" + "0" * 21), ("1e-7", "0.0000001"),
        ("-0", "0"), ("-2.50", "-2.5"), ("120", "120"), ("9007199254740991", "9007199254740991"),
        ("123456789.123456789", "123456789.123457"), ("0.1234567890123456", "0.123456789012346"),
        ("1e23", "1" + "0" * 23),
    ],
)  # fmt: skip
def test_numbers(value: str, shown: str) -> None:
    assert one(f"<c><v>{value}</v></c>") == shown


def test_a_number_has_the_decimal_mark_of_the_export_and_a_text_keeps_its_own() -> None:
    assert one("<c><v>2.8</v></c>", decimal=",") == "2,8"
    assert one('<c t="inlineStr"><is><t>2.8</t></is></c>', decimal=",") == "2.8"


def test_a_number_is_not_rounded_as_it_is_shown() -> None:
    assert one(f'<c s="{PERCENT}"><v>0.125</v></c>') == "0.125"


@pytest.mark.parametrize(
    ("serial", "style", "shown"),
    [
        ("46123", DATE, "2026-04-11"), ("46123", GERMAN, "2026-04-11"),
        ("46123", CHINESE, "2026-04-11"), ("46123", CHINESE_MADE, "2026-04-11"),
        ("46123", MOMENT, "2026-04-11"), ("61", DATE, "1900-03-01"), ("59", DATE, "1900-02-28"),
        ("46123.161111111112", MOMENT, "2026-04-11T03:52"),
        ("46123.161192129629", MOMENT, "2026-04-11T03:52:07"),
        ("46123.520833333328", MOMENT, "2026-04-11T12:30"),
        ("46123.999999", MOMENT, "2026-04-12"), ("0.161111111111111", TIME, "03:52"),
        ("0.16119212962963", TIME, "03:52:07"), ("46123", 0, "46123"),
    ],
)  # fmt: skip
def test_days_moments_and_times(serial: str, style: int, shown: str) -> None:
    assert one(f'<c s="{style}"><v>{serial}</v></c>') == shown


@pytest.mark.parametrize("value", ["1", "true"])
def test_days_counted_from_1904(value: str) -> None:
    book = f'<workbookPr date1904="{value}"/>'
    assert one(f'<c s="{DATE}"><v>44661</v></c>', book=book) == "2026-04-11"
    assert one(f'<c s="{MOMENT}"><v>44661.25</v></c>', book=book) == "2026-04-11T06:00"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c t="b"><v>1</v></c>', "TRUE"), ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="inlineStr"><is><t>01</t></is></c>', "01"),
        ('<c t="inlineStr"><is><t xml:space="preserve"> x y </t></is></c>', "x y"),
        ('<c t="inlineStr"><is><r><t>co</t></r><r><t>ugh</t></r></is></c>', "cough"),
        ('<c t="s"><v>0</v></c>', "肺炎"), ('<c t="s"><v>1</v></c>', "drypneu"),
        ('<c t="inlineStr"><is><t>#N/A</t></is></c>', "#N/A"),
        ('<c t="d"><v>2026-04-11T03:52:00</v></c>', "2026-04-11T03:52"),
        ('<c><f>1+2</f><v>3</v></c>', "3"), ('<c t="str"><f>A1</f><v>D90</v></c>', "D90"),
        (f'<c s="{DATE}"><f>TODAY()</f><v>46123</v></c>', "2026-04-11"),
        ('<c t="b"><f>1=1</f><v>1</v></c>', "TRUE"),
    ],
)  # fmt: skip
def test_texts_booleans_and_formulas(cell: str, shown: str) -> None:
    shared = ("<t>肺炎</t>", "<r><t>dry</t></r><r><t>pneu</t></r>")
    assert one(cell, shared=shared) == shown


@pytest.mark.parametrize(
    "value", [datetime.timedelta(hours=3), float("nan"), float("inf"), -float("inf")]
)
def test_what_is_not_understood_is_no_text(value: float | datetime.timedelta) -> None:
    assert write_cell(value, ".") is None


def test_the_last_second_of_all_is_a_moment() -> None:
    assert write_cell(datetime.datetime.max, ".") == "9999-12-31T23:59:59"


def test_a_duration_under_a_day_is_no_time() -> None:
    with pytest.raises(DataError, match=r"column A \(X\): 1 cell\(s\) with a duration.*row 2\."):
        read(xlsx({"S": column(f'<c s="{DURATION}"><v>0.25</v></c>')}))
