"""Baseline: the randomised subjects and what was known of them before treatment."""

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables
from analysis.config import Plan
from analysis.edc.allocation.lists import Lists

_SECONDS_PER_HOUR = 3600.0
_SECONDS_PER_MINUTE = 60.0

_RENAMED = {"RANDDTC": "RANDDTM", "LKWDTC": "LKWDTM", "PUNCDTC": "PUNCDTM", "RECANDTC": "RECANDTM"}


def build_subjects(tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return one row per subject of ``rand`` with the columns of ``dm``, ``bl`` and ``evt``.

    Derived beside them: LKWRNDH, last known well to randomisation in hours (negative if
    randomised first); PUNCRECM, arterial puncture to recanalisation in minutes; MRSPRGR1, the
    pre-stroke mRS cut in "0" and ">=1". Ordered by subject id.
    """
    subjects = tables["rand"].sort_values(SUBJECT, ignore_index=True)
    for name in ("dm", "bl", "evt"):
        subjects = subjects.merge(tables[name], on=SUBJECT, how="left", validate="one_to_one")
    subjects = subjects.rename(columns=_RENAMED)
    subjects.insert(0, "STUDYID", plan.trial.registry_id)
    onset, randomised = subjects["LKWDTM"], subjects["RANDDTM"]
    procedure = (subjects["RECANDTM"] - subjects["PUNCDTM"]).dt.total_seconds()
    return subjects.assign(
        RANDDT=randomised.dt.normalize(),
        LKWRNDH=(randomised - onset).dt.total_seconds() / _SECONDS_PER_HOUR,
        PUNCRECM=procedure / _SECONDS_PER_MINUTE,
        MRSPRGR1=_cut_prestroke(subjects["MRSPRE"]),
        RFICEMFL=subjects["RFICEMFL"].fillna("Y"),
    )


def derive_planned_treatment(adsl: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """Add TRT01P, the arm of RANDNO on the randomisation list, and ITTFL (SAP 3.1); same rows."""
    arm = adsl["RANDNO"].map(lists.arm_of_randno).astype("str")
    return adsl.assign(TRT01P=arm, ITTFL="Y")


def _cut_prestroke(mrs: pd.Series) -> pd.Series:
    cut = (mrs >= 1).map({True: ">=1", False: "0"}, na_action="ignore")
    return cut.astype("str")
