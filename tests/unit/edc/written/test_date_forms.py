"""Forms of dates: what they read, and what is no form."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.layout import Column
from analysis.edc.written.date_forms import parse_form, read_date
from analysis.edc.written.remedies import COMMON_FORMS
from analysis.edc.written.values import parse_value


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("%d.%m.%Y", "11.04.2026", "2026-04-11"), ("%d.%m.%Y", "1.4.2026", "2026-04-01"),
        ("%m/%d/%Y", "04/11/2026", "2026-04-11"), ("%Y%m%d", "20260411", "2026-04-11"),
        ("%d-%b-%Y", "11-APR-2026", "2026-04-11"), ("%d%b%y", "11apr26", "2026-04-11"),
        ("%d%b%y", "11Apr69", "1969-04-11"), ("%B %d, %Y", "April 11, 2026", "2026-04-11"),
        ("%d%b%Y:%H:%M:%S", "11APR2026:03:52:07", "2026-04-11T03:52:07"),
        ("%m/%d/%Y %I:%M %p", "4/11/2026 3:52 PM", "2026-04-11T15:52"),
        ("%m/%d/%Y %I:%M %p", "4/11/2026 12:05 am", "2026-04-11T00:05"),
        ("%Y年%m月%d日", "2026年4月11日", "2026-04-11"), ("%m/%Y", "04/2026", "2026-04"),
        ("%Y", "2026", "2026"),
        # none of the form, or no day
        ("%d.%m.%Y", "2026-04-11", None), ("%d.%m.%Y", "31.02.2026", None),
        ("%Y%m%d", "2026411", None), ("%d.%m.%Y", "11.04.26", None),
        ("%Y%m%d", "２０２６0411", None),
        ("%d-%b-%Y", "11-Okt-2026", None), ("%m/%d/%Y %I:%M %p", "4/11/2026 13:52 PM", None),
        ("%d.%m.%Y", "11.04.2026 ", None), ("%d.%m.%Y", "11x04x2026", None),
    ],
)  # fmt: skip
def test_a_cell_by_a_form(form: str, text: str, iso: str | None) -> None:
    assert read_date(text, form) == iso


@pytest.mark.parametrize(
    "form",
    ["", "dd.mm.yyyy", "%d.%m", "%d.%Y", "%q%Y", "%Y-%m-%d %H", "%Y %y", "%Y-%m-%d %I:%M",
     "%Y-%m-%d %H:%M %p", "%Y-%m-%d %S", "%Y%", "%m %b %Y", "100%"],
)  # fmt: skip
def test_what_is_no_form(form: str) -> None:
    with pytest.raises(ValueError, match="'"):
        parse_form(form)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2060, 1, 1)),
    st.sampled_from([form for form in COMMON_FORMS if "%M" in form]),
)
def test_what_strptime_writes_is_read_back(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0, second=moment.second if "%S" in form else 0)
    assert read_date(moment.strftime(form), form) == moment.isoformat(
        timespec="seconds" if "%S" in form else "minutes"
    )


def test_two_forms_that_read_a_cell_differently_read_it_not_at_all() -> None:
    column = Column(type="date", forms=("%d/%m/%Y", "%m/%d/%Y"))
    assert parse_value(column, "03/04/2026") is None
    assert parse_value(column, "04/04/2026") == datetime(2026, 4, 4)
    assert parse_value(column, "13/04/2026") == datetime(2026, 4, 13)


def test_a_date_may_be_written_with_a_time_and_a_partial_one_in_several_forms() -> None:
    column = Column(type="date", forms=("%d.%m.%Y %H:%M",))
    assert parse_value(column, "11.04.2026 03:52") == datetime(2026, 4, 11)
    partial = Column(type="date", partial=True, forms=("%d.%m.%Y", "%m.%Y", "%Y"))
    assert [parse_value(partial, text) for text in ("1.4.2026", "04.2026", "2026")] == [
        "2026-04-01", "2026-04", "2026",
    ]  # fmt: skip
    assert parse_value(partial, "2026-04-11") is None
