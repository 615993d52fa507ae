"""The sensitivity and supplementary analyses of the primary outcome that the plan runs (SAP 6)."""

from collections.abc import Callable

import pandas as pd

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.mrs.roles import mark_confirmatory, mark_role
from analysis.analyses.sensitivity.distributions import count_outcomes
from analysis.analyses.sensitivity.multiple_imputation import (
    Imputer,
    analyse_imputed,
    analyse_tipping,
)
from analysis.analyses.sensitivity.other_data import (
    analyse_as_treated,
    analyse_in_window,
    analyse_merged_levels,
)
from analysis.analyses.sensitivity.single_imputation import analyse_extreme, analyse_last_score
from analysis.analyses.sensitivity.site_effects import analyse_random_sites, analyse_site_clusters
from analysis.config import Plan
from analysis.io.result import AnalysisResult


def analyse_sensitivity(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the analyses of SAP 6 that the plan runs, but those that stand with the primary.

    An analysis that cannot be estimated is reported so, with the reason (SAP 5.3). Each says
    whether it is a sensitivity analysis (the estimand of the primary) or a supplementary one.
    The distributions of the outcome that they analyse follow.
    """
    prepared = prepare_covariates(adsl, plan)
    imputer = Imputer(adsl, plan, prepared)
    analyses: dict[str, Callable[[], AnalysisResult]] = {
        "sens_merge56": lambda: analyse_merged_levels(adsl, plan, prepared),
        "sens_in_window": lambda: analyse_in_window(adsl, plan, prepared),
        "sens_mi": lambda: analyse_imputed(imputer),
        "sens_worst": lambda: analyse_extreme("sens_worst", adsl, plan, prepared),
        "sens_best": lambda: analyse_extreme("sens_best", adsl, plan, prepared),
        "sens_tipping": lambda: analyse_tipping(imputer),
        "sens_locf": lambda: analyse_last_score(adsl, plan, prepared),
        "sens_site_cluster": lambda: analyse_site_clusters(adsl, plan, prepared),
        "sens_site_random": lambda: analyse_random_sites(adsl, plan, prepared),
        "sens_as_treated": lambda: analyse_as_treated(adsl, plan, prepared),
    }
    results = [
        mark_role(analyses[analysis_id]())
        for analysis_id in plan.analyses.run
        if analysis_id in analyses
    ]
    results += count_outcomes(imputer)
    return results if plan.primary.switch_if_nonproportional else mark_confirmatory(results, plan)
