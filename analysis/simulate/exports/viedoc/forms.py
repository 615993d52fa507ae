"""One form of a Viedoc export: who and when, its items, codes beside words, and the labels."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.codec import write_prefix
from analysis.simulate.exports.cells.dates import DateForms
from analysis.simulate.exports.cells.rows import keep_first_site, keep_subjects
from analysis.simulate.exports.cells.style import Style, encode_field
from analysis.simulate.exports.cells.visits import write_visits
from analysis.simulate.exports.design.forms import Field, Form, load_visits

SUBJECT = write_prefix("CN-")
DATES = DateForms("%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m-NK", "%Y-NK-NK", marks_unknown=True)
STYLE = Style("label", SUBJECT, DATES)
UNSCHEDULED = "EV_UNSCH"
EVENTS = {"H24": "EV_H24", "D7": "EV_D7", "D30": "EV_D30", "D90": "EV_D90"}
VISITS = write_visits(EVENTS, UNSCHEDULED)
BASELINE, LOG_EVENT = "EV_BL", "EV_LOG"
NAMES = {code: load_visits()[visit].label for visit, code in EVENTS.items()} | {
    UNSCHEDULED: "Unscheduled", BASELINE: "Baseline", LOG_EVENT: "Common forms",
}  # fmt: skip
CODE = "CD"
"""What follows the id of an item in that of the column of its codes."""
LABELS = {
    "SiteCode": "Site code", "SubjectId": "Subject Id", "EventSeq": "Event sequence number",
    "EventId": "Event Id", "EventName": "Event name", "FormSeq": "Form sequence number",
    "SubjectFormSeq": "Subject form sequence number", "PatientId": "Patient screened",
}  # fmt: skip


def build_form(carrier: Carrier, form: Form) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of a form, and the labels of its columns."""
    is_log = form.table == "screening"
    if not is_log:
        keep_subjects(carrier, [form])
        if "SITEID" in form.system:
            keep_first_site(carrier)
    subjects = carrier.encode(form.table, "SUBJID", SUBJECT)
    parts = [_start(carrier, form, subjects)]
    if is_log:
        parts.append(carrier.tables[form.table][["SCRNO"]].set_axis(["PatientId"], axis=1))
    labels = [LABELS[column] for part in parts for column in part.columns]
    for each in form.fields:
        part = _build_item(carrier, form, each)
        parts.append(part)
        labels += [each.label, f"{each.label} - code"][: part.shape[1]]
    return pd.concat(parts, axis=1), labels


def _start(carrier: Carrier, form: Form, subjects: pd.Series) -> pd.DataFrame:
    if "VISIT" in form.system:
        events = carrier.encode(form.table, "VISIT", VISITS)
    else:
        event = LOG_EVENT if form.repeats and form.table != "ie" else BASELINE
        events = pd.Series(event, index=subjects.index)
    if form.table == "screening":
        sites = carrier.tables[form.table]["SITEID"]
    else:
        dm = carrier.tables["dm"].drop_duplicates("SUBJID").set_index("SUBJID")["SITEID"]
        sites = carrier.tables[form.table]["SUBJID"].map(dm).fillna("")
    order = {event: str(i) for i, event in enumerate(NAMES, start=1)}
    return pd.DataFrame(
        {
            "SiteCode": sites,
            "SubjectId": subjects,
            "EventSeq": events.map(order),
            "EventId": events,
            "EventName": events.map(NAMES),
            "FormSeq": (subjects + events).groupby(subjects + events).cumcount() + 1,
            "SubjectFormSeq": subjects.groupby(subjects).cumcount() + 1,
        }
    ).astype(str)


def _build_item(carrier: Carrier, form: Form, each: Field) -> pd.DataFrame:
    texts, name = encode_field(carrier, form, each, STYLE), each.name.upper()
    if not each.options:
        return pd.DataFrame({name: texts})
    numbers = {option.label: option.number for option in each.options}
    return pd.DataFrame({name: texts, name + CODE: [numbers.get(text, "") for text in texts]})
