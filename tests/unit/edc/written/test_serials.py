"""Forms of dates that have a name: ISO of any precision, and numbers that programs count."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.written.serials import read_named


@pytest.mark.parametrize(
    ("name", "text", "iso"),
    [
        ("excel", "46086", "2026-03-05"), ("excel", "46086.5", "2026-03-05T12:00"),
        ("excel", "61", "1900-03-01"), ("excel", "60", None), ("excel", "1e9", None),
        ("excel", "46086,25", "2026-03-05T06:00"), ("excel1904", "44624", "2026-03-05"),
        ("sas_date", "24170", "2026-03-05"), ("sas_date", "-1", "1959-12-31"),
        ("sas_date", "24170.5", None), ("sas_datetime", "2088337500", "2026-03-05T13:45"),
        ("unix", "1772718300", "2026-03-05T13:45+00:00"), ("unix", "2026-03-05", None),
        ("iso", "2026-03-05T13:45:07.123", "2026-03-05T13:45:07"), ("iso", "2026-03", "2026-03"),
        ("iso", "2026-03-05 13:45", "2026-03-05T13:45"), ("iso", "2026-02-30", None),
        ("iso", "2026-03T13:45", None), ("iso", "13:45", None), ("iso", "2026-3-5", None),
    ],
)  # fmt: skip
def test_a_cell_by_the_name_of_its_form(name: str, text: str, iso: str | None) -> None:
    assert read_named(text, name) == iso


@given(st.datetimes(datetime(1901, 1, 1), datetime(2099, 1, 1)))
def test_what_a_spreadsheet_counts_is_its_moment_to_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    read = read_named(repr(days), "excel")
    whole = not days % 1
    assert read is None if "e" in repr(days) else datetime.fromisoformat(str(read)) == moment
    assert ("T" in str(read)) is not whole or read is None
