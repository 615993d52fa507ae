"""The study in Rave: identifiers, folders and how cells are written."""

from analysis.simulate.exports.cells.codec import write_prefix, write_unit
from analysis.simulate.exports.cells.dates import DateForms
from analysis.simulate.exports.cells.style import Style
from analysis.simulate.exports.cells.visits import write_visits
from analysis.simulate.exports.design.forms import Form

PROJECT = "IMPACT-LVO"
SUBJECT = write_prefix("IMPACT-")
DATES = DateForms(
    "%d %b %Y %H:%M", "%d %b %Y", "UN %b %Y", "UN UNK %Y", capitals=True, marks_unknown=True
)
KG_OF_LB = 0.45359237
STYLE = Style(
    "label", SUBJECT, DATES, units={("dm", "WEIGHT"): write_unit(KG_OF_LB, 1, 1)}
)  # the scales of the sites show pounds
UNITS = {("dm", "WEIGHT"): "lb"}
FOLDERS = {
    "SCR": "Screening", "DAY0": "Day 0", "H24": "24 hours", "D7": "Day 7", "M1": "Month 1",
    "M3": "Month 3", "UNSCH": "Unscheduled", "LOG": "Running records", "EOS": "End of study",
}  # fmt: skip
VISITS = write_visits({"H24": "H24", "D7": "D7", "D30": "M1", "D90": "M3"}, "UNSCH")
_FOLDER_OF = {"rand": "DAY0", "evt": "DAY0", "ex": "DAY0", "ds": "EOS", "dd": "EOS"}
_LOGS = ("ich", "ae", "dv", "cm")


def find_folder(form: Form) -> str:
    """Return the folder of a form that stands in one alone."""
    return "LOG" if form.table in _LOGS else _FOLDER_OF.get(form.table, "SCR")


def find_unit(form: Form, column: str, unit: str) -> str:
    """Return the unit in which the sites enter a column."""
    return UNITS.get((form.table, column), unit)
