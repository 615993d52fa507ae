"""The distribution of the mRS that each analysis of SAP 6 is made of, by arm."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.model_data.design import OUTCOME
from analysis.analyses.mrs.distributions import COUNT_METHOD, MISSING, SHARE_NAMES, count_by_arm
from analysis.analyses.sensitivity.imputed_trials import CompletedTrial
from analysis.analyses.sensitivity.multiple_imputation import NO_SHIFT, Imputer
from analysis.analyses.sensitivity.other_data import keep_in_window
from analysis.analyses.sensitivity.single_imputation import fill_extreme, fill_last_score
from analysis.config import Plan
from analysis.errors.reason import Reason
from analysis.io.result import AnalysisResult, Statistic

IMPUTED_METHOD = "mean count and percent over the imputations"


def count_outcomes(imputer: Imputer) -> list[AnalysisResult]:
    """Return ``mrs_distribution_<id>`` of the analyses that the plan runs on other outcomes or
    subjects than the primary one."""
    adsl, plan = imputer.adsl, imputer.plan

    def count(
        analysis_id: str, outcome: pd.Series, population: str = plan.primary.population
    ) -> AnalysisResult:
        members, arm = select_set(adsl, population)
        statistics = count_by_arm(outcome.loc[members.index], members[arm], plan)
        name = f"mrs_distribution_{analysis_id}"
        return AnalysisResult(name, population, COUNT_METHOD, tuple(statistics))

    counts: dict[str, Callable[[], AnalysisResult]] = {
        "sens_in_window": lambda: count("sens_in_window", keep_in_window(adsl)[0]),
        "sens_mi": lambda: _average(imputer),
        "sens_worst": lambda: count("sens_worst", fill_extreme("sens_worst", adsl, plan)),
        "sens_best": lambda: count("sens_best", fill_extreme("sens_best", adsl, plan)),
        "sens_locf": lambda: count("sens_locf", fill_last_score(adsl)),
        "sens_as_treated": lambda: count("sens_as_treated", adsl["MRS90"], "SAF"),
    }
    return [counts[analysis_id]() for analysis_id in plan.analyses.run if analysis_id in counts]


def _average(imputer: Imputer) -> AnalysisResult:
    """The mean over the imputations; not estimable with the reason where there is none."""
    plan, trial = imputer.plan, imputer.trial
    statistics: list[Statistic] = []
    for code in plan.arms.codes:
        if isinstance(trial, Reason):
            statistics += _lack(trial, code, plan)
        else:
            statistics += _average_arm(trial, code, plan)
    return AnalysisResult(
        "mrs_distribution_sens_mi", plan.primary.population, IMPUTED_METHOD, tuple(statistics),
        warnings=imputer.notes,
    )  # fmt: skip


def _average_arm(trial: CompletedTrial, code: str, plan: Plan) -> list[Statistic]:
    outcomes = trial.outcomes(NO_SHIFT)[:, (trial.design.groups == code).to_numpy()]
    keys, total = {"group": code, "variable": OUTCOME}, outcomes.shape[1]
    statistics = [Statistic("N", total, **keys)]
    for level in plan.outcome.levels:
        of_level = keys | {"level": plan.outcome.name_level(level)}
        mean = float(np.count_nonzero(outcomes == level)) / len(outcomes)
        statistics += [
            Statistic("n", mean, **of_level),
            Statistic("pct", 100.0 * mean / total, **of_level),
        ]
    return [*statistics, Statistic("n", 0, **keys, level=MISSING)]


def _lack(reason: Reason, code: str, plan: Plan) -> list[Statistic]:
    names = [plan.outcome.name_level(level) for level in plan.outcome.levels]
    places = [("N", ""), *((stat, name) for name in names for stat in ("n", SHARE_NAMES[0]))]
    return [
        Statistic(stat, None, code, OUTCOME, level, reason)
        for stat, level in [*places, ("n", MISSING)]
    ]
