"""The records of the project as one wide table: a row an event, and a row a repeated instrument."""

from functools import reduce

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.rows import keep_subjects
from analysis.simulate.exports.design.forms import Form, load_forms
from analysis.simulate.exports.redcap.instruments import build_instrument
from analysis.simulate.exports.redcap.project import (
    EVENT,
    EVENTS,
    GROUP,
    INSTRUMENT,
    KEYS,
    RECORD,
    Export,
)

LOG = "screening"
"""The screening log is a project of its own: most of its patients have no record in the other."""


def build_records(carrier: Carrier, export: Export) -> pd.DataFrame:
    """Return the export: keys, data access group, then the fields of each instrument in turn."""
    forms = [form for table, form in load_forms().items() if table != LOG]
    keep_subjects(carrier, forms)
    parts = {form.name: build_instrument(carrier, form, export) for form in forms}
    fields = [name for part in parts.values() for name in part.columns if name not in KEYS]
    once = [parts[form.name] for form in forms if not _repeats(form)]
    repeated = [parts[form.name] for form in forms if _repeats(form)]
    base = reduce(lambda left, right: left.merge(right, on=KEYS, how="outer"), once)
    wide = pd.concat([base, *repeated], ignore_index=True).fillna("")
    wide = wide.assign(**{GROUP: wide[RECORD].map(_find_groups(carrier, export)).fillna("")})
    return _sort(wide, forms, export)[[*KEYS, GROUP, *fields]]


def build_log(carrier: Carrier, export: Export) -> pd.DataFrame:
    """Return the export of the screening log: a record a patient screened."""
    form, style = load_forms()[LOG], export.style
    frame = pd.DataFrame(
        {
            RECORD: carrier.tables[LOG]["SCRNO"],
            GROUP: carrier.encode(LOG, "SITEID", export.name_groups()),
            "study_record": carrier.encode(LOG, "SUBJID", style.subject),
        }
    )
    for each in form.fields:
        codec = style.find_codec(LOG, each)
        frame[each.name] = carrier.encode(LOG, each.column, codec)
    return frame.assign(**{f"{form.name}_complete": export.complete})


def _repeats(form: Form) -> bool:
    """Criteria are fields of one form here, though rows of a table."""
    return form.repeats and form.table != "ie"


def _find_groups(carrier: Carrier, export: Export) -> dict[str, str]:
    sites = carrier.encode("dm", "SITEID", export.name_groups())
    records = carrier.tables["dm"]["SUBJID"].map(export.style.subject.write)
    return dict(zip(records, sites, strict=True))


def _sort(wide: pd.DataFrame, forms: list[Form], export: Export) -> pd.DataFrame:
    """Records, their events in order, each first without a repeat."""
    events = {export.name_event(event): i for i, event in enumerate(EVENTS)}
    instruments = {export.name_instrument(form): i for i, form in enumerate(forms, start=1)}
    order = pd.DataFrame(
        {
            "record": wide[RECORD],
            "event": wide[EVENT].map(events),
            "instrument": wide[INSTRUMENT].map(instruments).fillna(0),
        }
    )
    return wide.loc[order.sort_values(list(order.columns), kind="stable").index]
