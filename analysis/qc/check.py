"""The independent check: every statistic that is recomputed, beside the engine's."""

from collections.abc import Callable, Iterator

from analysis.io.verdicts import Comparison
from analysis.qc.checks.counts import check_distribution, check_sets
from analysis.qc.checks.cut_points import CUT_POINTS, check_cut_points
from analysis.qc.checks.hierarchy import IDS as WIN_RATIO
from analysis.qc.checks.hierarchy import check_hierarchy
from analysis.qc.checks.multiplicity import check_multiplicity
from analysis.qc.checks.patients import check_patients
from analysis.qc.checks.randomisation import check_randomisation
from analysis.qc.checks.risks import check_dichotomies
from analysis.qc.checks.safety.events import check_safety
from analysis.qc.checks.safety.survival import check_survival
from analysis.qc.checks.shift import check_shift
from analysis.qc.checks.subgroups import check_subgroups
from analysis.qc.checks.unconditional import IDS as UNCONDITIONAL
from analysis.qc.checks.unconditional import check_unconditional
from analysis.qc.checks.win_odds import check_wins
from analysis.qc.compare import compare
from analysis.qc.engine import EngineNumbers
from analysis.qc.not_collected import withhold
from analysis.qc.recomputed import Recomputed
from analysis.qc.subjects import Trial

CHECKS: tuple[Callable[[Trial], Iterator[Recomputed]], ...] = (
    check_shift,
    check_cut_points,
    check_unconditional,
    check_wins,
    check_hierarchy,
    check_patients,
    check_randomisation,
    check_dichotomies,
    check_subgroups,
    check_safety,
    check_survival,
    check_sets,
    check_distribution,
)
"""What is recomputed, in the order of ``qc.csv``."""
CHOSEN = {
    **{
        name: name
        for name in (
            "sens_unadjusted", "sens_pp", "win_odds", "win_odds_adjusted", "win_odds_stratified",
            "win_odds_stratified_adjusted",
            "sens_site_cluster", "benefit_per_100", "number_needed", "van_elteren",
            "rerandomisation", CUT_POINTS,
        )
    },
    **dict.fromkeys(WIN_RATIO, "win_ratio"),
    **dict.fromkeys(UNCONDITIONAL, "unconditional"),
}  # fmt: skip
"""Analyses that are there only where the plan runs them, each with the id that it is run by."""


def check_independently(trial: Trial, engine: EngineNumbers) -> list[Comparison]:
    """Return what was recomputed from the data sets of a trial beside the engine's numbers.

    It does not stop at a difference: the verdicts say so. An analysis that the plan does not run
    has no rows; one that it runs and that the engine does not give differs.
    """
    run = trial.plan.analyses.run
    numbers = [
        withhold(number, trial)
        for check in CHECKS
        for number in check(trial)
        if number.analysis_id not in CHOSEN or CHOSEN[number.analysis_id] in run
    ]
    numbers += check_multiplicity(engine, trial.plan)
    return [compare(number, engine.find(number)) for number in numbers]
