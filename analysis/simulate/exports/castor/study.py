"""The study in Castor: how cells are written, which forms repeat, and how fields are named."""

from analysis.simulate.exports.cells.codec import (
    replace_characters,
    write_prefix,
    write_unit,
    write_without,
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
SUBJECT = write_without("-", after=2)
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
    return form.repeats and form.table != "ie"


def name_criterion(code: str) -> str:
    """Return the field of a criterion.

    >>> name_criterion("IN03")
    'crit_in03'
    """
    return f"crit_{code.lower()}"
