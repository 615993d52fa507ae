"""Baseline: the randomised subjects and what was known of them before treatment."""

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, compute_hours
from analysis.config import Plan
from analysis.config.columns import UNKNOWN_SITE
from analysis.edc.allocation.lists import Lists
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode

_SECONDS_PER_MINUTE = 60.0

RENAMED = {"RANDDTC": "RANDDTM", "LKWDTC": "LKWDTM", "PUNCDTC": "PUNCDTM", "RECANDTC": "RECANDTM"}
"""Columns of the export that have another name in ADSL."""


def build_subjects(tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return one row per subject of ``rand`` with the columns of ``dm``, ``bl`` and ``evt``.

    Derived beside them: LKWRNDH, last known well to randomisation in hours (negative if
    randomised first); PUNCRECM, arterial puncture to recanalisation in minutes; MRSPRGR1, the
    pre-stroke mRS cut in "0" and ">=1". A subject without a site has that of all such subjects,
    :data:`analysis.config.columns.UNKNOWN_SITE`. Ordered by subject id.
    """
    subjects = tables["rand"].sort_values(SUBJECT, ignore_index=True)
    for name in ("dm", "bl", "evt"):
        subjects = subjects.merge(tables[name], on=SUBJECT, how="left", validate="one_to_one")
    subjects = subjects.rename(columns=RENAMED)
    subjects.insert(0, "STUDYID", plan.trial.registry_id)
    onset, randomised = subjects["LKWDTM"], subjects["RANDDTM"]
    procedure = (subjects["RECANDTM"] - subjects["PUNCDTM"]).dt.total_seconds()
    return subjects.assign(
        RANDDT=randomised.dt.normalize(),
        LKWRNDH=compute_hours(randomised, onset),
        PUNCRECM=procedure / _SECONDS_PER_MINUTE,
        MRSPRGR1=_cut_prestroke(subjects["MRSPRE"]),
        RFICEMFL=subjects["RFICEMFL"].fillna("Y"),
        SITEID=subjects["SITEID"].fillna(UNKNOWN_SITE).astype("str"),
    )


def query_unknown_sites(adsl: pd.DataFrame) -> list[Query]:
    """Return a query for every subject without a site."""
    return [
        Query(
            Severity.WARNING, "dm", f"{SUBJECT}={subject}", "SITEID", "", Rule.SITE_UNKNOWN,
            MessageCode.SITE_UNKNOWN.write(),
        )
        for subject in adsl.loc[adsl["SITEID"] == UNKNOWN_SITE, SUBJECT]
    ]  # fmt: skip


def derive_planned_treatment(adsl: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """Add TRT01P, the arm of RANDNO on the randomisation list, and ITTFL (SAP 3.1); same rows."""
    arm = adsl["RANDNO"].map(lists.arm_of_randno).astype("str")
    return adsl.assign(TRT01P=arm, ITTFL="Y")


def _cut_prestroke(mrs: pd.Series) -> pd.Series:
    cut = (mrs >= 1).map({True: ">=1", False: "0"}, na_action="ignore")
    return cut.astype("str")
