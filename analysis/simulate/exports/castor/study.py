"""The study in Castor: how cells are written, which forms repeat, and how fields are named."""

from analysis.simulate.exports.cells.codec import (
    Codec,
    replace_characters,
    write_prefix,
    write_unit,
)
from analysis.simulate.exports.cells.dates import DateForms
from analysis.simulate.exports.cells.style import Style
from analysis.simulate.exports.cells.visits import write_visits
from analysis.simulate.exports.design.forms import Form, load_visits

MISSING = {
    "-95": "Measurement failed",
    "-96": "Not applicable",
    "-97": "Not asked",
    "-98": "Asked but unknown",
    "-99": "Not done",
}
"""The user missings that Castor has in every field."""
DATES = DateForms("%d-%m-%Y %H:%M", "%d-%m-%Y", "UK-%m-%Y", "UK-UK-%Y", marks_unknown=True)
MMOL_PER_L_OF_MG_PER_DL = 1 / 18.0156
"""Glucose, 180.156 g/mol."""
SUBJECT = Codec(lambda text: text[:2] + text[3:] if _has_dash(text) else text, lambda t: _dash(t))
SITE = write_prefix("Z")
STYLE = Style(
    "number",
    SUBJECT,
    DATES,
    tuple(MISSING),
    units={("bl", "GLUC"): write_unit(MMOL_PER_L_OF_MG_PER_DL, 1, 1)},
    free_text=replace_characters([(";", "-")]),
)
VISITS = write_visits({code: visit.label for code, visit in load_visits().items()}, "No parent")
PARTICIPANT, STATUS, GROUP = "Participant Id", "Participant Status", "Site Abbreviation"
PARENT = "Repeating Data Parent"
SPLIT = ("RANDDTC",)
"""Moments that are a field of the day and a field of the time."""
BOXES = ("DSACOMP",)
LOG = "screening"


def repeats(form: Form) -> bool:
    """Return whether a form is repeating data; criteria are fields of a form of the plan."""
    return form.table in ("nihss", "mrs") or (form.repeats and form.table != "ie")


def name_criterion(code: str) -> str:
    """Return the field of a criterion.

    >>> name_criterion("IN03")
    'crit_in03'
    """
    return f"crit_{code.lower()}"


def _has_dash(text: str) -> bool:
    return text[2:3] == "-"


def _dash(text: str) -> str:
    return f"{text[:2]}-{text[2:]}" if text and not _has_dash(text) else text
