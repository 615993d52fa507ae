"""The NIHSS in ADQS: the score used at 24 hours and at day 7 (SAP 3.4, 8.2)."""

import pandas as pd

from analysis.adam.adqs.choice import DEATH_RECORD, choose_nearest
from analysis.adam.tables import SUBJECT, Tables, compute_day, compute_hours, flag, look_up
from analysis.config import Plan
from analysis.io.large.text_columns import is_among

PARAMETER = {"PARAMCD": "NIHSS", "PARAM": "National Institutes of Health Stroke Scale"}
HOURS_24, DAY_7 = "H24", "D7"


def build_nihss(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return the records of the NIHSS.

    ANL01FL = Y marks the record used of each visit: the score nearest to the nominal time (SAP
    3.4). A subject without a score who died on or before the last day of the plan has a record of
    the score of the dead (DTYPE = DEATH, SAP 8.2).
    """
    rows = _read_assessments(adsl, tables)
    used = choose_nearest(rows, _compute_distance(rows, plan))
    rows["ANL01FL"] = flag(pd.Series(rows.index.isin(used), index=rows.index))
    rule = plan.secondary.nihss_deaths
    last_days = {HOURS_24: rule.h24_last_day, DAY_7: rule.d7_last_day}
    deaths = [
        _derive_deaths(adsl, rows, visit, last_day, rule.score)
        for visit, last_day in last_days.items()
    ]
    return pd.concat([rows.drop(columns=["HOURS"]), *deaths], ignore_index=True)


def _read_assessments(adsl: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    nihss, subjects = tables["nihss"], adsl.set_index(SUBJECT)
    randomised, moment = look_up(nihss, subjects["RANDDTM"]), nihss["NIHDTC"]
    return pd.DataFrame(
        {
            SUBJECT: nihss[SUBJECT],
            "TRT01P": look_up(nihss, subjects["TRT01P"]),
            **PARAMETER,
            "AVISIT": nihss["VISIT"],
            "ADTM": moment,
            "ADT": moment.dt.normalize(),
            "ADY": compute_day(moment, randomised),
            "AVAL": nihss["NIHSS"],
            "DTYPE": pd.Series(pd.NA, index=nihss.index, dtype="str"),
            "EXCLFL": "N",
            "HOURS": compute_hours(moment, randomised),
        }
    )


def _compute_distance(rows: pd.DataFrame, plan: Plan) -> pd.Series:
    """Hours from 24 h at that visit, days from day 7 at the other."""
    from_hour = (rows["HOURS"] - plan.visits.nihss_h24_hours).abs().astype("Float64")
    from_day = (rows["ADY"] - plan.visits.nihss_d7_day).abs().astype("Float64")
    return from_hour.where(rows["AVISIT"] == HOURS_24, from_day)


def _derive_deaths(
    adsl: pd.DataFrame, rows: pd.DataFrame, visit: str, last_day: int, score: int
) -> pd.DataFrame:
    """One record per subject who died by the last day and has no score at the visit."""
    scored = rows.loc[(rows["AVISIT"] == visit) & (rows["ANL01FL"] == "Y"), SUBJECT]
    died = (adsl["DTHADY"] <= last_day).fillna(False)
    dead = adsl[died & ~is_among(adsl[SUBJECT], scored)]
    return pd.DataFrame(
        {
            SUBJECT: dead[SUBJECT],
            "TRT01P": dead["TRT01P"],
            **PARAMETER,
            "AVISIT": visit,
            "ADT": dead["DTHDT"],
            "ADY": dead["DTHADY"],
            "AVAL": pd.Series(score, index=dead.index, dtype="Int64"),
            "DTYPE": DEATH_RECORD,
            "EXCLFL": "N",
            "ANL01FL": "Y",
        }
    )
