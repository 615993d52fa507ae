"""The REDCap project: events, instruments and how cells are written, raw and labelled."""

from dataclasses import dataclass

from analysis.simulate.exports.cells.codec import Codec, write_prefix
from analysis.simulate.exports.cells.dates import DateForms
from analysis.simulate.exports.cells.style import Style
from analysis.simulate.exports.cells.visits import write_visits
from analysis.simulate.exports.design.forms import Field, Form

DATES = DateForms("%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m")
MISSING = {"NI": "No information", "UNK": "Unknown", "NASK": "Not asked"}
"""Missing-data codes of the project, and their labels."""
SUBJECT = write_prefix("S")
RECORD, EVENT, INSTRUMENT, INSTANCE, GROUP = (
    "record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
    "redcap_data_access_group",
)  # fmt: skip
KEYS = [RECORD, EVENT, INSTRUMENT, INSTANCE]
UNSCHEDULED = "unscheduled"
EVENTS = {
    "baseline": "Baseline",
    "day_0": "Day 0",
    "hour_24": "24 hours",
    "day_7": "Day 7",
    "day_30": "Day 30",
    "day_90": "Day 90",
    UNSCHEDULED: "Unscheduled",
    "logs": "Logs",
    "end_of_study": "End of study",
}
EVENT_OF = {
    "dm": "baseline", "bl": "baseline", "ie": "baseline", "rand": "day_0", "evt": "day_0",
    "ex": "day_0", "ich": "logs", "ae": "logs", "dv": "logs", "cm": "logs",
    "ds": "end_of_study", "dd": "end_of_study",
}  # fmt: skip
VISITS = {"H24": "hour_24", "D7": "day_7", "D30": "day_30", "D90": "day_90"}
TICKS = {"ANTIPLT": ("pre_athro", "1"), "ANTICOAG": ("pre_athro", "2")}
"""Answers of yes and no that are two boxes of one field: its name, and the code of the box."""
TICKED_CODES = ("DSACOMP",)
"""Codes that are a box each."""


@dataclass(frozen=True)
class Export:
    """An export of the project. ``labelled``: words in the place of codes."""

    labelled: bool

    @property
    def style(self) -> Style:
        """How cells are written."""
        missing = tuple(MISSING.values() if self.labelled else MISSING)
        return Style("label" if self.labelled else "number", SUBJECT, DATES, missing)

    @property
    def ticks(self) -> tuple[str, str]:
        """A box that is ticked, and one that is not."""
        return ("Checked", "Unchecked") if self.labelled else ("1", "0")

    @property
    def complete(self) -> str:
        """The state of a form that was filled in."""
        return "Complete" if self.labelled else "2"

    def name_event(self, event: str) -> str:
        """Return an event as the export names it."""
        return EVENTS[event] if self.labelled else f"{event}_arm_1"

    def name_instrument(self, form: Form) -> str:
        """Return a repeating instrument as the export names it."""
        return form.label if self.labelled else form.name

    def name_visits(self) -> Codec:
        """Return how visits become events; a visit that is none is the unscheduled event."""
        events = {visit: self.name_event(event) for visit, event in VISITS.items()}
        return write_visits(events, self.name_event(UNSCHEDULED))

    def name_groups(self) -> Codec:
        """Return how sites become data access groups."""
        return write_prefix("Site " if self.labelled else "site_")


def list_ticks(each: Field) -> dict[str, str]:
    """Return the boxes of a field by the code of the layout that each stands for.

    >>> from analysis.simulate.exports.design.forms import load_forms
    >>> list_ticks(load_forms()["evt"].field("DSACOMP"))["NONE"]
    'dsa_compl___1'
    """
    if each.column in TICKS:
        return {"Y": "___".join(TICKS[each.column])}
    if each.column in TICKED_CODES:
        return {option.text: f"{each.name}___{option.number}" for option in each.options}
    return {}
