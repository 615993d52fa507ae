"""Cells of a Dataset-JSON file as the text that a CSV would hold."""

import math
import re
from typing import Any

from analysis.edc.sources.cdisc.dataset_json.columns import Column
from analysis.edc.sources.cdisc.dataset_json.json_text import Fraction, Number
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import Kind
from analysis.edc.sources.statistical.date_formats import SAS_ORIGIN, write_date
from analysis.errors import DataError

_DAYS = (Kind.DATE, Kind.DATETIME, Kind.SHOWN_AS_DATE)
_FORMATS_OF = {"date": _DAYS, "datetime": _DAYS, "time": (Kind.TIME,)}
"""What the display format of a number may be in a column of dates or times. It alone says whether
days or seconds are counted: published examples have a datetime with DATE9., in days."""
_ZEROS = re.compile(r"\.0+")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
SURE_DIGITS = 15
"""Digits that a double always keeps; what a number has beyond them is of the writing alone."""


def write_column(file: SourceFile, column: Column, values: list[Any]) -> list[str]:
    """Return the texts of one column: numbers as they are written, null as "".

    A number with a SAS format of dates or times becomes ISO text. Raises DataError if a cell is a
    list or an object, a date is a number whose unit no format says, or a text cannot be written.
    """
    texts = [_write(file, column, row, value) for row, value in enumerate(values, start=1)]
    try:
        "\n".join(texts).encode()
    except UnicodeEncodeError as error:
        row = error.object.count("\n", 0, error.start) + 1
        raise DataError(
            f"{file.name}: near row {row}, column {column.name}: half a character (a lone "
            "surrogate), which no text can hold. Export it again as UTF-8"
        ) from None
    return texts


def has_numeric_dates(column: Column, values: list[Any]) -> bool:
    """Return whether a column has numbers that its SAS format makes dates or times."""
    return column.kind is not None and any(isinstance(value, Number) for value in values)


def write_number(number: Number) -> str:
    """Return the text of a number: as written, but whole ones without ``.0``.

    One with more digits than a double keeps is the shortest decimal of that double
    (2.7999999999999998 is 2.8).
    """
    if not isinstance(number, Fraction):
        return str(number)
    mantissa, exponent, _ = number.lower().partition("e")
    whole, point, decimals = mantissa.partition(".")
    if not exponent and _ZEROS.fullmatch(point + decimals):
        return whole
    digits = (whole + decimals).lstrip("-0")
    if len(digits) > SURE_DIGITS and math.isfinite(float(number)):
        return repr(float(number)).removesuffix(".0")
    return str(number)


def _write(file: SourceFile, column: Column, row: int, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Number):
        return _write_date(file, column, row, value) or write_number(value)
    if isinstance(value, str):
        is_grouped = column.data_type == "decimal" and _THOUSANDS.fullmatch(value.strip())
        return value.replace(",", "") if is_grouped else value
    if isinstance(value, bool):
        return "true" if value else "false"
    raise DataError(
        f"{file.name}: row {row}, column {column.name}: a list or an object, and a cell is one "
        "value. Export it as Dataset-JSON 1.1"
    )


def _write_date(file: SourceFile, column: Column, row: int, number: Number) -> str:
    """The ISO text of a number that counts days or seconds; "" if it counts neither."""
    formats = _FORMATS_OF.get(column.data_type)
    if formats is not None and column.kind not in formats:
        raise DataError(
            f"{file.name}: row {row}, column {column.name}: a number where dataType is "
            f"{column.data_type}, and displayFormat does not say what it counts. Export dates and "
            "times as ISO 8601 text"
        )
    return "" if column.kind is None else write_date(float(number), column.kind, SAS_ORIGIN)
