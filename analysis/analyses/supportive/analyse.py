"""The supportive analyses that the plan runs: all nominal."""

from collections.abc import Callable

import pandas as pd

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import build_design
from analysis.analyses.supportive.patients import analyse_benefit, analyse_number_needed
from analysis.analyses.supportive.randomisation import analyse_rerandomisation, analyse_van_elteren
from analysis.analyses.supportive.unconditional import analyse_unconditional
from analysis.analyses.supportive.win_ratio import analyse_win_ratio
from analysis.config import Plan
from analysis.config.blocks.supportive import SupportiveId
from analysis.io.result import AnalysisResult


def analyse_supportive(
    adsl: pd.DataFrame, adqs: pd.DataFrame, adtte: pd.DataFrame, plan: Plan
) -> list[AnalysisResult]:
    """Return the supportive analyses of ``analyses.run``, in its order.

    Subjects are those of the primary analysis. What cannot be estimated says why.
    """
    population = plan.primary.population
    plain = build_design(adsl, population, plan, None)
    adjusted = build_design(adsl, population, plan, prepare_covariates(adsl, plan))
    functions: dict[SupportiveId, Callable[[], list[AnalysisResult]]] = {
        "unconditional": lambda: analyse_unconditional(adjusted, plan),
        "win_ratio": lambda: analyse_win_ratio(plain, adsl, adqs, adtte, plan),
        "benefit_per_100": lambda: [analyse_benefit(plain, plan)],
        "number_needed": lambda: [analyse_number_needed(plain, plan)],
        "van_elteren": lambda: [analyse_van_elteren(plain, adsl, plan)],
        "rerandomisation": lambda: [analyse_rerandomisation(adjusted, adsl, plan)],
    }
    return [
        result for name in plan.analyses.run if name in functions for result in functions[name]()
    ]
