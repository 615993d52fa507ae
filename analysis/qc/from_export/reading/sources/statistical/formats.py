"""Formats of SAS and SPSS that make a number a date, and how a number of a column is written."""

import re
from collections.abc import Callable
from datetime import timedelta

from analysis.qc.from_export.reading.sources.statistical.epochs import (
    MIDNIGHT,
    SAS,
    SPSS,
    write_clock,
    write_day,
    write_moment,
)
from analysis.qc.from_export.reading.sources.statistical.numbers import write_number

SAS_SHOWN_AS_DAY = re.compile(
    r"(DT(DATE|MONYY|WKDATX|YEAR|YYQC)|[EB]8601DN|IS8601DN|"
    r"NLDATM(DT|MD[LMS]?|MN|WN|YM[LMS]?|YQ|YR|YW)(?![A-Z]))"
)
SAS_MOMENT = re.compile(
    r"([EB]8601(D[TZX]|LX)|IS8601(D[TZX]|LX)|DATETIME|DATEAMPM|NLDATM|MDYAMPM|EURDFDT)"
)
SAS_TIME = re.compile(
    r"(TOD|DTTIME|TIME|HHMM|HOUR|MMSS|[EB]8601(T[MZX]|LZ)|IS8601(T[MZX]|LZ)|NLTIM)"
)
SAS_DAY = re.compile(
    r"([EB]8601DA|IS8601DA|DATE|DAY|DOWNAME|X?(DDMMYY|MMDDYY|YYMMDD|MMYY|YYMM|YYQ)|YYMON|YEAR|QTR|"
    r"JUL(IAN|DAY)|PDJUL|MON(YY|NAME|TH)|WEEK|WORDDAT|NLDATE|EUR\w*DF|MINGUO|NENGO)"
)
SPSS_MOMENT = re.compile(r"(DATETIME|YMDHMS)")
SPSS_TIME = re.compile(r"M?TIME")
SPSS_DAY = re.compile(r"([AEJS]?DATE|QYR|MOYR|WKYR)")
Write = Callable[[float], str]


def choose_of_sas(form: str, width: int) -> Write:
    """Return how a number of a SAS column is written; ``width``: the bytes that it is stored in."""

    def moment(seconds: float) -> str:
        return write_moment(SAS, timedelta(seconds=seconds))

    kinds: tuple[tuple[re.Pattern[str], Write], ...] = (
        (
            SAS_SHOWN_AS_DAY,
            lambda n: write_moment(SAS, timedelta(seconds=n)).removesuffix(MIDNIGHT),
        ),
        (SAS_MOMENT, lambda n: write_moment(SAS, timedelta(seconds=n))),
        (SAS_TIME, write_clock),
        (SAS_DAY, lambda n: write_day(SAS, timedelta(days=n))),
    )
    return _choose(form, kinds, width)


def choose_of_spss(form: str, width: int) -> Write:
    """Return how a number of an SPSS column is written."""
    kinds: tuple[tuple[re.Pattern[str], Write], ...] = (
        (SPSS_MOMENT, lambda n: write_moment(SPSS, timedelta(seconds=n))),
        (SPSS_TIME, write_clock),
        (SPSS_DAY, lambda n: write_day(SPSS, timedelta(seconds=n))),
    )
    return _choose(form, kinds, width)


def _choose(form: str, kinds: tuple[tuple[re.Pattern[str], Write], ...], width: int) -> Write:
    """The first kind whose pattern the format begins with; else as a plain number."""
    found = (write for pattern, write in kinds if pattern.match(form.upper()))
    return next(found, lambda number: write_number(number, width))


def is_date(form: str) -> bool:
    """Whether a SAS format makes a number a day, a moment or a time of day."""
    kinds = (SAS_SHOWN_AS_DAY, SAS_MOMENT, SAS_TIME, SAS_DAY)
    return any(kind.match(form.strip().upper()) for kind in kinds)


def is_shown_as_day(form: str) -> bool:
    """Whether a SAS format shows the day alone of a moment."""
    return SAS_SHOWN_AS_DAY.match(form.upper()) is not None
