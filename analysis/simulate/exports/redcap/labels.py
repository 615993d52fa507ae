"""Headers of an export with labels: labels of fields in the place of their names. They repeat."""

from collections.abc import Iterable

import pandas as pd

from analysis.simulate.exports.redcap.dictionary import COLUMNS
from analysis.simulate.exports.redcap.project import EVENT, GROUP, INSTANCE, INSTRUMENT, RECORD

NAME, LABEL, CHOICES = COLUMNS[0], COLUMNS[4], COLUMNS[5]
SYSTEM = {
    RECORD: "Record ID", EVENT: "Event Name", INSTRUMENT: "Repeat Instrument",
    INSTANCE: "Repeat Instance", GROUP: "Data Access Group",
}  # fmt: skip
STATE, STATE_LABEL = "_complete", "Complete?"
BOX = "___"
SHORT = {
    "mrs_date": "Date", "eq_date": "Date", "eos_date": "Date", "nihss_dt": "Date and time",
    "scan_dt": "Date and time", "ae_start": "Start date", "cm_start": "Start date",
    "ae_stop": "End date", "cm_stop": "End date", "dose_no": "Number", "ae_no": "Number",
    "dev_no": "Number", "cm_no": "Number",
}  # fmt: skip
"""Labels as short as those of real forms, on each of which only the form says what is meant."""


def shorten_labels(dictionary: pd.DataFrame) -> pd.DataFrame:
    """Return a dictionary in which fields of several forms have the same label."""
    short = dictionary[NAME].map(SHORT)
    return dictionary.assign(**{LABEL: short.fillna(dictionary[LABEL])})


def name_by_labels(columns: Iterable[str], dictionary: pd.DataFrame) -> list[str]:
    """Return the headers of columns: label, or label and choice of a tick box."""
    labels = dict(zip(dictionary[NAME], dictionary[LABEL], strict=True)) | SYSTEM
    choices = dict(zip(dictionary[NAME], dictionary[CHOICES], strict=True))
    return [_name(column, labels, choices) for column in columns]


def _name(column: str, labels: dict[str, str], choices: dict[str, str]) -> str:
    field, is_box, code = column.partition(BOX)
    if is_box:
        listed = dict(choice.split(", ", 1) for choice in choices[field].split(" | "))
        return f"{labels[field]} (choice={listed[code]})"
    if column in labels:
        return labels[column]
    return STATE_LABEL if column.endswith(STATE) else column.replace("_", " ").capitalize()
