"""The mRS in ADQS: which assessment is the day-90 mRS (SAP 4.2, 4.3), which that of day 30."""

import pandas as pd

from analysis.adam.adqs.choice import DEATH_RECORD, choose_nearest
from analysis.adam.adqs.mrs_exclusions import mark_excluded, query_excluded
from analysis.adam.death.contradicted import find_contradicted
from analysis.adam.tables import SUBJECT, Tables, compute_day, flag, look_up
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.queries import Query

PARAMETER = {"PARAMCD": "MRS", "PARAM": "modified Rankin Scale"}
DAY_30 = "D30"


def build_mrs(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> tuple[pd.DataFrame, list[Query]]:
    """Return the records of the mRS and their queries: all assessments, and the deaths that count.

    ANL01FL = Y marks at most one record of a subject and visit: at day 90 the one of SAP 4.3, whose
    rule (a, b, c, d) is ANLRULE; at day 30 the nearest to that day (SAP 3.4), whatever its date.
    """
    contradicted = find_contradicted(adsl, tables, plan)
    rows = mark_excluded(_read_assessments(adsl, tables, plan), contradicted)
    records = pd.concat([rows, _derive_death_records(adsl, plan)], ignore_index=True)
    rule = _choose_records(records, plan)
    used = rule.index.union(_choose_day_30(records, plan))
    records["ANL01FL"] = flag(pd.Series(records.index.isin(used), index=records.index))
    records["ANLRULE"] = rule.reindex(records.index)
    return records.drop(columns=["DTHDT"]), query_excluded(rows)


def find_level(scores: pd.Series, plan: Plan) -> pd.Series:
    """Return the level of the plan that holds each score: the last one holds every worse score."""
    return scores.clip(upper=plan.outcome.levels[-1])


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


def _derive_death_records(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """One record per death on or before the last day of the window: mRS 6 on that day."""
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
            "AVAL": pd.Series(DEATH_SCORE, index=dead.index, dtype="Int64"),
            "DTYPE": pd.Series(DEATH_RECORD, index=dead.index, dtype="str"),
            "AWINFL": "Y",
            "EXCLFL": "N",
        }
    )


def _choose_records(records: pd.DataFrame, plan: Plan) -> pd.Series:
    """Return the rule (a, b, c, d) by row number of the record chosen for each subject."""
    outcome = plan.outcome
    is_death = records["DTYPE"].eq(DEATH_RECORD).fillna(False)
    early = is_death & (records["ADY"] <= outcome.day).fillna(False)
    usable = ~is_death & (records["EXCLFL"] == "N") & (records["AVISIT"] == f"D{outcome.day}")
    usable &= records["AVAL"].notna() & records["ADY"].notna()
    distance = (records["ADY"] - outcome.day).abs()
    inside = usable & (distance <= outcome.window_days).fillna(False)
    late = usable & (distance <= outcome.late_window_days).fillna(False)
    candidates = records[[SUBJECT, "ADT"]].assign(
        rule=pd.Series(pd.NA, index=records.index, dtype="str")
        .mask(late, "d").mask(is_death, "c").mask(inside, "b").mask(early, "a"),
        source=records["MRSSRC"].map({name: i for i, name in enumerate(outcome.source_order)}),
        distance=distance,
        worst_first=-records["AVAL"],
    ).dropna(subset=["rule"])  # fmt: skip
    order = [SUBJECT, "rule", "source", "distance", "ADT", "worst_first"]
    ordered = candidates.sort_values(order, kind="stable")
    return ordered.drop_duplicates(SUBJECT)["rule"]


def _choose_day_30(records: pd.DataFrame, plan: Plan) -> pd.Index:
    """Return the row number of the day-30 mRS of each subject (SAP 3.4)."""
    rows = records[(records["AVISIT"] == DAY_30) & (records["EXCLFL"] == "N")]
    return choose_nearest(rows, (rows["ADY"] - plan.visits.mrs_d30_day).abs())
