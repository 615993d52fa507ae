"""Display formats of SAS and SPSS that say that a number is a date, a datetime or a time.

SAS counts days, or seconds, from 1960-01-01, SPSS seconds from 1582-10-14. A number that is no day
of the calendar, such as the year 20255, keeps a text that is of no type: one wrong cell is a query
and never the loss of a table.
"""

import math
import re
from collections.abc import Mapping

import numpy as np

from analysis.edc.sources.labelled_table import Kind

SAS_ORIGIN = np.datetime64("1960-01-01")
SPSS_ORIGIN = np.datetime64("1582-10-14")
DAY = 86400
LARGEST = 1e15
"""Seconds beyond this are no date of any calendar."""


_SAS = {
    Kind.DATE: re.compile(
        r"DATE|DAY|DOWNAME|(E8601|B8601|IS8601)DA|JULDAY|JULIAN|MINGUO|MON(NAME|TH|YY)|NENGO|"
        r"NLDATE(L|M|MD[LMS]?|N|S|WN?|YM[LMS]?|YQ|YR|YW)?|PDJUL[GI]|QTRR?|WEEK(DATE|DATX|DAY|U|V|W)|"
        r"WORDDAT[EX]|YEAR|YYMON|X?(DDMMYY|MMDDYY|YYMMDD|MMYY|YYMM|YYQR?)[BCDNPSZ]?|"
        r"EURDF(DD|DE|DN|DWN|MN|MY|WDX|WKX)"
    ),
    Kind.SHOWN_AS_DATE: re.compile(
        r"DT(DATE|MONYY|WKDATX|YEAR|YYQC)|(E8601|B8601|IS8601)DN|"
        r"NLDATM(DT|MD[LMS]?|MN|WN|YM[LMS]?|YQ|YR|YW)"
    ),
    Kind.DATETIME: re.compile(
        r"DATETIMEZ?|DATEAMPM|MDYAMPM|(E8601|B8601|IS8601)(DT|DZ|DX|LX)|EURDFDT|"
        r"NLDATM([LMSWZ]|AP|TM|TZ|WZ|CP)?"
    ),
    Kind.TIME: re.compile(
        r"TOD|DTTIME|TIME|TIMEAMPM|HHMM|HOUR|MMSS|(E8601|B8601|IS8601)(TM|TZ|TX|LZ)|NLTIME|NLTIMM?AP"
    ),
}
_SPSS = {
    Kind.DATE: re.compile(r"[AEJS]?DATE|QYR|MOYR|WKYR"),
    Kind.DATETIME: re.compile(r"DATETIME|YMDHMS"),
    Kind.TIME: re.compile(r"M?TIME"),
}
_NAME = re.compile(r"([A-Z_]+[0-9]{4}[A-Z]{2}|[A-Z_]+)[0-9]*(\.[0-9]*)?")


def find_sas_kind(display: str) -> Kind | None:
    """Return what a SAS format (``DATE9.``, ``E8601DT19``) makes of a number; None if nothing."""
    return _find(_SAS, display)


def find_spss_kind(display: str) -> Kind | None:
    """Return what an SPSS format (``DATE11``, ``YMDHMS16``) makes of a number; None if nothing."""
    return _find(_SPSS, display)


def _find(formats: Mapping[Kind, re.Pattern[str]], display: str) -> Kind | None:
    found = _NAME.fullmatch(display.strip().upper())
    return next(
        (kind for kind, form in formats.items() if found and form.fullmatch(found[1])), None
    )


def write_date(value: float, kind: Kind, origin: np.datetime64) -> str:
    """Return the ISO text of a number of a file that counts from ``origin``.

    A fraction of a second is cut off, and of a day, as SAS and SPSS show them. A microsecond is
    added first: 10:05:00 is often stored as a little less.
    """
    seconds = value * DAY if kind is Kind.DATE and origin == SAS_ORIGIN else value
    if not abs(seconds) < LARGEST:
        return f"{value:g}"
    whole = math.floor(seconds + 1e-6)
    if kind is Kind.TIME:
        return _write_time(whole)
    text = str(origin + np.timedelta64(whole, "s"))
    if kind is Kind.DATE or (kind is Kind.SHOWN_AS_DATE and whole % DAY == 0):
        return text.partition("T")[0]
    return text.removesuffix(":00")


def _write_time(seconds: int) -> str:
    if not 0 <= seconds < DAY:
        return str(seconds)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
