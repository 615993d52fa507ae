"""Partial dates: the days that one may mean (YYYY, YYYY-MM or YYYY-MM-DD)."""

from calendar import monthrange
from datetime import date

IMPUTED = {len("YYYY-MM"): "D", len("YYYY"): "M", 0: "Y"}
"""What is imputed, by the length of what is given: the day, month and day, or everything."""


def first_day(text: str) -> date:
    """Return the earliest day that an ISO text of a partial column may mean."""
    year, month, day = _split(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the latest day that an ISO text of a partial column may mean."""
    year, month, day = _split(text)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _split(text: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not given."""
    parts = [int(part) for part in text[:10].split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    return year, month, day
