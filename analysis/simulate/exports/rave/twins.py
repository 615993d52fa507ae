"""The columns that Rave makes of a field: its value, and the twins that say how it was entered."""

from datetime import datetime

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.dates import MONTHS, read_iso
from analysis.simulate.exports.cells.style import encode_field
from analysis.simulate.exports.design.forms import Field, Form
from analysis.simulate.exports.rave.study import DATES, STYLE, find_unit

RAW, STANDARD, INTERVAL, UNIT = "_RAW", "_STD", "_INT", "_UNITS"


def build_twins(carrier: Carrier, form: Form, each: Field) -> pd.DataFrame:
    """Return the columns of a field.

    A date: the moment as SAS prints it, as it was entered, as ISO text, and its parts. A code: its
    words and its number. A number: the number, as it was entered, and its unit.
    """
    entered, name = encode_field(carrier, form, each, STYLE), each.name.upper()
    if each.options:
        numbers = {option.label: option.number for option in each.options}
        return pd.DataFrame(
            {name: entered, name + STANDARD: [numbers.get(text, "") for text in entered]}
        )
    if each.is_moment:
        return _build_dates(name, entered, each)
    if each.is_number:
        return _build_numbers(name, entered, find_unit(form, each.column, each.unit))
    return pd.DataFrame({name: entered})


def _build_dates(name: str, entered: pd.Series, each: Field) -> pd.DataFrame:
    iso = {text: _read_iso(text, each) for text in entered.unique()}
    found = entered.map(iso)
    return pd.DataFrame(
        {
            name: found.map(_print_sas),
            name + RAW: entered,
            name + INTERVAL: found,
            f"{name}_YYYY": found.str[:4],
            f"{name}_MM": found.str[5:7],
            f"{name}_DD": found.str[8:10],
        }
    )


def _build_numbers(name: str, entered: pd.Series, unit: str) -> pd.DataFrame:
    is_number = entered.str.fullmatch(r"[0-9]+(?:\.[0-9]+)?")
    numbers = entered.where(is_number, "")
    frame = pd.DataFrame({name: numbers, name + RAW: entered})
    return (
        frame.assign(**{name + UNIT: entered.ne("").map({True: unit, False: ""})})
        if unit
        else (frame)
    )


def _read_iso(text: str, each: Field) -> str:
    return read_iso(text, DATES.list_forms(each), each.partial)


def _print_sas(iso: str) -> str:
    """A moment by the format DATETIME20.; a partial date is none."""
    if len(iso) < len("YYYY-MM-DD"):
        return ""
    month = MONTHS[int(iso[5:7]) - 1].upper()
    return datetime.fromisoformat(iso).strftime(f"%d{month}%Y:%H:%M:%S")
