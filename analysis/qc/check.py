"""The independent check: every statistic that is recomputed, beside the engine's."""

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.config import Plan
from analysis.io.verdicts import Comparison
from analysis.qc.checks.counts import check_distribution, check_sets
from analysis.qc.checks.risks import check_dichotomies, check_safety
from analysis.qc.checks.shift import check_shift
from analysis.qc.checks.survival import check_survival
from analysis.qc.checks.win_odds import check_wins
from analysis.qc.compare import compare
from analysis.qc.engine import EngineNumbers
from analysis.qc.not_collected import withhold
from analysis.qc.recomputed import Recomputed
from analysis.qc.subjects import Trial

CHECKS: tuple[Callable[[Trial], Iterator[Recomputed]], ...] = (
    check_shift,
    check_wins,
    check_dichotomies,
    check_safety,
    check_survival,
    check_sets,
    check_distribution,
)
"""What is recomputed, in the order of ``qc.csv``."""
CHOSEN = (
    "sens_unadjusted", "sens_pp", "win_odds", "win_odds_adjusted", "win_odds_stratified",
    "sens_site_cluster",
)  # fmt: skip
"""Analyses that are there only where the plan runs them; all others always are."""


def check_independently(
    adsl: pd.DataFrame, adtte: pd.DataFrame, engine: EngineNumbers, plan: Plan
) -> list[Comparison]:
    """Return what was recomputed from ADSL and ADTTE beside the engine's numbers.

    It does not stop at a difference: the verdicts say so. An analysis that the plan does not run
    has no rows; one that it runs and that the engine does not give differs.
    """
    trial = Trial(adsl, adtte, plan)
    return [
        compare(withhold(number, trial), engine.find(number))
        for check in CHECKS
        for number in check(trial)
        if number.analysis_id not in CHOSEN or number.analysis_id in plan.analyses.run
    ]
