"""The two readings of a cell say the same of any text, though no line is shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.config import Mapping
from analysis.edc.layout import Column, load_layout
from analysis.edc.written.values import parse_value
from analysis.qc.from_export.reading.cells import (
    Kind,
    Span,
    Whole,
    is_within,
    prepare,
    read_day,
    read_moment,
    read_number,
    read_partial_day,
    read_partial_moment,
    read_text,
)
from analysis.qc.from_export.reading.columns import SUBJECT, TABLES
from analysis.qc.from_export.reading.dates import DateForms, reform_date
from analysis.qc.from_export.reading.identifiers import respell
from analysis.qc.from_export.reading.mapping import describe_table

KINDS: dict[str, tuple[Kind, Column]] = {
    "str": (read_text, Column(type="str")),
    "int": (Whole(), Column(type="int")),
    "float": (read_number, Column(type="float")),
    "date": (read_day, Column(type="date")),
    "datetime": (read_moment, Column(type="datetime")),
    "partial date": (read_partial_day, Column(type="date", partial=True)),
    "partial datetime": (read_partial_moment, Column(type="datetime", partial=True)),
}
PIECES = st.sampled_from(
    ["0", "1", "2", "9", "12", "30", "31", "2025", "2024-02-29", "2025-02-29", "2025-03", "-", "T",
     ":", ".", "+", "e", "E", "T24:00", "T14:05", ":59", ":60", ",", " ", "１", "_", "x", "nan",
     "inf", "0000", "9999-12-31"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=5).map("".join)


@pytest.mark.parametrize("name", KINDS)
@given(text=TEXTS)
def test_both_read_or_refuse_the_same_texts(name: str, text: str) -> None:
    kind, column = KINDS[name]
    ours, theirs = kind(text), parse_value(column, text)
    assume(not isinstance(theirs, float) or not theirs or 1e-15 <= abs(theirs) <= 1e15)
    assert (ours is None) == (theirs is None)
    if name in ("int", "float") and isinstance(ours, Decimal):
        assert float(ours) == theirs
    if name == "datetime" and ours is not None:
        assert ours == theirs
    if name == "date" and isinstance(theirs, datetime):
        assert ours == theirs.date()


def test_the_columns_are_those_of_the_document() -> None:
    """Codes, limits, keys and types, written out anew, are those that reading has."""
    layout = load_layout()
    for name, columns in TABLES.items():
        table = layout.tables[name]
        assert set(columns.key) == set(table.required_key)
        assert columns.single == table.one_row_per_subject or name == "ich"
        for column_name, kind in columns.kinds.items():
            column = table.columns[column_name]
            for code in column.allowed:
                assert kind(code) == code
            if column.allowed:
                assert kind("no such code") is None
            if column.limits:
                low, high = (int(limit) for limit in column.limits)
                assert [kind(str(n)) is None for n in (low - 1, low, high, high + 1)] == [
                    True, False, False, True,
                ]  # fmt: skip
        if columns.repeats:
            assert {SUBJECT, *columns.kinds} == set(table.columns)


def test_a_partial_date_spans_all_that_it_can_mean() -> None:
    span = read_partial_day("2024-02")
    assert isinstance(span, Span)
    assert (span.earliest.date(), span.latest.date()) == (date(2024, 2, 1), date(2024, 2, 29))
    year = read_partial_day("2025")
    assert isinstance(year, Span)
    assert (year.earliest.date(), year.latest.date()) == (date(2025, 1, 1), date(2025, 12, 31))
    assert not span.is_a_day


def test_a_date_in_a_form_of_the_mapping_becomes_that_of_the_layout() -> None:
    assert reform_date("11.04.2026", DateForms(("%d.%m.%Y",))) == "2026-04-11"
    assert reform_date("11/04/2026 03:52", DateForms(("%d/%m/%Y %H:%M",))) == "2026-04-11T03:52:00"
    for forms in (("%d.%m.%Y",), ("%d/%m/%Y", "%m/%d/%Y")):
        assert read_partial_moment(reform_date("11/04/2026", DateForms(forms))) is None
    assert reform_date("11/24/2026", DateForms(("%d/%m/%Y", "%m/%d/%Y"))) == "2026-11-24"


SPELLING = {
    "replace": {"_": "-"}, "case": "upper", "remove_prefix": "IMPACT-", "remove_suffix": ".0",
    "piece": None, "zero_fill": (2, 3), "keep_zeros": False, "insert": None, "add_prefix": "",
    "add_suffix": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spelling", "expected"),
    [
        ("impact-1_7", {}, "01-007"),
        ("IMPACT-0001-0007.0", {}, "01-007"),
        ("01-007", {}, "01-007"),
        ("17", {}, "17"),
        ("01007", {"insert": {"after": 2, "text": "-"}}, "01-007"),
        ("7", {"zero_fill": (3,), "add_prefix": "S"}, "S007"),
        ("1-S0033", {"keep_zeros": True}, "01-S0033"),
        ("NCT07-8-12", {"piece": {"at": "-", "number": 2}, "zero_fill": (2,)}, "08"),
        ("7", {"piece": {"at": "-", "number": 2}}, "7"),
        ("", {"add_prefix": "S"}, ""),
    ],
)
def test_identifiers_by_the_keys_of_the_mapping(
    text: str, spelling: dict[str, Any], expected: str
) -> None:
    assert respell(text, SPELLING | spelling) == expected


def test_cells_as_the_mapping_has_them(mapping: Mapping) -> None:
    table = replace(describe_table(mapping, "bl"), decimal=",", factors={"GLUC": 0.0555})
    assert read_number(prepare("126,5", "GLUC", read_number, table)) == Decimal("7.02075")
    assert read_number(prepare("126.5", "INR", read_number, table)) is None
    assert Whole()(prepare("12,0", "NIHSSBL", Whole(), table)) == 12


def test_a_date_beyond_the_days_of_the_plan_is_lost() -> None:
    days = (date(2025, 1, 1), date(2026, 12, 31))
    for text, expected in {"2025-01-01": True, "9999-01-01": False, "2024-12-31": False}.items():
        assert is_within(read_day(text), days) is expected
        assert is_within(read_moment(f"{text}T10:00"), days) is expected
    for text, expected in {"2024": False, "2025": True, "2024-12": False, "2026-12": True}.items():
        assert is_within(read_partial_day(text), days) is expected
    assert is_within(Decimal(1), days)
