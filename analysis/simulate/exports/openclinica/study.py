"""The study in OpenClinica: identifiers, events, OIDs and how cells are written."""

from analysis.simulate.exports.cells.codec import Codec
from analysis.simulate.exports.cells.dates import DateForms
from analysis.simulate.exports.cells.style import Style
from analysis.simulate.exports.cells.visits import write_visits
from analysis.simulate.exports.design.forms import Field, Form

STUDY, VERSION = "S_IMPACTLVO", "v1.0.0"
SUBJECT = Codec(lambda text: text.replace("-", "_"), lambda text: text.replace("_", "-"))
STYLE = Style("number", SUBJECT, DateForms("%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m"))
EVENTS = {
    "SE_BASELINE": "Baseline", "SE_DAY0": "Day 0", "SE_H24": "24 hours", "SE_DAY7": "Day 7",
    "SE_DAY30": "Day 30", "SE_DAY90": "Day 90", "SE_UNSCHED": "Unscheduled", "SE_LOGS": "Logs",
    "SE_SCREENING": "Screening log",
}  # fmt: skip
VISITS = write_visits(
    {"H24": "SE_H24", "D7": "SE_DAY7", "D30": "SE_DAY30", "D90": "SE_DAY90"}, "SE_UNSCHED"
)
_EVENT_OF = {
    "rand": "SE_DAY0", "evt": "SE_DAY0", "ex": "SE_DAY0", "screening": "SE_SCREENING",
    "dm": "SE_BASELINE", "bl": "SE_BASELINE", "ie": "SE_BASELINE",
}  # fmt: skip


def find_event(form: Form) -> str:
    """Return the event of a form that stands at one alone."""
    return _EVENT_OF.get(form.table, "SE_LOGS")


def name_form(form: Form) -> str:
    """Return the OID of a form."""
    return f"F_{form.name.upper()}_V10"


def name_group(form: Form) -> str:
    """Return the OID of the item group of a form."""
    return f"IG_{form.name.upper()}"


def name_item(form: Form, name: str) -> str:
    """Return the OID of an item."""
    return f"I_{form.name.upper()}_{name.upper()}"


def name_codes(each: Field) -> str:
    """Return the OID of the code list of a field; yes and no have one for all."""
    return "CL_YESNO" if each.type == "yn" else f"CL_{each.column}"


def list_items(each: Field) -> list[str]:
    """Return the items of a field: a moment has one for the day and one for the time.

    >>> list_items(Field("RANDDTC", "rand_dt", "", "", "datetime"))
    ['rand_dt_date', 'rand_dt_time']
    """
    return [f"{each.name}_date", f"{each.name}_time"] if each.type == "datetime" else [each.name]
