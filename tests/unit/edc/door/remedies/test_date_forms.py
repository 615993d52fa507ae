"""The form that dates have which are not of the layout's, without showing one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.door.remedies.date_forms import WITH_TIME, describe_forms, name_form
from analysis.edc.written.remedies import DAY_FORMS


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["09/07/2026", "31/07/2026"], "DD/MM/YYYY"),
        (["07/09/2026", "07/31/2026"], "MM/DD/YYYY"),
        (["07/09/2026", "09/07/2026"], "DD/MM/YYYY or MM/DD/YYYY (no date tells which)"),
        (["31/07/2026", "07/31/2026"], "DD/MM/YYYY and MM/DD/YYYY, both"),
        (["31.07.2026 10:05", "1.07.2026T9:05:30"], "DD.MM.YYYY with a time"),
        (["07/09/26 10:05", "07/31/26 10:05"], "MM/DD/YY with a time"),
        (["2026/07/31"], "YYYY/MM/DD"),
        (["20260731"], "YYYYMMDD"),
        (["31-JUL-2026", "1-May-2026"], "DD-MON-YYYY"),
        (["7 May 2026", "11 September 2026"], "DD MON YYYY"),
        (["31JUL2026:10:05:00"], "DDMONYYYY with a time"),
        (["2026-07-31T10:05", "2026-07-31 10:05:09.5Z"], "YYYY-MM-DD with a time"),
        (["2026-02-30", "2026-07-31"], "YYYY-MM-DD"),
        (["2026-07-31"], "YYYY-MM-DD"),
        (["2026年7月31日"], "YYYY年MM月DD日"),
        (["2026年7月31日 10时05分", "2026年7月1日 9时5分"], "YYYY年MM月DD日 with a time"),
    ],
)
def test_the_form_is_named(texts: list[str], form: str) -> None:
    assert describe_forms(texts) == f"{len(texts)} have the form {form}"


def test_what_is_no_day_of_the_calendar() -> None:
    days = describe_forms(["46234", "46235.5"])
    assert days == "2 are a number of days, as spreadsheets and SAS keep dates"
    assert describe_forms(["unknown", "n.d."]) == "2 have no form of a date"


def test_every_form_that_a_remedy_may_name_has_a_name() -> None:
    for form in DAY_FORMS:
        day = date(2026, 7, 31).strftime(form)
        assert name_form(form) in describe_forms([day])
        assert f"{name_form(form)}{WITH_TIME}" in describe_forms([f"{day} 10:05"])


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8))
def test_any_texts(texts: list[str]) -> None:
    assert re.match("[1-8] (have the form .|have no form|are a number)", describe_forms(texts))
