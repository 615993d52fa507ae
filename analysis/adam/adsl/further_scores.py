"""Auxiliary scores for a missing day-90 mRS: day-30 mRS, NIHSS, last mRS (SAP 6)."""

import pandas as pd

from analysis.adam.adqs.mrs_day_90 import find_level
from analysis.adam.tables import SUBJECT, look_up
from analysis.config import Plan

MRS, NIHSS = "MRS", "NIHSS"
AUXILIARIES = {"MRS30": (MRS, "D30"), "NIHSSH24": (NIHSS, "H24"), "NIHSSD7": (NIHSS, "D7")}
"""Columns of ADSL: parameter and visit of ADQS."""
READ = [SUBJECT, "PARAMCD", "AVISIT", "ADT", "ADY", "AVAL", "MRSSRC", "ANL01FL"]


def derive_further_scores(adsl: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Add MRS30, NIHSSH24, NIHSSD7 and MRSLAST to ADSL; same rows.

    The first three are the assessments used at their visits (SAP 3.4), without derived records.
    MRSLAST is the last mRS after randomisation of a subject without a day-90 mRS, as a level of the
    plan: a D90 row outside the late window, else the day-30 row (SAP 6, ``sens_locf``).
    """
    is_scale = (adqs["PARAMCD"] == MRS) | (adqs["PARAMCD"] == NIHSS)
    is_used = adqs["DTYPE"].isna() & (adqs["EXCLFL"] != "Y") & adqs["AVAL"].notna()
    assessed = adqs.loc[is_scale & is_used, READ]
    used = assessed[assessed["ANL01FL"] == "Y"]
    columns = {
        name: _select(used, *assessment).set_index(SUBJECT)["AVAL"]
        for name, assessment in AUXILIARIES.items()
    }
    columns["MRSLAST"] = _find_last(assessed, plan)
    scores = {name: look_up(adsl, values).astype("Int64") for name, values in columns.items()}
    scores["MRSLAST"] = find_level(scores["MRSLAST"], plan).where(adsl["MRS90"].isna())
    return adsl.assign(**scores)


def _select(adqs: pd.DataFrame, parameter: str, visit: str) -> pd.DataFrame:
    return adqs[(adqs["PARAMCD"] == parameter) & (adqs["AVISIT"] == visit)]


def _find_last(assessed: pd.DataFrame, plan: Plan) -> pd.Series:
    """The last score by subject: of the dated rows of the day-90 visit, else the day-30 row used.

    Of several on one day the preferred source counts, then the higher score.
    """
    late = _select(assessed, MRS, f"D{plan.outcome.day}")
    late = late[(late["ADY"] > 0).fillna(False)]
    early = _select(assessed, *AUXILIARIES["MRS30"])
    early = early[(early["ANL01FL"] == "Y") & (early["ADY"] > 0).fillna(True)]
    rows = pd.concat([early.assign(visit=0), late.assign(visit=1)])
    preference = {str(name): -i for i, name in enumerate(plan.outcome.source_order)}
    ordered = rows.assign(source=rows["MRSSRC"].map(preference)).sort_values(
        [SUBJECT, "visit", "ADT", "source", "AVAL"], kind="stable"
    )
    return ordered.drop_duplicates(SUBJECT, keep="last").set_index(SUBJECT)["AVAL"]
