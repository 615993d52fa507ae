"""The tables of a Castor export: participants, repeating data, screening log."""

from functools import reduce

import pandas as pd

from analysis.simulate.exports.castor.fields import encode_fields
from analysis.simulate.exports.castor.study import (
    GROUP,
    LOG,
    PARENT,
    PARTICIPANT,
    SITE,
    STATUS,
    STYLE,
    SUBJECT,
    VISITS,
    name_criterion,
    repeats,
)
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.rows import keep_first, keep_subjects, widen
from analysis.simulate.exports.design.forms import Form, load_forms

CREATED = "01-01-2026 00:00:00"
"""When everything was made, so that the same trial gives the same bytes."""


def build_study(carrier: Carrier) -> pd.DataFrame:
    """Return a row a participant: all forms that a participant has once."""
    forms = [f for table, f in load_forms().items() if table != LOG and not repeats(f)]
    keep_subjects(carrier, forms)
    parts = [_build_once(carrier, form) for form in forms]
    study = reduce(lambda left, right: left.merge(right, on=PARTICIPANT, how="outer"), parts)
    study = study.fillna("").sort_values(PARTICIPANT, kind="stable")
    study.insert(1, STATUS, "Not set")
    study.insert(2, GROUP, study[PARTICIPANT].map(find_sites(carrier)).fillna(""))
    study.insert(3, "Participant Creation Date", CREATED)
    return study


def build_repeating(carrier: Carrier, form: Form) -> pd.DataFrame:
    """Return a row an instance of a repeating form; its visit is the parent."""
    keep_subjects(carrier, [form])
    participants = carrier.encode(form.table, "SUBJID", SUBJECT)
    has_visits = "VISIT" in form.system
    numbers = participants.groupby(participants).cumcount() + 1
    system = {
        PARTICIPANT: participants,
        STATUS: "Not set",
        GROUP: participants.map(find_sites(carrier)).fillna(""),
        "Repeating Data Creation Date": CREATED,
        "Repeating Data Name Custom": form.label + " - " + numbers.astype(str),
        PARENT: carrier.encode(form.table, "VISIT", VISITS) if has_visits else "No parent",
    }
    return pd.DataFrame(system).join(encode_fields(carrier, form))


def build_log(carrier: Carrier) -> pd.DataFrame:
    """Return the screening log, a study of its own whose participants are patients screened."""
    system = {
        PARTICIPANT: carrier.tables[LOG]["SCRNO"],
        STATUS: "Not set",
        GROUP: carrier.encode(LOG, "SITEID", SITE),
        "study_id": carrier.encode(LOG, "SUBJID", SUBJECT),
    }
    return pd.DataFrame(system).join(encode_fields(carrier, load_forms()[LOG]))


def find_sites(carrier: Carrier) -> dict[str, str]:
    """Return the site of each participant."""
    dm = carrier.tables["dm"]
    return dict(zip(dm["SUBJID"].map(SUBJECT.write), dm["SITEID"].map(SITE.write), strict=True))


def _build_once(carrier: Carrier, form: Form) -> pd.DataFrame:
    if form.table == "ie":
        wide = widen(carrier, form, "IETESTCD", form.field("IEORRES"), STYLE)
        named = wide.rename(columns=lambda c: c if c == "SUBJID" else name_criterion(c))
        return named.assign(SUBJID=wide["SUBJID"].map(SUBJECT.write)).rename(
            columns={"SUBJID": PARTICIPANT}
        )
    if "VISIT" in form.system:
        _keep_planned(carrier, form)
    keep_first(carrier, form.table, ["SUBJID"])
    participants = carrier.encode(form.table, "SUBJID", SUBJECT)
    return participants.to_frame(PARTICIPANT).join(encode_fields(carrier, form))


def _keep_planned(carrier: Carrier, form: Form) -> None:
    """A form of one visit cannot stand at another."""
    other = carrier.tables[form.table]["VISIT"] != "D90"
    carrier.drop(form.table, other, "rows of a visit at which this form does not stand")
