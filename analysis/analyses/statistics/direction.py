"""Direction of the odds ratios of the mRS and of all win odds: the one place that turns them.

The models give log odds of the better: of a lower mRS, of a win. The plan says on which side of 1
they are reported (SAP 1.2, ``inference.favours_treatment``). Risks, hazards and the odds ratios of
a dichotomy are those of the event as named: they do not come here.
"""

from dataclasses import replace

from analysis.analyses.statistics.estimates import describe_pooled, describe_ratio
from analysis.config import Plan
from analysis.io.result import Statistic
from analysis.models.imputation import PooledEstimate


def turn(log_odds: float, plan: Plan) -> float:
    """Return log odds of the better as the plan reports them: these, or those of the worse."""
    return log_odds if plan.inference.favours_treatment == "above_1" else -log_odds


def turn_limits(low: float, high: float, plan: Plan) -> tuple[float, float]:
    """Return both limits of log odds of the better as the plan reports them, the lower first."""
    lower, upper = sorted((turn(low, plan), turn(high, plan)))
    return lower, upper


def turn_probability(probability: float, plan: Plan) -> float:
    """Return the probability that goes with turned odds: of the better, or of the worse."""
    return 0.5 + turn(probability - 0.5, plan)


def name_side(plan: Plan) -> str:
    """Return which mRS the reported odds are those of: ``lower`` or ``higher``."""
    return "lower" if plan.inference.favours_treatment == "above_1" else "higher"


def describe_odds(
    analysis_id: str, log_odds: float, standard_error: float, plan: Plan, **keys: str
) -> list[Statistic]:
    """Return odds of the better, treatment over reference, as the plan reports them.

    ``analysis_id`` decides the confidence of the interval (``plan.alpha_of``).
    """
    return describe_ratio(turn(log_odds, plan), standard_error, plan.alpha_of(analysis_id), **keys)


def describe_pooled_odds(pooled: PooledEstimate, plan: Plan, **keys: str) -> list[Statistic]:
    """Return pooled odds of the better, treatment over reference, as the plan reports them."""
    low, high = turn_limits(pooled.low, pooled.high, plan)
    turned = replace(pooled, estimate=turn(pooled.estimate, plan), low=low, high=high)
    return describe_pooled(turned, **keys)
