"""SAS and SPSS files as text: raw values, and dates by the format of their column.

Sources: SAS 9.4 Formats and Informats (dates are days, moments seconds since 1960-01-01); SPSS
Statistics, Date and Time Formats (seconds since 1582-10-14).
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class LabelledColumns:
    """The columns of a file as text, "" for missing; texts that it marks as missing stay.

    ``marked``: by column those texts (``.A`` of SAS, user-defined values of SPSS); ``labels``: by
    column those of its codes, where the file holds them or a catalogue of formats lies beside it.
    """

    columns: dict[str, list[str]]
    marked: dict[str, frozenset[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def read_sas_or_spss(path: Path, encoding: str) -> LabelledColumns:
    """Return what a file holds.

    Raises ValueError, OverflowError or LookupError for a file that cannot be read.
    """
    import pyreadstat  # here, because only such exports need it

    suffix = path.suffix.lower()
    options: dict[str, Any] = {"disable_datetime_conversion": True, "output_format": "dict"}
    try:
        if suffix == ".sav":
            lists, meta = pyreadstat.read_sav(path, user_missing=True, **options)
        elif suffix == ".xpt":
            lists, meta = pyreadstat.read_xport(path, encoding=encoding, **options)
        else:
            override = _find_encoding(path, encoding)
            lists, meta = pyreadstat.read_sas7bdat(
                path, encoding=override, user_missing=True, **options
            )
        labels = meta.variable_value_labels if suffix == ".sav" else _find_labels(path, meta)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError(str(error)) from None
    formats, widths = meta.original_variable_types, meta.variable_storage_width
    written = {
        name: _write_column(
            values,
            _choose(suffix, formats[name] or "", widths[name]),
            meta.missing_ranges.get(name, []),
            is_text=meta.readstat_variable_types[name] == "string",
        )
        for name, values in lists.items()
    }
    return LabelledColumns(
        {name: texts for name, (texts, _) in written.items()},
        {name: marked for name, (_, marked) in written.items() if marked},
        {name: _write_labels(of_name) for name, of_name in labels.items()},
    )


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


def _write_column(
    values: list[Any], write: Callable[[float], str], ranges: list[dict[str, Any]], *, is_text: bool
) -> tuple[list[str], frozenset[str]]:
    """The texts of a column, and those that mean missing."""
    texts, marked = [], set()
    for value in values:
        is_letter = isinstance(value, str) and not is_text
        is_marked = is_letter or _is_in(value, ranges)
        text = f".{value}" if is_letter else _write(value, _write_code if is_marked else write)
        texts.append(text)
        if is_marked and text:
            marked.add(text.strip())
    return texts, frozenset(marked)


def _is_in(value: Any, ranges: list[dict[str, Any]]) -> bool:
    if value is None or value == "" or value != value:
        return False
    if isinstance(value, str):
        return value.strip() in [str(one["lo"]).strip() for one in ranges]
    return any(one["lo"] <= value <= one["hi"] for one in ranges)


def _write_code(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _write_labels(labels: dict[Any, str]) -> dict[str, str]:
    written = {
        value.strip() if isinstance(value, str) else _write_code(float(value)): str(label)
        for value, label in labels.items()
    }
    letters = {f".{text}": label for text, label in written.items() if text.isalpha()}
    return {**letters, **written}


def _find_labels(path: Path, meta: Any) -> dict[str, dict[Any, str]]:
    """Those of the catalogue of formats beside a data set: of its name, else the only one."""
    import pyreadstat

    beside = [each for each in path.parent.iterdir() if each.suffix.lower() == ".sas7bcat"]
    own = [each for each in beside if each.stem.lower() == path.stem.lower()]
    found = own or beside
    if path.suffix.lower() != ".sas7bdat" or len(found) != 1:
        return {}
    _, catalogue = pyreadstat.read_sas7bcat(found[0])
    by_format = {_name_format(name): labels for name, labels in catalogue.value_labels.items()}
    formats = {
        column: _name_format(shown or "") for column, shown in meta.original_variable_types.items()
    }
    return {column: by_format[name] for column, name in formats.items() if name in by_format}


def _name_format(shown: str) -> str:
    """A format without dollar and width."""
    return re.sub(r"[0-9]*(\.[0-9]*)?$", "", shown.strip().upper()).removeprefix("$")


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
