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
        # months of other languages, with accents and dots; Chinese and Japanese halves of a day
        ("%d-%b-%Y", "11-OKT-2026", "2026-10-11"), ("%d %b %Y", "1 déc. 2026", "2026-12-01"),
        ("%B %d, %Y", "märz 5, 2026", "2026-03-05"), ("%d %b %Y", "5 sept 2026", "2026-09-05"),
        ("%d-%b-%Y:%H:%M", "05-JAN-2026:13:45", "2026-01-05T13:45"),
        ("%Y年%m月%d日 %p%I时%M分", "2026年3月5日 下午3时5分", "2026-03-05T15:05"),
        ("%Y年%m月%d日 %p%I:%M", "2026年3月5日 上午12:05", "2026-03-05T00:05"),
        ("%d.%m.%Y %I:%M %p", "5.3.2026 3:05 p.m.", "2026-03-05T15:05"),
        # none of the form, or no day
        ("%d.%m.%Y", "2026-04-11", None), ("%d.%m.%Y", "31.02.2026", None),
        ("%Y%m%d", "2026411", None), ("%d.%m.%Y", "11.04.26", None),
        ("%Y%m%d", "２０２６0411", None),
        ("%d-%b-%Y", "11-Foo-2026", None), ("%d-%b-%Y", "11-October-2026", None),
        ("%m/%d/%Y %I:%M %p", "4/11/2026 13:52 PM", None),
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


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("%d %b %Y", "UN JAN 2026", "2026-01"), ("%d %b %Y", "UNK UNK 2026", "2026"),
        ("%d%b%Y", "UNJAN2026", "2026-01"), ("%d %b %Y", "05 UNK 2026", "2026"),
        ("%d.%m.%Y", "00.03.2026", "2026-03"), ("%Y-%m-%d", "2026-??-??", "2026"),
        ("%d %b %Y %H:%M", "05 JAN 2026", "2026-01-05"), ("%d %b %Y", "05 JAN 2026", "2026-01-05"),
        ("%d %b %Y", "UN JAN UNK", None), ("%H:%M %d.%m.%Y", "05.03.2026", None),
        ("%d.%m.%Y %H:%M", "13:45", None),
    ],
)  # fmt: skip
def test_parts_that_nobody_knows_leave_a_partial_date(form: str, text: str, iso: str) -> None:
    assert read_date(text, form, partial=True) == iso
    if iso is None or len(iso) < len("YYYY-MM-DD") or ":" in form:
        assert read_date(text, form) is None


def test_the_hundred_years_of_two_digits_are_said() -> None:
    assert read_date("11.04.30", "%d.%m.%y", first_year=1931) == "2030-04-11"
    assert read_date("11.04.30", "%d.%m.%y", first_year=1930) == "1930-04-11"


def test_a_moment_that_carries_an_offset_is_local_time() -> None:
    column = Column(type="datetime", offset="+08:00", forms=("iso",))
    assert parse_value(column, "2026-03-05T20:45Z") == datetime(2026, 3, 6, 4, 45)
    assert parse_value(column, "2026-03-05 20:45:00.5+05:30") == datetime(2026, 3, 5, 23, 15)
    assert parse_value(column, "2026-03-05T10:00") == datetime(2026, 3, 5, 10)
    assert parse_value(column, "2026-03-05") is None
    assert parse_value(column, "2026-03-05T10:00+25:00") is None
    unix = column.model_copy(update={"forms": ("unix",), "type": "date"})
    assert parse_value(unix, "1772740800") == datetime(2026, 3, 6)
    assert parse_value(Column(type="datetime"), "2026-03-05T20:45Z") is None
    partial = Column(type="datetime", partial=True, offset="+08:00", forms=("iso",))
    assert parse_value(partial, "2026-03-05") == "2026-03-05"
