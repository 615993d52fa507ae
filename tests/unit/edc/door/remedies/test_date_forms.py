"""The form that dates have which are not of the layout's, without showing one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.door.remedies.date_forms import describe_forms


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["09/07/2026", "31/07/2026"], "DD/MM/YYYY"),
        (["07/09/2026", "07/31/2026"], "MM/DD/YYYY"),
        (["07/09/2026", "09/07/2026"], "DD/MM/YYYY or MM/DD/YYYY (no date tells which)"),
        (["31/07/2026", "07/31/2026"], "DD/MM/YYYY and MM/DD/YYYY, both"),
        (["31.07.2026 10:05"], "DD.MM.YYYY"),
        (["2026/07/31"], "YYYY/MM/DD"),
        (["20260731"], "YYYYMMDD"),
        (["31-JUL-2026", "1JUL2026"], "DD-MON-YYYY"),
        (["2026-07-31T10:05"], "YYYY-MM-DD with a time"),
        (["2026-07-31"], "YYYY-MM-DD"),
        (["46234", "46235.5"], "a number of days, as spreadsheets and SAS keep dates"),
        (["2026年7月31日"], "year, month and day in Chinese"),
        (["unknown", "n.d."], "no form of a date"),
    ],
)
def test_the_form_is_named(texts: list[str], form: str) -> None:
    assert describe_forms(texts) == f"{len(texts)} have the form {form}"


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8))
def test_any_texts(texts: list[str]) -> None:
    assert " have the form " in describe_forms(texts)
