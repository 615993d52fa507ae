"""Study drug: what was planned, what was given, and the arm as treated (SAP 3.2, 3.3)."""

import numpy as np
import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, flag, given_doses, look_up
from analysis.config import Plan
from analysis.edc.allocation.lists import Lists
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.io.large.text_columns import is_among


def derive_actual_treatment(
    adsl: pd.DataFrame, tables: Tables, lists: Lists
) -> tuple[pd.DataFrame, list[Query]]:
    """Add SAFFL (any dose given), TRT01A and TRTSDTM (first dose given); same rows (SAP 3.3).

    TRT01A is the arm of the kit of the first dose given: earliest EXSTDTC, then EXSEQ, undated
    doses last. With a kit that is blank or on no list it is TRT01P, and a query. Subjects outside
    the safety set have none.
    """
    order = [SUBJECT, "EXSTDTC", "EXSEQ"]
    first = given_doses(tables).sort_values(order, kind="stable", na_position="last")
    first = first.drop_duplicates(SUBJECT).set_index(SUBJECT)
    treated = is_among(adsl[SUBJECT], first.index)
    arm = look_up(adsl, first["EXKIT"].map(lists.arm_of_kit).astype("str"))
    derived = adsl.assign(
        SAFFL=flag(treated),
        TRT01A=arm.fillna(adsl["TRT01P"]).where(treated),
        TRTSDTM=look_up(adsl, first["EXSTDTC"]),
    )
    unknown = first.loc[adsl.loc[treated & arm.isna(), SUBJECT]].reset_index()
    queries = [
        Query(
            Severity.WARNING, "ex", f"{SUBJECT}={row[SUBJECT]}; EXSEQ={row['EXSEQ']}", "EXKIT",
            "" if pd.isna(row["EXKIT"]) else str(row["EXKIT"]), Rule.KIT_UNKNOWN,
            MessageCode.KIT_UNKNOWN.write(),
        )
        for row in unknown.to_dict("records")
    ]  # fmt: skip
    return derived, queries


def compute_day_doses(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return planned and given dose of every subject and dosing day: SUBJID, EXDAY, columns below.

    GIVEN is the sum of the doses of the day in mg, 0 when nothing is recorded. PLANNED is the
    largest EXPDOSE of the day, else mg per kg times weight (missing when the weight is too);
    on day 0 it is the intra-arterial dose of the plan. DUE is False for a dose not given to a
    subject who died on or before that day (SAP 3.2).
    """
    days = pd.DataFrame({"EXDAY": pd.Series([0, *plan.dosing.iv_days], dtype="Int64")})
    subjects = adsl[[SUBJECT, "WEIGHT", "DTHADY"]]
    grid = subjects.merge(days, how="cross")
    given = given_doses(tables).groupby([SUBJECT, "EXDAY"])["EXDOSE"].sum().rename("GIVEN")
    planned = tables["ex"].groupby([SUBJECT, "EXDAY"])["EXPDOSE"].max().rename("PLANNED")
    grid = grid.join(given, on=[SUBJECT, "EXDAY"]).join(planned, on=[SUBJECT, "EXDAY"])
    grid["GIVEN"] = grid["GIVEN"].fillna(0.0)
    by_weight = plan.dosing.iv_mg_per_kg * grid["WEIGHT"]
    is_ia = grid["EXDAY"] == 0
    grid["PLANNED"] = grid["PLANNED"].fillna(by_weight).mask(is_ia, plan.dosing.ia_mg)
    dead = (grid["DTHADY"] <= grid["EXDAY"]).fillna(False).astype(bool)
    grid["DUE"] = is_ia | ~((grid["GIVEN"] == 0) & dead)
    return grid[[SUBJECT, "EXDAY", "PLANNED", "GIVEN", "DUE"]]


def sum_doses(doses: pd.DataFrame) -> pd.DataFrame:
    """Return GIVEN and PLANNED by subject, summed over rows of :func:`compute_day_doses`.

    PLANNED is missing where that of one dose is.
    """
    codes, subjects = pd.factorize(doses[SUBJECT], sort=True)
    planned = np.bincount(
        codes, weights=doses["PLANNED"].to_numpy(dtype="float64", na_value=np.nan)
    )
    given = doses.groupby(SUBJECT)["GIVEN"].sum()
    return pd.DataFrame({"GIVEN": given, "PLANNED": pd.Series(planned, index=subjects)})


def check_doses(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> list[Query]:
    """Return the dose queries: before randomisation, planned dose off or unknown (SAP 3.2)."""
    ex = tables["ex"]
    subjects = adsl.set_index(SUBJECT)
    randomised = look_up(ex, subjects["RANDDTM"])
    expected = plan.dosing.iv_mg_per_kg * look_up(ex, subjects["WEIGHT"])
    tolerance = plan.dosing.planned_tolerance_percent / 100
    off = (ex["EXPDOSE"] - expected).abs() > tolerance * expected * (1 + ROUNDING)
    off &= ex["EXDAY"].isin(plan.dosing.iv_days).fillna(False)
    early = (ex["EXSTDTC"] < randomised) & (ex["EXDOSE"] > 0)
    return [
        *_query_rows(
            ex[early], "EXSTDTC", Rule.DOSE_BEFORE_RANDOMISATION,
            MessageCode.DOSE_BEFORE_RANDOMISATION.write(),
        ),
        *_query_rows(
            ex[off], "EXPDOSE", Rule.DOSE_PLANNED_OFF,
            MessageCode.DOSE_PLANNED_OFF.write(
                percent=f"{plan.dosing.planned_tolerance_percent:g}",
                dose=f"{plan.dosing.iv_mg_per_kg:g}",
            ),
        ),
        *_query_unplanned(adsl, tables, plan),
    ]  # fmt: skip


def _query_unplanned(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> list[Query]:
    """Subjects whose intravenous doses cannot be judged: given, but of an unknown plan."""
    doses = compute_day_doses(adsl, tables, plan)
    due = doses[doses["DUE"] & (doses["EXDAY"] != 0)]
    given = due.groupby(SUBJECT)["GIVEN"].transform("sum") > 0
    return [
        Query(
            Severity.WARNING, "ex", f"{SUBJECT}={subject}", "EXPDOSE", "", Rule.CRITERION_MISSING,
            MessageCode.DOSE_CRITERION_MISSING.write(),
        )
        for subject in due.loc[given & due["PLANNED"].isna(), SUBJECT].drop_duplicates()
    ]  # fmt: skip


ROUNDING = 1e-9
"""Relative slack of dose limits: 80 % of a decimal dose is not exact in binary."""


def _query_rows(rows: pd.DataFrame, column: str, rule: Rule, message: str) -> list[Query]:
    return [
        Query(
            Severity.WARNING, "ex", f"{SUBJECT}={row[SUBJECT]}; EXSEQ={row['EXSEQ']}", column,
            f"{row[column]:%Y-%m-%dT%H:%M}" if column == "EXSTDTC" else f"{row[column]:g}",
            rule, message,
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
