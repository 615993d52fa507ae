"""ADQS: the assessments of the mRS, and which of them is the day-90 mRS (SAP 4.2, 4.3)."""

from __future__ import annotations

import pandas as pd

from analysis.adam.tables import SUBJECT, Tables, compute_day, flag, look_up
from analysis.config import Plan
from analysis.edc.queries import Query, Rule, Severity

PARAMETER = {"PARAMCD": "MRS", "PARAM": "modified Rankin Scale"}
DEATH_RECORD = "DEATH"
AFTER_DEATH = "after death"
BEFORE_DEATH = "mRS of death before death"


def build_adqs(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> tuple[pd.DataFrame, list[Query]]:
    """Return ADQS (mRS) and its queries: one row per assessment, plus one per death that counts.

    ANL01FL = Y marks the one record that is the subject's day-90 mRS; ANLRULE is the rule of
    SAP 4.3 that chose it (a, b, c, d). DTYPE = DEATH marks derived records. AWINFL tells whether
    the date is inside the window. EXCLFL = Y rows are left out for the reason in EXCLREAS.
    """
    rows = _mark_excluded(_read_assessments(adsl, tables, plan), plan)
    deaths = _derive_death_records(adsl, plan)
    adqs = pd.concat([rows, deaths], ignore_index=True)
    chosen = _choose_records(adqs, plan)
    adqs["ANL01FL"] = flag(pd.Series(adqs.index.isin(chosen.index), index=adqs.index))
    adqs["ANLRULE"] = chosen.reindex(adqs.index)
    order = [SUBJECT, "ADT", "DTYPE", "AVISIT", "MRSSRC", "AVAL"]
    adqs = adqs.sort_values(order, kind="stable", na_position="first", ignore_index=True)
    return adqs.drop(columns=["DTHDT"]), _query_excluded(rows, plan)


def derive_outcome(adsl: pd.DataFrame, adqs: pd.DataFrame) -> pd.DataFrame:
    """Add MRS90, MRS90DT, MRS90DY and MRS90RUL (the day-90 mRS) to ADSL; same rows."""
    used = adqs[adqs["ANL01FL"] == "Y"].set_index(SUBJECT)
    columns = {"MRS90": "AVAL", "MRS90DT": "ADT", "MRS90DY": "ADY", "MRS90RUL": "ANLRULE"}
    return adsl.assign(**{new: look_up(adsl, used[old]) for new, old in columns.items()})


def _read_assessments(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    mrs = tables["mrs"]
    subjects = adsl.set_index(SUBJECT)
    randomised = look_up(mrs, subjects["RANDDTM"])
    day = compute_day(mrs["MRSDTC"], randomised)
    return pd.DataFrame(
        {
            SUBJECT: mrs[SUBJECT],
            "TRT01P": look_up(mrs, subjects["TRT01P"]),
            **PARAMETER,
            "AVISIT": mrs["VISIT"],
            "ADT": mrs["MRSDTC"],
            "ADY": day,
            "AVAL": mrs["MRS"],
            "MRSSRC": mrs["MRSSRC"],
            "MRSMODE": mrs["MRSMODE"],
            "DTYPE": pd.Series(pd.NA, index=mrs.index, dtype="str"),
            "AWINFL": flag((day - plan.outcome.day).abs() <= plan.outcome.window_days),
            "DTHDT": look_up(mrs, subjects["DTHDT"]),
        }
    )


def _mark_excluded(rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Mark rows dated after the death, and an mRS of death dated before it (SAP 4.2)."""
    after = (rows["ADT"] > rows["DTHDT"]).fillna(False)
    before = (rows["ADT"] < rows["DTHDT"]) & (rows["AVAL"] == plan.outcome.death_level)
    before = before.fillna(False).astype(bool)
    reason = pd.Series(pd.NA, index=rows.index, dtype="str").mask(after, AFTER_DEATH)
    reason = reason.mask(before, BEFORE_DEATH)
    return rows.assign(EXCLFL=flag(reason.notna()), EXCLREAS=reason)


def _derive_death_records(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """One record per death on or before the last day of the window: the death level on that day."""
    last_day = plan.outcome.day + plan.outcome.window_days
    dead = adsl[(adsl["DTHADY"] <= last_day).fillna(False)]
    return pd.DataFrame(
        {
            SUBJECT: dead[SUBJECT],
            "TRT01P": dead["TRT01P"],
            **PARAMETER,
            "AVISIT": f"D{plan.outcome.day}",
            "ADT": dead["DTHDT"],
            "ADY": dead["DTHADY"],
            "AVAL": pd.Series(plan.outcome.death_level, index=dead.index, dtype="Int64"),
            "DTYPE": pd.Series(DEATH_RECORD, index=dead.index, dtype="str"),
            "AWINFL": "Y",
            "EXCLFL": "N",
        }
    )


def _choose_records(adqs: pd.DataFrame, plan: Plan) -> pd.Series:
    """Return the rule (a, b, c, d) by row number of the record chosen for each subject."""
    outcome = plan.outcome
    is_death = adqs["DTYPE"].eq(DEATH_RECORD).fillna(False)
    early = is_death & (adqs["ADY"] <= outcome.day).fillna(False)
    usable = ~is_death & (adqs["EXCLFL"] == "N") & (adqs["AVISIT"] == f"D{outcome.day}")
    usable &= adqs["AVAL"].notna() & adqs["ADY"].notna()
    distance = (adqs["ADY"] - outcome.day).abs()
    inside = usable & (distance <= outcome.window_days).fillna(False)
    late = usable & (distance <= outcome.late_window_days).fillna(False)
    candidates = adqs.assign(
        rule=pd.Series(pd.NA, index=adqs.index, dtype="str")
        .mask(late, "d").mask(is_death, "c").mask(inside, "b").mask(early, "a"),
        source=adqs["MRSSRC"].map({name: i for i, name in enumerate(outcome.source_order)}),
        distance=distance,
        worst_first=-adqs["AVAL"],
    ).dropna(subset=["rule"])  # fmt: skip
    order = [SUBJECT, "rule", "source", "distance", "ADT", "worst_first"]
    ordered = candidates.sort_values(order, kind="stable")
    return ordered.drop_duplicates(SUBJECT)["rule"]


def _query_excluded(rows: pd.DataFrame, plan: Plan) -> list[Query]:
    excluded = rows[(rows["EXCLFL"] == "Y") & rows["AVAL"].notna()]
    queries = []
    for row in excluded.to_dict("records"):
        is_early = row["EXCLREAS"] == BEFORE_DEATH
        if not is_early and row["AVAL"] == plan.outcome.death_level:
            continue  # a death entered with the date of the visit
        key = f"{SUBJECT}={row[SUBJECT]}; VISIT={row['AVISIT']}; MRSSRC={row['MRSSRC']}"
        words = "an mRS of death dated before the death" if is_early else "dated after the death"
        queries.append(
            Query(
                Severity.ERROR, "mrs", f"{key}; MRSDTC={row['ADT']:%Y-%m-%d}", "MRS",
                str(row["AVAL"]), Rule.MRS6_BEFORE_DEATH if is_early else Rule.MRS_AFTER_DEATH,
                f"{words} on {row['DTHDT']:%Y-%m-%d}; the row is left out (SAP 4.2)",
            )
        )  # fmt: skip
    return queries
