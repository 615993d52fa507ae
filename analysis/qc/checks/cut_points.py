"""The odds ratio of the outcome cut at each cut point (SAP 5.5)."""

from collections.abc import Iterable, Iterator

from analysis.qc.checks.shift import read_levels
from analysis.qc.checks.sparse import recompute_odds
from analysis.qc.formulas.wald import RATIO_NAMES
from analysis.qc.recomputed import Recomputed, assign, without
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

CUT_POINTS = "cutpoint"


def check_cut_points(trial: Trial) -> Iterator[Recomputed]:
    """Yield who was analysed, and the odds ratio at each cut point.

    Odds are those of a lower mRS, or of a higher one, as the plan reports them.
    """
    population = trial.plan.primary.population
    model = build_model(trial, with_outcome(trial.members(population)), adjusted=True)
    numbers = [*model.counts(trial.plan)]
    for level in trial.plan.co_reported.cut_points:
        numbers += assign(_recompute(model, level, trial), level=str(level))
    yield from assign(numbers, analysis_id=CUT_POINTS, population=population)


def _recompute(model: Model, level: int, trial: Trial) -> Iterable[Recomputed]:
    if not model.has_both_arms:
        return without(RATIO_NAMES, "one arm only")
    is_lower = read_levels(model.rows) <= level
    reported = is_lower if trial.plan.inference.favours_treatment == "above_1" else ~is_lower
    return recompute_odds(reported, model.columns, trial.plan)
