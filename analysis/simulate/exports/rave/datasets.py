"""The data set of a form: the columns that Rave puts before its fields, then the fields."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.rows import keep_first_site, keep_subjects
from analysis.simulate.exports.design.forms import Form
from analysis.simulate.exports.rave.study import FOLDERS, PROJECT, SUBJECT, VISITS, find_folder
from analysis.simulate.exports.rave.twins import build_twins

LOG = "screening"
SAVED = "01JAN2026:00:00:00"
"""When everything was saved, so that the same trial gives the same bytes."""


def build_dataset(carrier: Carrier, form: Form) -> pd.DataFrame:
    """Return the data set of a form, a row a record."""
    if form.table == LOG:
        return _build_log(carrier, form)
    keep_subjects(carrier, [form])
    if "SITEID" in form.system:
        keep_first_site(carrier)
    frame = _start(carrier, form, carrier.encode(form.table, "SUBJID", SUBJECT))
    return pd.concat([frame, *_build_fields(carrier, form)], axis=1)


def find_sites(carrier: Carrier) -> dict[str, str]:
    """Return the site of each subject, as its first demographics form says."""
    dm = carrier.tables["dm"].drop_duplicates("SUBJID")
    return dict(zip(dm["SUBJID"].map(SUBJECT.write), dm["SITEID"], strict=True))


def _build_fields(carrier: Carrier, form: Form) -> list[pd.DataFrame]:
    return [build_twins(carrier, form, each) for each in form.fields]


def _start(carrier: Carrier, form: Form, subjects: pd.Series) -> pd.DataFrame:
    if "VISIT" in form.system:
        folders = carrier.encode(form.table, "VISIT", VISITS)
    else:
        folders = pd.Series(find_folder(form), index=subjects.index)
    sites = subjects.map(find_sites(carrier)).fillna("")
    records = (subjects + folders).groupby(subjects + folders).cumcount() + 1
    once = pd.Series(0, index=subjects.index)
    pages, positions = (once, records) if form.repeats else (records - 1, once)
    return pd.DataFrame(
        {
            "project": PROJECT,
            "environmentName": "Prod",
            "Subject": subjects,
            "Site": "Site " + sites,
            "SiteNumber": sites,
            "InstanceName": folders.map(FOLDERS),
            "InstanceRepeatNumber": "0",
            "Folder": folders,
            "FolderName": folders.map(FOLDERS),
            "DataPageName": form.label,
            "PageRepeatNumber": pages,
            "RecordPosition": positions,
            "SaveTS": SAVED,
        }
    ).astype(str)


def _build_log(carrier: Carrier, form: Form) -> pd.DataFrame:
    """The screening log is a form of patients, whose subject is the screening number."""
    log = carrier.tables[form.table]
    frame = _start(carrier, form, log["SCRNO"])
    frame["SiteNumber"], frame["Site"] = log["SITEID"], "Site " + log["SITEID"]
    frame["STUDY_SUBJECT"] = carrier.encode(form.table, "SUBJID", SUBJECT)
    return pd.concat([frame, *_build_fields(carrier, form)], axis=1)
