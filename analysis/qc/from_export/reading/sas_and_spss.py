"""SAS and SPSS files as text: raw values, and dates by the format of their column.

Sources: SAS 9.4 Formats and Informats (dates are days, moments seconds since 1960-01-01); SPSS
Statistics, Date and Time Formats (seconds since 1582-10-14).
"""

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SAS_EPOCH = datetime(1960, 1, 1)
SPSS_EPOCH = datetime(1582, 10, 14)
SAS_MOMENT = re.compile(
    r"(E8601D[TNZX]|B8601D[TNZX]|DATETIME|DATEAMPM|NLDATM|MDYAMPM|IS8601D[TNZ])"
)
SAS_DAY = re.compile(
    r"(E8601DA|B8601DA|IS8601DA|DATE|DAY|DDMMYY|MMDDYY|YYMMDD|JULIAN|MONYY|WEEKDAT|WORDDAT|NLDATE|"
    r"EUR\w*DF|MINGUO|NENGO)"
)
SPSS_MOMENT = re.compile(r"(DATETIME|YMDHMS)")
SPSS_DAY = re.compile(r"(DATE|ADATE|EDATE|SDATE|JDATE)")
YEARS = (datetime(1990, 1, 1), datetime(2050, 1, 1))
"""Between these, a number without a format in a column of dates is taken for one."""
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
MIDNIGHT = "T00:00"
FULL_WIDTH = 8
"""Bytes of a number that is stored whole; SAS files may keep fewer, the last bits cut off."""
MOST_DIGITS = 17
EXPONENT_BITS = 12
"""Bits of a number that hold sign and exponent, at most (IEEE 12, IBM 8 and up to 3 lost)."""


def read_sas_or_spss(path: Path, encoding: str) -> dict[str, list[str]]:
    """Return the columns as text, "" for missing.

    Raises ValueError, OverflowError or LookupError for a file that cannot be read.
    """
    import pyreadstat  # here, because only such exports need it

    suffix = path.suffix.lower()
    try:
        if suffix == ".sav":
            frame, meta = pyreadstat.read_sav(path, disable_datetime_conversion=True)
        elif suffix == ".xpt":
            frame, meta = pyreadstat.read_xport(
                path, encoding=encoding, disable_datetime_conversion=True
            )
        else:
            override = _find_encoding(path, encoding)
            frame, meta = pyreadstat.read_sas7bdat(
                path, encoding=override, disable_datetime_conversion=True
            )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError(str(error)) from None
    formats, widths = meta.original_variable_types, meta.variable_storage_width
    return {
        name: _write_column(frame[name], _choose(suffix, formats[name] or "", widths[name]))
        for name in frame.columns
    }


def find_epoch(path: Path) -> datetime | None:
    """Return the moment that dates of a file are counted from; None for one that holds texts."""
    return {".sav": SPSS_EPOCH, ".xpt": SAS_EPOCH, ".sas7bdat": SAS_EPOCH}.get(path.suffix.lower())


def read_unformatted(text: str, epoch: datetime, *, is_day: bool) -> str:
    """Return the date that a number without a format means, and of a midnight its day.

    SAS counts days or seconds, SPSS seconds; a number that would be no date of these years stays.
    """
    units = ("days", "seconds") if epoch == SAS_EPOCH else ("seconds",)
    if NUMBER.fullmatch(text):
        for unit in units:
            low, high = ((year - epoch) / timedelta(**{unit: 1}) for year in YEARS)
            if low <= float(text) < high:
                text = _write_moment(epoch, timedelta(**{unit: float(text)}))
                text = text.removesuffix(MIDNIGHT)
                break
    return text.removesuffix(MIDNIGHT) if is_day else text


def _find_encoding(path: Path, encoding: str) -> str | None:
    """A data set that says EUC-CN holds GBK; one that says nothing has that of the mapping."""
    import pyreadstat

    _, meta = pyreadstat.read_sas7bdat(path, metadataonly=True)
    declared = (meta.file_encoding or "").upper()
    if declared in {"EUC-CN", "GB2312"}:
        return "gb18030"
    return None if declared else encoding


def _choose(suffix: str, form: str, width: int) -> Callable[[float], str]:
    """How a number of a column is written."""
    form = form.upper()
    if suffix == ".sav":
        moment, day, epoch, unit = SPSS_MOMENT, SPSS_DAY, SPSS_EPOCH, "seconds"
    else:
        moment, day, epoch, unit = SAS_MOMENT, SAS_DAY, SAS_EPOCH, "days"
    if moment.match(form):
        return lambda number: _write_moment(epoch, timedelta(seconds=number))
    if day.match(form):
        return lambda number: f"{epoch + timedelta(**{unit: number}):%Y-%m-%d}"
    return lambda number: write_number(number, width)


def _write_column(values: Any, write: Callable[[float], str]) -> list[str]:
    return [_write(value, write) for value in values]


def _write(value: Any, write: Callable[[float], str]) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return value
    try:
        return write(float(value))
    except (OverflowError, ValueError):  # no day of the calendar: a cell that nobody can read
        return repr(value)


def _write_moment(epoch: datetime, since: timedelta) -> str:
    moment = epoch + timedelta(seconds=math.floor(since.total_seconds() + 1e-6))
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def write_number(number: float, width: int) -> str:
    """Return the shortest decimal that a number stored in so many bytes may stand for."""
    if number.is_integer():
        return str(int(number))
    if width >= FULL_WIDTH:
        return repr(number)
    step = math.ldexp(abs(number), EXPONENT_BITS - 8 * width)
    shortest = (f"{number:.{digits}g}" for digits in range(1, MOST_DIGITS + 1))
    return next(text for text in shortest if abs(float(text) - number) <= step)
