"""Cells of a typed column as a CSV would hold them: numbers, days, times of day."""

import math
from decimal import Decimal

import numpy as np

NANOSECONDS = 10**9


def write_number(value: float) -> str:
    """Return a double: whole numbers without a point; what is no number is empty."""
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else str(value)


def write_short_number(value: np.float32 | np.float16) -> str:
    """Return a number of 4 or 2 bytes as the shortest decimal that is stored so: 2.8."""
    return write_number(float(str(value)))


def write_decimal(value: Decimal) -> str:
    """Return a decimal without zeros behind: 5.25, 80."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def write_date(days: int) -> str:
    """Return the day that lies so many days behind 1970-01-01."""
    return str(np.datetime64(days, "D"))


def write_time(nanoseconds: int) -> str:
    """Return a time of day; fractions of a second are cut off."""
    seconds = nanoseconds // NANOSECONDS
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
