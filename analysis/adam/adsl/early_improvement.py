"""Early neurological improvement: the NIHSS at 24 h against baseline (SAP 8.2, 9)."""

import pandas as pd

from analysis.adam.tables import flag
from analysis.config import Plan


def derive_early_improvement(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Add ENIFL and ENIKNFL to ADSL; same rows.

    ENIFL: NIHSS at 24 h lower than at baseline by ``early_improvement.points`` or more, or not
    above ``at_most``. ENIKNFL: that is known: by the scores, or by a death without a score at 24 h
    on or before ``nihss_deaths.h24_last_day``, which is no improvement (as in SAP 8.2).
    """
    rule = plan.safety.early_improvement
    score = adsl["NIHSSH24"].astype("Float64")
    fall = adsl["NIHSSBL"].astype("Float64") - score
    improved = _holds(fall >= rule.points) | _holds(score <= rule.at_most)
    died = _holds(adsl["DTHADY"] <= plan.secondary.nihss_deaths.h24_last_day)
    known = improved | fall.notna() | (died & score.isna())
    return adsl.assign(ENIFL=flag(improved), ENIKNFL=flag(known))


def _holds(condition: pd.Series) -> pd.Series:
    return condition.fillna(False).astype(bool)
