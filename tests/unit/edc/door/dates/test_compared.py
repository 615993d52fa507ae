"""Dates as numbers are compared as their texts are, at the precision that both have."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.door.dates.compared import read_dates
from analysis.edc.door.dates.order import is_after
from analysis.io.large.text_columns import find_first

ISO = st.sampled_from(
    ["1899", "2025", "2026", "1969-12", "2026-03", "2026-04", "1969-12-31", "2026-03-05",
     "2026-03-31", "1969-12-31T23:59", "2026-03-05T10:00", "2026-03-05T10:00:00",
     "2026-03-05T10:00:01"]
)  # fmt: skip


def as_texts(texts: list[str | None]) -> pd.Series:
    return pd.Series(texts, dtype="str")


@given(st.lists(st.tuples(ISO, ISO)))
def test_columns_are_compared_as_their_texts_are(pairs: list[tuple[str, str]]) -> None:
    left, right = (read_dates(as_texts([pair[i] for pair in pairs])) for i in (0, 1))
    assert left.are_after(right).tolist() == [is_after(*pair) for pair in pairs]


@given(st.lists(st.tuples(ISO, st.datetimes(pd.Timestamp(1900, 1, 1), pd.Timestamp(2100, 1, 1)))))
def test_moments_are_compared_with_texts(pairs: list[tuple[str, pd.Timestamp]]) -> None:
    texts = read_dates(as_texts([text for text, _ in pairs]))
    moments = pd.Series([moment for _, moment in pairs], dtype="datetime64[s]")
    written = [moment.isoformat(timespec="seconds") for _, moment in pairs]
    found = read_dates(moments).are_after(texts).tolist()
    assert found == [is_after(own, text) for own, (text, _) in zip(written, pairs, strict=True)]


@pytest.mark.parametrize("dtype", ["str", "datetime64[s]"])
def test_a_day_has_no_time(dtype: str) -> None:
    days = read_dates(pd.Series(["2026-03-05T23:00"]).astype(dtype), is_day=True)
    assert not days.are_after(read_dates(as_texts(["2026-03-05T10:00"]))).any()
    assert days.are_after(read_dates(as_texts(["2026-03-04T23:59"]))).all()


@pytest.mark.parametrize("dtype", ["str", "datetime64[s]"])
def test_what_is_missing_is_not_compared(dtype: str) -> None:
    some = read_dates(pd.Series(["2026-03-05", None, None]).astype(dtype))
    other = read_dates(as_texts(["2026-03-04", "2026-03-04", None]))
    assert some.are_after(other).tolist() == [True, False, False]
    assert some.are_comparable(other).tolist() == [True, False, False]


def test_a_subject_without_the_other_date_has_none() -> None:
    other = read_dates(as_texts(["2026-03-04", None]))
    there = find_first(as_texts(["S9", "S2", "S1"]), as_texts(["S1", "S2"]))
    assert other.take(there).precision.tolist() == [-1, -1, 2]


def test_without_rows_there_is_no_date() -> None:
    none = as_texts([])
    assert read_dates(none).take(find_first(as_texts(["S1"]), none)).precision.tolist() == [-1]
