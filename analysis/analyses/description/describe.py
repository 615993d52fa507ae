"""The trial before any comparison: sets, flow, outcome, baseline, recruitment, data queries."""

import pandas as pd

from analysis.analyses.description.balance import analyse_balance
from analysis.analyses.description.baseline import analyse_baseline
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.description.queries import count_by_site, count_queries
from analysis.analyses.description.recruitment import analyse_recruitment
from analysis.config import Plan
from analysis.io.result import AnalysisResult


def describe_trial(
    adsl: pd.DataFrame,
    reasons: pd.DataFrame,
    queries: pd.DataFrame,
    screening: pd.DataFrame | None,
    plan: Plan,
) -> list[AnalysisResult]:
    """Return the description of the trial; ``screening``: None where no log was exported."""
    return [
        *analyse_populations(adsl, reasons, screening, plan),
        *analyse_baseline(adsl, plan),
        analyse_balance(adsl, plan),
        analyse_recruitment(adsl, plan),
        *count_queries(queries),
        *count_by_site(queries),
    ]
