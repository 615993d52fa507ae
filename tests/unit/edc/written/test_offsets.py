"""Offsets from UTC: what is one, what a text carries, and local time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from analysis.edc.written.offsets import parse_offset, shift, split_offset


@pytest.mark.parametrize(
    "text", ["8", "+8:00", "+08:60", "+14:30", "China", "Asia", "../x", "Z", "+08:00 ", ""]
)
def test_what_is_no_offset(text: str) -> None:
    with pytest.raises(ValueError, match="no offset from UTC: write it as"):
        parse_offset(text)


@pytest.mark.parametrize(
    ("zone", "remedy"),
    [
        ("Asia/Shanghai", 'write "+08:00" for it'), ("Asia/Kolkata", 'write "+05:30" for it'),
        ("UTC", 'write "+00:00" for it'), ("Europe/Berlin", "forward and back (+01:00 and +02:00)"),
    ],
)  # fmt: skip
def test_of_a_zone_its_offset_is_said(zone: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=f"'{zone}' is no offset") as caught:
        parse_offset(zone)
    assert remedy in str(caught.value)
    for offset in re.findall(r'"(.+?)"', str(caught.value)):
        assert isinstance(parse_offset(offset), timedelta)


@pytest.mark.parametrize(
    ("text", "moment", "minutes"),
    [
        ("2026-03-05T05:45Z", "2026-03-05T05:45", 0),
        ("2026-03-05 05:45:00.000 +0530", "2026-03-05 05:45:00.000", 330),
        ("5.3.2026 5:45 PM GMT-03:30", "5.3.2026 5:45 PM", -210),
        ("2026-03-05T05:45+08", "2026-03-05T05:45", 480),
        ("2026-03-05T05:45", "2026-03-05T05:45", None), ("2026-03-05", "2026-03-05", None),
        ("05:45+99:00", "05:45+99:00", None),
    ],
)  # fmt: skip
def test_an_offset_stands_behind_a_time(text: str, moment: str, minutes: int | None) -> None:
    carried = None if minutes is None else timedelta(minutes=minutes)
    assert split_offset(text) == (moment, carried)


def test_local_time_may_be_another_day_and_keeps_its_seconds() -> None:
    assert shift("2026-03-01T01:30:07", timedelta(hours=8), timedelta(0)) == "2026-02-28T17:30:07"
