"""Moments that carry ``Z`` or an offset from UTC, turned into the local time of the site.

Offsets alone, no names of zones: what a name means changes with the data of the machine.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_CARRIED = re.compile(
    r"(?P<moment>.*[0-9]:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(\s*[AaPp]\.?[Mm]\.?)?)\s*"
    r"(?P<offset>Z|z|UTC|GMT|(UTC|GMT)?[+-][0-9]{2}(:?[0-9]{2})?)"
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})?")
YEARS = range(2000, 2038)
"""In which a zone must keep its offset to be one with a fixed one."""
MOST_HOURS = 14
"""No place on earth is farther from UTC."""


def parse_offset(text: str) -> timedelta:
    """Return an offset; raises ValueError, in words, if the text is none.

    >>> parse_offset("+08:00")
    datetime.timedelta(seconds=28800)
    """
    found = _OFFSET.fullmatch(text)
    hours, minutes = (int(found["hours"]), int(found["minutes"] or 0)) if found else (99, 0)
    if found is None or minutes >= 60 or 60 * hours + minutes > 60 * MOST_HOURS:
        raise ValueError(f"'{text}' is no offset from UTC: {_say_what_to_write(text)}")
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if found["sign"] == "-" else offset


def _say_what_to_write(text: str) -> str:
    """The offset of a zone that is named; what a name means changes with the data of a machine."""
    offsets = _list_offsets(text)
    if len(offsets) == 1:
        return f'write "{offsets.pop()}" for it. Names of zones are not taken'
    if offsets:
        return (
            f"its clocks are put forward and back ({' and '.join(sorted(offsets))}), so that no "
            "one offset holds. Export the moments in local time, without Z or an offset, and take "
            "the key out"
        )
    return 'write it as "+08:00" or "-03:30". Names of zones are not taken'


def _list_offsets(name: str) -> set[str]:
    """The offsets that a zone of a name has had since 2000; none if it is the name of no zone."""
    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, a folder of zones
        return set()
    months = (datetime(year, month, 1, tzinfo=zone) for year in YEARS for month in range(1, 13))
    return {each.isoformat()[len("2000-01-01T00:00:00") :] for each in months}


def split_offset(text: str) -> tuple[str, timedelta | None]:
    """Return a text without its offset, and the offset; None if it carries none.

    >>> split_offset("2026-03-05T05:45Z")
    ('2026-03-05T05:45', datetime.timedelta(0))
    >>> split_offset("2026-03-05")
    ('2026-03-05', None)
    """
    found = _CARRIED.fullmatch(text)
    if found is None:
        return text, None
    carried = found["offset"].upper().removeprefix("UTC").removeprefix("GMT")
    try:
        return found["moment"], parse_offset(carried) if carried.strip("Z") else timedelta(0)
    except ValueError:  # +99:00 is no offset, and the text no moment
        return text, None


def shift(iso: str, carried: timedelta, local: timedelta) -> str:
    """Return the ISO text of a moment as the clock at the offset ``local`` shows it.

    >>> shift("2026-03-05T20:45", timedelta(0), timedelta(hours=8))
    '2026-03-06T04:45'
    """
    moment = datetime.fromisoformat(iso) + (local - carried)
    return moment.isoformat(timespec="seconds" if iso.count(":") > 1 else "minutes")
