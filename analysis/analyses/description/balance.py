"""Balance: standardised differences at baseline (docs/methods.md, section 17)."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis.analyses.description.baseline import CATEGORICAL, CONTINUOUS, list_levels
from analysis.analyses.model_data.arms import select_set
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.means_and_risks import (
    standardised_mean_difference,
    standardised_share_difference,
)

YES, NO = "Y", "N"
METHOD = (
    "standardised difference, treatment minus reference, of subjects with a value: of means, or of "
    "the share of a category, not adjusted"
)


def analyse_balance(adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Return baseline_balance: the standardised difference of every baseline characteristic.

    A categorical one has one for each category (level), a yes-no one for its yes. What differs
    without any variance has none and says so.
    """
    members, arm = select_set(adsl, "ITT")
    arms = [members[members[arm] == code] for code in plan.arms.codes]
    statistics: list[Statistic] = []
    for name in CONTINUOUS:
        treated, other = (rows[name].dropna().to_numpy(dtype="float64") for rows in arms)
        difference = _try(partial(standardised_mean_difference, treated, other))
        statistics += _describe(difference, name, "")
    for name, levels in list_levels(members).items():
        if name not in CATEGORICAL:
            continue
        shown = (YES,) if set(levels) <= {YES, NO} else levels
        for level in shown:
            counts = [_count(rows[name], level) for rows in arms]
            statistics += _describe(_compare(counts), name, level)
    return AnalysisResult("baseline_balance", "ITT", METHOD, tuple(statistics))


def _count(values: pd.Series, level: str) -> tuple[int, int]:
    observed = values.dropna().astype("str")
    return int((observed == level).sum()), len(observed)


def _compare(counts: list[tuple[int, int]]) -> float | Reason:
    (treated, treated_n), (other, other_n) = counts
    return _try(lambda: standardised_share_difference(treated, treated_n, other, other_n))


def _try(compute: Callable[[], float]) -> float | Reason:
    try:
        return compute()
    except EstimationError as error:
        return error.reason


def _describe(difference: float | Reason, name: str, level: str) -> list[Statistic]:
    keys = {"variable": name, "level": f"{name}={level}" if level else name}
    if isinstance(difference, Reason):
        return [Statistic("smd", None, **keys, warning=difference)]
    return [Statistic("smd", difference, **keys)]
