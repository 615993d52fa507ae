"""One instrument of the project as rows of the export: the fields of the form that it has."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.rows import keep_first, widen
from analysis.simulate.exports.cells.style import encode_field
from analysis.simulate.exports.cells.ticks import encode_ticks
from analysis.simulate.exports.design.forms import Field, Form
from analysis.simulate.exports.redcap.project import (
    EVENT,
    EVENT_OF,
    INSTANCE,
    INSTRUMENT,
    RECORD,
    SUBJECT,
    Export,
    list_ticks,
)

CRITERIA = "ie"


def build_instrument(carrier: Carrier, form: Form, export: Export) -> pd.DataFrame:
    """Return the rows of a form: record, event, repeat, its fields and whether it is complete."""
    if form.table == CRITERIA:
        return _build_criteria(carrier, form, export)
    visits = [column for column in ("VISIT",) if column in form.system]
    if not form.repeats:
        keep_first(carrier, form.table, ["SUBJID", *visits])
    record = carrier.encode(form.table, "SUBJID", SUBJECT)
    event = _find_events(carrier, form, export)
    frame = pd.DataFrame({RECORD: record, EVENT: event, INSTRUMENT: "", INSTANCE: ""})
    if form.repeats:
        numbers = frame.groupby([RECORD, EVENT]).cumcount() + 1
        frame[INSTRUMENT] = export.name_instrument(form)
        frame[INSTANCE] = numbers.astype(str)
    for each in form.fields:
        frame = frame.join(_encode(carrier, form, each, export))
    return frame.assign(**{f"{form.name}_complete": export.complete})


def name_criterion(code: str) -> str:
    """Return the field of a criterion.

    >>> name_criterion("IN03"), name_criterion("EX10")
    ('incl_03', 'excl_10')
    """
    return f"{'incl' if code.startswith('IN') else 'excl'}_{code[2:]}"


def _find_events(carrier: Carrier, form: Form, export: Export) -> pd.Series | str:
    if "VISIT" in form.system:
        return carrier.encode(form.table, "VISIT", export.name_visits())
    return export.name_event(EVENT_OF[form.table])


def _encode(carrier: Carrier, form: Form, each: Field, export: Export) -> pd.DataFrame:
    boxes = list_ticks(each)
    if not boxes:
        return pd.DataFrame({each.name: encode_field(carrier, form, each, export.style)})
    return encode_ticks(carrier, form.table, each.column, boxes, export.ticks)


def _build_criteria(carrier: Carrier, form: Form, export: Export) -> pd.DataFrame:
    """A field a criterion, once for every subject."""
    wide = widen(carrier, form, "IETESTCD", form.field("IEORRES"), export.style)
    frame = pd.DataFrame(
        {
            RECORD: wide["SUBJID"].map(SUBJECT.write),
            EVENT: export.name_event(EVENT_OF[form.table]),
            INSTRUMENT: "",
            INSTANCE: "",
        }
    )
    fields = wide.drop(columns="SUBJID").rename(columns=name_criterion)
    return frame.join(fields).assign(**{f"{form.name}_complete": export.complete})
