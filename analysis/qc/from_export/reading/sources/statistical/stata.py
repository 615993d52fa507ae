"""Stata files as text: values by pandas, which reads them by code of its own.

Source: Stata, Datetime display formats, File formats .dta.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.labelled import LabelledColumns
from analysis.qc.from_export.reading.sources.statistical.columns import write_column, write_labels
from analysis.qc.from_export.reading.sources.statistical.epochs import (
    MIDNIGHT,
    STATA,
    write_clock,
    write_day,
    write_moment,
)
from analysis.qc.from_export.reading.sources.statistical.numbers import write_code

FORMAT = re.compile(r"%-?t?([Ccdbwmqhy])(.*)")
SHOWN_TIME = re.compile(r"[Hh]{2}|MM|mm|SS|ss|\.s+|[Aa]\.?[Mm]\.?")
PARTS = {"w": (52, "{}w{}"), "m": (12, "{}-{:02d}"), "q": (4, "{}q{}"), "h": (2, "{}h{}")}
"""Of a year, and how one is written; ISO has months alone."""
LEAPS = 27
"""Leap seconds up to 2017, the last; ``%tC`` counts them. A trial of these years has had all."""
LAST_LEAP = datetime(2017, 1, 1)


def read_stata(content: Content, encoding: str) -> LabelledColumns:
    """Return what a file holds; ``encoding``: of the texts of a file before Stata 14.

    Raises ValueError for a file that cannot be read.
    """
    import pyreadstat  # for the display formats, which pandas keeps to itself

    try:
        _, meta = pyreadstat.read_dta(content.source, metadataonly=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError(str(error)) from None
    frame = pd.read_stata(
        content.source, convert_dates=False, convert_categoricals=False, convert_missing=True,
        preserve_dtypes=True,
    )  # fmt: skip
    decode = partial(_decode, encoding="" if _is_unicode(content) else encoding)
    columns = [
        _Column(
            name, own, meta.readstat_variable_types[own], meta.original_variable_types[own] or ""
        )
        for name, own in zip(map(str, frame.columns), meta.column_names, strict=True)
    ]
    written = {
        one.name: write_column(
            [decode(_take(value, is_short=one.kind == "float")) for value in frame[one.name]],
            _choose(one.form), [], is_text=one.kind == "string",
        )
        for one in columns
    }  # fmt: skip
    labels = meta.variable_value_labels
    return LabelledColumns(
        {name: texts for name, (texts, _) in written.items()},
        {name: marked for name, (_, marked) in written.items() if marked},
        {one.name: write_labels(labels[one.own]) for one in columns if one.own in labels},
        STATA,
        frozenset(one.name for one in columns if _is_shown_as_day(one.form)),
    )


class _Column(NamedTuple):
    """A column: its name to pandas and to pyreadstat, its type, its display format."""

    name: str
    own: str
    kind: str
    form: str


def _is_unicode(content: Content) -> bool:
    """Whether texts are UTF-8: from release 118 (Stata 14) on, which begins with its tag."""
    found = re.match(rb"<stata_dta><header><release>([0-9]{3})", _read_beginning(content))
    return found is not None and int(found[1]) >= 118


def _read_beginning(content: Content) -> bytes:
    with content.open() as stream:
        return stream.read(40)


def _decode(value: Any, encoding: str) -> Any:
    """A text of an old file, whose bytes pandas takes for Latin-1."""
    is_text = encoding and isinstance(value, str) and not value.isascii()
    return value.encode("latin-1").decode(encoding) if is_text else value


def _take(value: Any, *, is_short: bool) -> Any:
    """A plain number or text, None for missing, the letter of a special missing value.

    ``is_short``: a number of four bytes is the shortest decimal that is stored so.
    """
    if isinstance(value, str) or value is None:
        return value
    if type(value).__name__ == "StataMissingValue":
        return value.string.removeprefix(".") or None
    if value != value:
        return None
    return float(str(np.float32(value))) if is_short else float(value)


def _choose(form: str) -> Callable[[float], str]:
    found = FORMAT.fullmatch(form.strip())
    unit = found[1] if found and (found[0].lstrip("%-")[0] in "td") else ""
    if unit == "d":
        return lambda number: write_day(STATA, timedelta(days=number))
    if unit in ("c", "C"):
        return lambda number: _write_moment(number, is_atomic=unit == "C", form=form)
    return partial(_write_part, unit=unit) if unit in PARTS else write_code


def _write_moment(milliseconds: float, *, is_atomic: bool, form: str) -> str:
    since = timedelta(milliseconds=milliseconds)
    if is_atomic:
        since -= timedelta(seconds=LEAPS)
        if STATA.start + since < LAST_LEAP:
            raise ValueError("a moment in leap seconds before 2017")
    if _show(form) == "":
        return write_clock(since.total_seconds())
    text = write_moment(STATA, since)
    return text.removesuffix(MIDNIGHT) if _is_shown_as_day(form) else text


def _show(form: str) -> str | None:
    """What a format of moments shows but times of day; None if it is the usual one, of both."""
    found = re.fullmatch(r"%-?t[cC](.+)", form.strip())
    shown = re.sub(r"!.|[_,:\s/-]", "", found[1]) if found else ""
    return SHOWN_TIME.sub("", shown).strip("+.") if shown else None


def _is_shown_as_day(form: str) -> bool:
    """Whether a format of moments shows a day and no time."""
    return bool(_show(form)) and not SHOWN_TIME.search(re.sub(r"!.", "", form))


def _write_part(number: float, unit: str) -> str:
    """A week, month, quarter or half of a year, counted from 1960 on."""
    parts, form = PARTS[unit]
    year, part = divmod(int(number), parts)
    return form.format(year + STATA.start.year, part + 1)
