"""From when SAS, SPSS and Stata count, and numbers without a format in a column of dates.

Sources: SAS 9.4 Formats and Informats (dates are days, moments seconds since 1960-01-01); SPSS
Statistics, Date and Time Formats (seconds since 1582-10-14); Stata, Datetime (days, or milliseconds
since 1960-01-01).
"""

import math
import re
from datetime import datetime, timedelta

from analysis.qc.from_export.reading.sources.labelled import Epoch

SAS = Epoch(datetime(1960, 1, 1), ("days", "seconds"))
SPSS = Epoch(datetime(1582, 10, 14), ("seconds",))
STATA = Epoch(SAS.start, ("days", "milliseconds"))
YEARS = (datetime(1990, 1, 1), datetime(2050, 1, 1))
"""Between these, a number without a format in a column of dates is taken for one."""
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
MIDNIGHT = "T00:00"
DAY = 86_400


def read_unformatted(text: str, epoch: Epoch, *, is_day: bool) -> str:
    """Return the date that a number without a format means, and of a midnight its day.

    A number that would be no date of these years stays.
    """
    if NUMBER.fullmatch(text):
        for unit in epoch.units:
            low, high = ((year - epoch.start) / timedelta(**{unit: 1}) for year in YEARS)
            if low <= float(text) < high:
                text = write_moment(epoch, timedelta(**{unit: float(text)}))
                text = text.removesuffix(MIDNIGHT)
                break
    return text.removesuffix(MIDNIGHT) if is_day else text


def write_moment(epoch: Epoch, since: timedelta) -> str:
    """Return a moment; a fraction of a second is cut off."""
    moment = epoch.start + timedelta(seconds=math.floor(since.total_seconds() + 1e-6))
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def write_day(epoch: Epoch, since: timedelta) -> str:
    """Return the day of a moment."""
    return f"{epoch.start + since:%Y-%m-%d}"


def write_clock(seconds: float) -> str:
    """Return a time of day; raises ValueError for seconds of more than a day."""
    whole = math.floor(seconds + 1e-6)
    if not 0 <= whole < DAY:
        raise ValueError("no time of day")
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
