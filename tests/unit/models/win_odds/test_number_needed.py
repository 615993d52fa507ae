"""Number needed to treat: 1 / (2 theta - 1), and an interval that may run through infinity."""

from __future__ import annotations

import math

import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds.estimate import WinOdds
from analysis.models.win_odds.number_needed import Side, number_needed_to_treat

ALPHA = 0.05
QUANTILE = 1.959963984540054  # of the normal distribution, R: qnorm(0.975)
EXACT = 1e-12  # a logistic function and a quotient


def logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def with_limits(low: float, high: float) -> WinOdds:
    """Win odds whose 95 % limits are these win probabilities."""
    log_odds = (logit(low) + logit(high)) / 2
    error = (logit(high) - logit(low)) / 2 / QUANTILE
    odds = math.exp(log_odds)
    probability = odds / (1 + odds)
    spread = error * probability * (1 - probability)
    return WinOdds(probability, spread, odds, log_odds, error, n=100)


@pytest.mark.parametrize(
    ("low", "high", "limits"),
    [
        (0.51, 0.60, ("NNTB", 50.0, "NNTB", 5.0)),
        (0.40, 0.49, ("NNTH", 5.0, "NNTH", 50.0)),
        (0.48, 0.60, ("NNTH", 25.0, "NNTB", 5.0)),
        (0.40, 0.52, ("NNTH", 5.0, "NNTB", 25.0)),
    ],
)
def test_the_interval(low: float, high: float, limits: tuple[str, float, str, float]) -> None:
    needed = number_needed_to_treat(with_limits(low, high), ALPHA)
    assert needed.win_probability_low == pytest.approx(low, rel=EXACT)
    assert needed.win_probability_high == pytest.approx(high, rel=EXACT)
    assert needed.low.number == pytest.approx(1 / abs(2 * low - 1), rel=1e-10)
    assert needed.high.number == pytest.approx(1 / abs(2 * high - 1), rel=1e-10)
    assert needed.crosses == (low < 0.5 < high)
    assert (needed.low.side, needed.high.side) == limits[::2]
    assert (needed.low.number, needed.high.number) == pytest.approx(limits[1::2], rel=1e-10)


def test_the_estimate_is_for_benefit_or_harm() -> None:
    found = with_limits(0.51, 0.60)
    needed = number_needed_to_treat(found, ALPHA)
    assert needed.estimate.side is Side.BENEFIT
    assert needed.estimate.number == pytest.approx(1 / (2 * found.win_probability - 1), rel=EXACT)
    assert number_needed_to_treat(with_limits(0.40, 0.49), ALPHA).estimate.side is Side.HARM


def test_no_effect_is_infinite_without_a_side() -> None:
    needed = number_needed_to_treat(WinOdds(0.5, 0.05, 1.0, 0.0, 0.2, n=100), ALPHA)
    assert math.isinf(needed.estimate.number)
    assert needed.estimate.side is Side.NEITHER
    assert (needed.low.side, needed.high.side) == (Side.HARM, Side.BENEFIT)


@pytest.mark.parametrize("side", ["benefit", "harm"])
def test_a_limit_at_no_effect_ends_at_infinity(side: str) -> None:
    sign = 1 if side == "benefit" else -1
    found = WinOdds(0.6, 0.0, 1.5, sign * 0.4, 0.4 / QUANTILE, n=100)
    needed = number_needed_to_treat(found, ALPHA)
    fewest, most = (needed.high, needed.low) if sign == 1 else (needed.low, needed.high)
    assert fewest.number == pytest.approx(1 / math.tanh(0.4), rel=1e-10)
    assert (most.number, most.side) == (math.inf, Side.NEITHER)
    assert needed.crosses


def test_a_wider_interval_for_a_smaller_alpha() -> None:
    found = with_limits(0.51, 0.60)
    assert number_needed_to_treat(found, 0.01).crosses
    assert not number_needed_to_treat(found, 0.05).crosses


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.1, 2.0, math.nan])
def test_alpha_refused(alpha: float) -> None:
    with pytest.raises(EstimationError, match="alpha must lie between 0 and 1"):
        number_needed_to_treat(with_limits(0.51, 0.60), alpha)
