"""Dataset-JSON 1.1 files as text: one JSON text, or a line for the metadata and each row.

Source: CDISC, Dataset-JSON 1.1.
"""

import json
from decimal import Decimal
from typing import Any

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.labelled import Epoch, LabelledColumns
from analysis.qc.from_export.reading.sources.statistical.epochs import SAS
from analysis.qc.from_export.reading.sources.statistical.formats import (
    choose_of_sas,
    is_date,
    is_shown_as_day,
)
from analysis.qc.from_export.reading.sources.statistical.numbers import FULL_WIDTH

SURE_DIGITS = 15
"""What a number has beyond them is of its writing alone: 2.7999999999999998 is 2.8."""
DATED = Epoch(SAS.start)
"""Numbers with a format of dates are dates; others are numbers."""


def read_dataset_json(content: Content) -> LabelledColumns:
    """Return what a file holds; raises ValueError or LookupError if it cannot be read."""
    metadata, rows = _read_parts(content)
    declared = list(metadata["columns"])
    if len(rows) != int(metadata["records"]) or any(len(row) != len(declared) for row in rows):
        raise ValueError("rows or cells are missing")
    cells = list(zip(*rows, strict=True)) or [()] * len(declared)
    named = {each["name"].strip(): each for each in declared}
    dated = {
        name: each["displayFormat"]
        for (name, each), values in zip(named.items(), cells, strict=True)
        if is_date(each.get("displayFormat") or "") and any(map(_is_number, values))
    }
    return LabelledColumns(
        {
            name: [_write(value, dated.get(name, ""), each) for value in values]
            for (name, each), values in zip(named.items(), cells, strict=True)
        },
        epoch=DATED if dated else None,
        shown_as_days=frozenset(name for name, form in dated.items() if is_shown_as_day(form)),
    )


def _read_parts(content: Content) -> tuple[dict[str, Any], list[list[Any]]]:
    text = content.read().decode("utf-8-sig")
    if content.suffix == ".ndjson":
        first, *lines = (line for line in text.split("\n") if line.strip())
        return _load(first), [_load(line) for line in lines]
    whole = _load(text)
    return whole, whole.get("rows", [])


def _load(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def _write(cell: Any, form: str, column: dict[str, Any]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if _is_number(cell):
        return _write_date(float(cell), form) if form else _write_number(cell)
    if not isinstance(cell, str):
        raise ValueError("a cell holds a list or an object")
    return cell.replace(",", "") if column["dataType"] == "decimal" else cell


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _write_date(number: float, form: str) -> str:
    try:
        return choose_of_sas(form, FULL_WIDTH)(number)
    except (OverflowError, ValueError):  # no day of the calendar: a cell that nobody can read
        return repr(number)


def _write_number(number: int | Decimal) -> str:
    if isinstance(number, int) or number == number.to_integral_value():
        return str(int(number))
    if len(number.as_tuple().digits) > SURE_DIGITS:
        return repr(float(number))
    return f"{number:f}"
