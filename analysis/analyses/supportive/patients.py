"""The shift in patients: benefit per 100 with its bounds, and numbers needed to treat."""

import math
from collections.abc import Sequence

from analysis.analyses.model_data.design import OUTCOME, Design, require_two_arms
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.statistics.estimates import give_reason
from analysis.analyses.statistics.risks import DIFFERENCE_METHOD, describe_risk_difference
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.win_odds import (
    NumberNeeded,
    bound_joint_shares,
    estimate_win_odds,
    number_needed_to_treat,
)
from analysis.models.win_odds.number_needed import Needed, Side

BENEFIT, NUMBER = "benefit_per_100", "number_needed"
BENEFIT_METHOD = (
    "patients of 100 with a lower, or a higher, mRS if treated: smallest and largest number over "
    "all joint distributions with the observed margins, and that of independence"
)
NUMBER_METHOD = (
    f"inverse of the {DIFFERENCE_METHOD} up to each cut point, and of wins less losses from the "
    "win odds; above 0 for one more to benefit, below 0 for one more to be harmed"
)
SHARES = ("benefit", "harm", "net")
BOUNDS = ("low", "high", "independent")
BY_WINS = "win_probability"
"""Level of the number needed for one more win than losses."""
NUMBERS = ("number_needed", "number_needed_low", "number_needed_high")


def analyse_benefit(design: Design, plan: Plan) -> AnalysisResult:
    """Return patients per 100 who would do better, worse, and the net number, with bounds."""
    try:
        require_two_arms(design)
        found = bound_joint_shares(design.y, design.x[:, 0])
    except EstimationError as error:
        statistics = [
            one
            for level in SHARES
            for one in give_reason(error.reason, BOUNDS, variable=OUTCOME, level=level)
        ]
    else:
        statistics = [
            Statistic(name, 100.0 * getattr(share, name), variable=OUTCOME, level=level)
            for level, share in vars(found).items()
            for name in BOUNDS
        ]
    population = plan.primary.population
    return AnalysisResult(
        BENEFIT, population, BENEFIT_METHOD, (*design.counts, *statistics), ESTIMANDS[population]
    )


def analyse_number_needed(design: Design, plan: Plan) -> AnalysisResult:
    """Return the risk difference up to each cut point with its inverse, and that of the wins.

    Numbers needed below 0 are those for harm; an interval of the difference that holds 0 has
    limits of both signs, and runs through infinity.
    """
    statistics = [one for level in plan.co_reported.cut_points for one in _cut(design, level, plan)]
    population = plan.primary.population
    return AnalysisResult(
        NUMBER, population, NUMBER_METHOD,
        (*design.counts, *statistics, *_win(design, plan)), ESTIMANDS[population],
    )  # fmt: skip


def _cut(design: Design, level: int, plan: Plan) -> list[Statistic]:
    treated = design.x[:, 0] == 1.0
    low = design.y <= level
    events = [int((low & arm).sum()) for arm in (treated, ~treated)]
    totals = [int(treated.sum()), int((~treated).sum())]
    keys = {"variable": OUTCOME, "level": str(level)}
    found = describe_risk_difference(events, totals, plan.inference.other_alpha, **keys)
    known = {one.name: one for one in found}
    names = ("estimate", "ci_low", "ci_high")
    inverted = [
        _invert(number, known[name], **keys) for number, name in zip(NUMBERS, names, strict=True)
    ]
    return [*found, *inverted]


def _invert(name: str, difference: Statistic, **keys: str) -> Statistic:
    if difference.value is None:
        return Statistic(name, None, warning=difference.warning, **keys)
    if difference.value == 0:
        return Statistic(name, None, warning=Reason.of(ReasonCode.NO_DIFFERENCE), **keys)
    return Statistic(name, 1.0 / difference.value, **keys)


def _win(design: Design, plan: Plan) -> Sequence[Statistic]:
    keys = {"variable": OUTCOME, "level": BY_WINS}
    try:
        require_two_arms(design)
        win_odds = estimate_win_odds(design.y, design.x[:, 0])
    except EstimationError as error:
        return give_reason(error.reason, NUMBERS, **keys)
    found: NumberNeeded = number_needed_to_treat(win_odds, plan.inference.other_alpha)
    return [
        _sign(name, needed, **keys)
        for name, needed in zip(NUMBERS, (found.estimate, found.low, found.high), strict=True)
    ]


def _sign(name: str, needed: Needed, **keys: str) -> Statistic:
    if math.isinf(needed.number):
        return Statistic(name, None, warning=Reason.of(ReasonCode.NO_DIFFERENCE), **keys)
    sign = -1.0 if needed.side is Side.HARM else 1.0
    return Statistic(name, sign * needed.number, **keys)
