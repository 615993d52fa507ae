"""Hemicraniectomy, from the adverse events (SAP 9.3)."""

import pandas as pd

from analysis.adam.tables import SUBJECT, flag
from analysis.config import Plan
from analysis.io.large.text_columns import is_among
from analysis.io.not_collected import list_not_collected

COLUMN = "HEMICRFL"


def derive_hemicraniectomy(adsl: pd.DataFrame, adae: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Add HEMICRFL to ADSL: a treatment-emergent event of ``hemicraniectomy_terms``; same rows.

    Missing for everybody where term or date of the events was not collected.
    """
    if COLUMN in list_not_collected(adsl):
        return adsl.assign(**{COLUMN: pd.Series(pd.NA, index=adsl.index, dtype="str")})
    terms = [term.casefold() for term in plan.safety.hemicraniectomy_terms]
    found = (adae["TRTEMFL"] == "Y") & adae["AEDECOD"].str.casefold().isin(terms)
    had = is_among(adsl[SUBJECT], adae.loc[found.fillna(False), SUBJECT])
    return adsl.assign(**{COLUMN: flag(had)})
