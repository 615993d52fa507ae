"""The per-protocol set: every reason of every subject against it (SAP 3.2)."""

from collections.abc import Collection

import pandas as pd

from analysis.adam.adsl.dosing import ROUNDING, compute_day_doses, sum_doses
from analysis.adam.adsl.eligibility import find_violations
from analysis.adam.tables import SUBJECT, Tables, by_subject, flag, given_doses, look_up
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.edc.allocation.lists import Lists
from analysis.io.large.text_columns import is_among

Reasons = pd.DataFrame
"""SUBJID, CODE, VALUE: one row per subject and reason."""


def find_reasons(
    adsl: pd.DataFrame, tables: Tables, lists: Lists, plan: Plan, unchecked: Collection[str] = ()
) -> pd.DataFrame:
    """Return SUBJID, CODE, VALUE, REASON: one row per subject and reason, the plan's order.

    VALUE is what broke the rule. A reason that ``per_protocol.reasons`` does not name is none, and
    so is one of ``unchecked``, for which nothing was collected.
    """
    parts = [
        _find_site_answers(tables),
        find_violations(adsl, plan),
        *_find_dose_violations(adsl, tables, plan),
        _find_wrong_kits(adsl, tables, lists),
        _find_major_deviations(tables),
        *_find_outcome_reasons(adsl, plan),
    ]
    reasons = pd.concat(parts, ignore_index=True)
    words = describe_reasons(plan)
    reasons = reasons[reasons["CODE"].isin(list(words)) & ~reasons["CODE"].isin(list(unchecked))]
    rank = reasons["CODE"].map({code: i for i, code in enumerate(words)})
    reasons = reasons.assign(REASON=reasons["CODE"].map(words), rank=rank)
    ordered = reasons.sort_values([SUBJECT, "rank"], kind="stable", ignore_index=True)
    return ordered[[SUBJECT, "CODE", "VALUE", "REASON"]].astype("str")


def derive_per_protocol(adsl: pd.DataFrame, reasons: Reasons) -> pd.DataFrame:
    """Add PPROTFL: Y for a subject with no reason against it; same rows."""
    return adsl.assign(PPROTFL=flag(~is_among(adsl[SUBJECT], reasons[SUBJECT])))


def _join_values(rows: pd.DataFrame, code: str, values: pd.Series) -> Reasons:
    """One reason per subject, the values of its rows joined."""
    joined = values.groupby(rows[SUBJECT], sort=True).agg("; ".join)
    return pd.DataFrame({SUBJECT: joined.index, "CODE": code, "VALUE": joined.to_numpy()})


def _find_site_answers(tables: Tables) -> Reasons:
    ie = tables["ie"]
    wrong = pd.Series(False, index=ie.index)
    for kind, answer in (("IN", "N"), ("EX", "Y")):
        wrong |= (ie["IETESTCD"].str.startswith(kind) & ie["IEORRES"].eq(answer)).fillna(False)
    rows = ie[wrong].sort_values([SUBJECT, "IETESTCD"], kind="stable")
    return _join_values(rows, "IE", rows["IETESTCD"] + "=" + rows["IEORRES"])


def _find_dose_violations(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> list[Reasons]:
    """DOSEIA and DOSEIV: the dose given is outside the accepted share of the dose due.

    Where the planned dose is unknown (no EXPDOSE and no weight) a total of 0 mg is a violation; a
    total above 0 cannot be judged and is none.
    """
    doses = compute_day_doses(adsl, tables, plan)
    due = doses[doses["DUE"]]
    parts = []
    for code, rows in (("DOSEIA", due[due["EXDAY"] == 0]), ("DOSEIV", due[due["EXDAY"] != 0])):
        totals = sum_doses(rows)
        low, high = (share / 100 * totals["PLANNED"] for share in plan.dosing.accepted_percent)
        outside = (totals["GIVEN"] < low * (1 - ROUNDING)) | (
            totals["GIVEN"] > high * (1 + ROUNDING)
        )
        outside |= (totals["GIVEN"] == 0) & totals["PLANNED"].isna()
        broken = totals[outside]
        values = [_describe_dose(given, due_mg) for given, due_mg in broken.itertuples(index=False)]
        parts.append(pd.DataFrame({SUBJECT: broken.index, "CODE": code, "VALUE": values}))
    return parts


def _describe_dose(given: float, planned: float) -> str:
    due = "unknown" if pd.isna(planned) else f"{planned:.6g} mg"
    return f"given {given:.6g} mg, planned {due}"


def _find_wrong_kits(adsl: pd.DataFrame, tables: Tables, lists: Lists) -> Reasons:
    doses = given_doses(tables).sort_values([SUBJECT, "EXSEQ"], kind="stable")
    arm = doses["EXKIT"].map(lists.arm_of_kit)
    planned = look_up(doses, by_subject(adsl, "TRT01P"))
    rows = doses[arm.notna() & (arm != planned)]
    values = "EXSEQ=" + rows["EXSEQ"].astype("str") + " EXKIT=" + rows["EXKIT"]
    return _join_values(rows, "KIT", values)


def _find_major_deviations(tables: Tables) -> Reasons:
    dv = tables["dv"].sort_values([SUBJECT, "DVSEQ"], kind="stable")
    rows = dv[dv["DVMAJOR"].eq("Y").fillna(False)]
    coded = (" " + rows["DVDECOD"]).fillna("")
    return _join_values(rows, "DV", "DVSEQ=" + rows["DVSEQ"].astype("str") + coded)


def _find_outcome_reasons(adsl: pd.DataFrame, plan: Plan) -> list[Reasons]:
    """NOMRS, and WINDOW for a day-90 mRS outside the window unless it is a death."""
    missing = adsl[adsl["MRS90"].isna()]
    alive = adsl["MRS90SCR"].ne(DEATH_SCORE).fillna(False)
    late = adsl[adsl["MRS90RUL"].eq("d").fillna(False) & alive]
    day = "day " + late["MRS90DY"].astype("str")
    return [
        pd.DataFrame({SUBJECT: missing[SUBJECT], "CODE": "NOMRS", "VALUE": ""}),
        pd.DataFrame({SUBJECT: late[SUBJECT], "CODE": "WINDOW", "VALUE": day}),
    ]
