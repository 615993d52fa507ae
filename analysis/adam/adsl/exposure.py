"""Exposure: study drug received, and the concomitant medication of interest (SAP 9.4)."""

import pandas as pd

from analysis.adam.adsl.dosing import compute_day_doses, sum_doses
from analysis.adam.tables import SUBJECT, Tables, flag, given_doses, look_up
from analysis.config import Plan
from analysis.io.large.text_columns import is_among

MEDICATIONS = {"CMSTERFL": "STEROID", "CMINSFL": "INSULIN"}
"""Flag of ADSL: class of medication (CMCLAS)."""


def derive_exposure(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Add what was received of the study drug and beside it; same rows (SAP 9.4).

    NDOSE: doses given, several rows of one EXDAY being one dose. EXD0FL ...: the dose of that day
    was given. DOSEMG, DOSEMGKG: total given, mg and mg per kg. DOSEPCT: compliance, the percent
    given of what was planned for the doses due (SAP 3.2); missing where the plan is unknown.
    CMSTERFL, CMINSFL: any open-label steroid, any insulin; missing without a table ``cm``.
    """
    doses = given_doses(tables)
    total = look_up(adsl, doses.groupby(SUBJECT)["EXDOSE"].sum()).astype("float64").fillna(0.0)
    days = look_up(adsl, doses.groupby(SUBJECT)["EXDAY"].nunique())
    derived = adsl.assign(
        NDOSE=days.fillna(0).astype("Int64"),
        DOSEMG=total,
        DOSEMGKG=total / adsl["WEIGHT"].where(adsl["WEIGHT"] > 0),
        DOSEPCT=look_up(adsl, _compute_compliance(adsl, tables, plan)),
    )
    for day in (0, *plan.dosing.iv_days):
        of_day = doses.loc[(doses["EXDAY"] == day).fillna(False), SUBJECT]
        given = is_among(adsl[SUBJECT], of_day)
        derived[f"EXD{day}FL"] = flag(given)
    return derived.assign(**_flag_medication(adsl, tables.get("cm")))


def _compute_compliance(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.Series:
    """Percent given of the dose planned, by subject; doses that were not due do not count."""
    doses = compute_day_doses(adsl, tables, plan)
    totals = sum_doses(doses[doses["DUE"]])
    percent: pd.Series = 100.0 * totals["GIVEN"] / totals["PLANNED"]
    return percent.astype("float64")


def _flag_medication(adsl: pd.DataFrame, cm: pd.DataFrame | None) -> dict[str, pd.Series]:
    if cm is None:
        missing = pd.Series(pd.NA, index=adsl.index, dtype="str")
        return dict.fromkeys(MEDICATIONS, missing)
    return {
        name: flag(adsl[SUBJECT].isin(cm.loc[cm["CMCLAS"].eq(kind).fillna(False), SUBJECT]))
        for name, kind in MEDICATIONS.items()
    }
