"""What is read all at once is what is read text by text."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.layout import Column
from analysis.edc.typed.plain import column_dtype, read_plain
from analysis.edc.written.plausible_dates import is_plausible
from analysis.edc.written.values import parse_value

DAYS = (date(2025, 3, 1), date(2026, 12, 31))
COLUMNS = [
    Column(type=kind, partial=partial, days=days)
    for kind in ("date", "datetime")
    for partial in (False, True)
    for days in (None, DAYS)
] + [Column(type="str"), Column(type="str", codes=("A",)), Column(type="yn"), Column(type="int")]
TEXTS = (
    "", "2026-02-28", "2026-02-29", "2024-02-29", "2026-13-01", "2026-00-10", "0000-01-01",
    "0001-01-01", "9999-12-31", "2026", "2026-02", "2026-02-28T10:05", "2026-02-28 10:05",
    "2026-02-28T10:05:59", "2026-02-28T10:05:60", "2026-02-28T24:00", "2026-02-28T23:59:59.000",
    "2026-02-28T10:05Z", "2026-02-28T10:05+08:00", "2026-2-28", "20260228", "２０２６-02-28",
    "2025-02-28", "2025-03-01", "2026-12-31T23:59", "2027-01-01", " 2026-02-28", "2026-02-28\n",
    "NaT", "nan", "A", "001", "Y", "now", "today",
)  # fmt: skip
SHAPED = st.from_regex(
    r"[0-3][0-9]{3}-[0-1][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9])?", fullmatch=True
)


def require_same(column: Column, texts: list[str]) -> None:
    values = read_plain(column, pd.Series(texts, dtype="str"))
    assert values.dtype == column_dtype(column)
    for text, value in zip(texts, values, strict=True):
        if not pd.isna(value):
            expected = parse_value(column, text)
            assert expected == (value if isinstance(value, str) else value.to_pydatetime())
            assert not column.days or is_plausible(column, expected)


@pytest.mark.parametrize("column", COLUMNS, ids=repr)
def test_what_is_plainly_a_value_is_that_value(column: Column) -> None:
    require_same(column, list(TEXTS))


@given(st.sampled_from(COLUMNS[:8]), st.lists(SHAPED, min_size=1, max_size=30))
def test_so_are_days_of_any_calendar(column: Column, texts: list[str]) -> None:
    require_same(column, texts)


@pytest.mark.parametrize("column", COLUMNS[:8], ids=repr)
def test_a_day_of_the_trial_is_plainly_one(column: Column) -> None:
    text = "2026-02-28" if column.type == "date" else "2026-02-28T10:05"
    assert read_plain(column, pd.Series([text], dtype="str")).notna().all()
