"""Firth's penalty: by hand, symmetries, derivatives, and tiny trials that separate."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.means_and_risks import fit_firth_logistic, profile_firth
from analysis.models.means_and_risks.firth_likelihood import FirthLikelihood
from analysis.models.types import Matrix, Vector

ANSWER = 1e-9
STEP = 1e-5
SLOPE = 1e-7
"""Central differences of a step of 1e-5 are off by its square times third derivatives."""

TABLES = [(3, 8, 1, 8), (4, 4, 0, 4), (0, 5, 2, 9), (7, 7, 5, 6)]
"""Events and subjects of either arm."""


def lay_out(treated: int, n1: int, others: int, n0: int) -> tuple[Vector, Matrix]:
    event = np.repeat([1.0, 0.0, 1.0, 0.0], [treated, n1 - treated, others, n0 - others])
    return event, np.repeat([1.0, 0.0], [n1, n0])[:, None]


def draw(seed: int, n: int = 40) -> tuple[Vector, Matrix]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.arange(n) % 2, rng.normal(68, 11, n), rng.random(n) < 0.2])
    event = rng.random(n) < 0.15
    event[:2] = True, False
    return event.astype(float), x.astype(float)


@pytest.mark.parametrize("table", TABLES)
def test_of_two_arms_it_adds_half_a_subject_to_each_cell(table: tuple[int, int, int, int]) -> None:
    """Haldane's and Anscombe's correction (Firth 1993, section 3.3)."""
    a, n1, c, n0 = table
    fit = fit_firth_logistic(*lay_out(*table))
    cells = [a + 0.5, n1 - a + 0.5, c + 0.5, n0 - c + 0.5]
    assert fit.beta[0] == pytest.approx(
        math.log(cells[0] * cells[3] / (cells[1] * cells[2])), rel=ANSWER
    )
    weights = [n * p * (1 - p) for n, p in ((n1, cells[0] / (n1 + 1)), (n0, cells[2] / (n0 + 1)))]
    assert fit.beta_errors[0] == pytest.approx(math.sqrt(sum(1 / w for w in weights)), rel=ANSWER)


def test_profile_of_two_arms_is_the_likelihood_with_half_a_subject_in_each_cell() -> None:
    """The limit's penalised log likelihood lies below the top by half the quantile."""
    a, n1, c, n0 = 3, 8, 1, 8
    found = profile_firth(fit_firth_logistic(*lay_out(a, n1, c, n0)), 0, alpha=0.05)

    def height(log_odds: float, effect: float) -> float:
        pairs = ((a, n1, log_odds + effect), (c, n0, log_odds))
        return sum((x + 0.5) * t - (n + 1) * math.log1p(math.exp(t)) for x, n, t in pairs)

    grid = np.linspace(-8, 4, 120_001)
    top = height(math.log(1.5 / 7.5), math.log(3.5 * 7.5 / (5.5 * 1.5)))
    for limit in (found.low, found.high):
        best = max(
            (a + 0.5) * (grid + limit) - (n1 + 1) * np.log1p(np.exp(grid + limit))
            + (c + 0.5) * grid - (n0 + 1) * np.log1p(np.exp(grid))
        )  # fmt: skip
        assert 2 * (top - best) == pytest.approx(1.959963984540054**2, abs=1e-7)


def test_events_and_others_exchanged_turn_the_sign() -> None:
    event, x = draw(5)
    own, turned = fit_firth_logistic(event, x), fit_firth_logistic(1 - event, x)
    assert turned.beta == pytest.approx(-own.beta, rel=ANSWER)
    first, second = profile_firth(own, 0, 0.05), profile_firth(turned, 0, 0.05)
    assert (second.low, second.high) == pytest.approx((-first.high, -first.low), rel=1e-8)
    assert second.p_value == pytest.approx(first.p_value, rel=1e-8)


def test_units_and_order_of_columns_do_not_matter() -> None:
    event, x = draw(6)
    own = fit_firth_logistic(event, x)
    other = fit_firth_logistic(event, np.column_stack([x[:, 1] * 1e4 + 1e6, x[:, 2], x[:, 0]]))
    assert other.beta * [1e4, 1, 1] == pytest.approx(own.beta[[1, 2, 0]], rel=1e-7)
    expected, found = profile_firth(own, 0, 0.05), profile_firth(other, 2, 0.05)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-7)


@pytest.mark.parametrize("at", [(0.0, 0.0, 0.0), (-1.5, 2.0, 1.0), (3.0, -4.0, 2.0)])
def test_derivatives_are_those_of_the_value(at: tuple[float, ...]) -> None:
    event, x = draw(7)
    scaled = (x - x.mean(axis=0)) / x.std(axis=0)
    model = FirthLikelihood(np.column_stack([np.ones(len(x)), scaled[:, :2]]), event)
    point = np.array(at)
    here = model.at(point)
    assert here is not None
    for j, unit in enumerate(np.eye(3)):
        after, before = model.at(point + STEP * unit), model.at(point - STEP * unit)
        assert after is not None
        assert before is not None
        slope = (after.value - before.value) / (2 * STEP)
        assert here.gradient[j] == pytest.approx(slope, rel=SLOPE, abs=SLOPE)
        bend = (after.gradient - before.gradient) / (2 * STEP)
        assert here.information[:, j] == pytest.approx(-bend, rel=SLOPE, abs=SLOPE)


@pytest.mark.parametrize("seed", range(40))
def test_tiny_trials_have_an_estimate_inside_its_interval(seed: int) -> None:
    """Whether they separate or not; every third has all of its events in one arm."""
    event, x = draw(seed, n=16)
    if seed % 3 == 0:
        event *= x[:, 0] == event[0] * x[0, 0]
    if not 0 < event.sum() < len(event):
        event[[0, 1]] = 1.0, 0.0
    keep = np.ptp(x, axis=0) > 0
    fit = fit_firth_logistic(event, x[:, keep])
    found = profile_firth(fit, 0, alpha=0.05)
    assert found.low < fit.beta[0] < found.high
    assert (found.p_value < 0.05) == (found.low > 0 or found.high < 0)


def test_a_step_to_where_no_risk_is_left_is_taken_back_without_overflow() -> None:
    """Of 40 subjects 36 have the event; on the way to a limit all risks come down to 1e-223."""
    event = np.array([*[1] * 19, 0, *[1] * 17, *[0] * 3], dtype=float)
    arm = np.repeat([1.0, 0.0], 20)
    age = np.array([60 + (7 * i) % 23 for i in range(40)], dtype=float)
    fit = fit_firth_logistic(event, np.column_stack((arm, age)))
    found = profile_firth(fit, 0, alpha=0.05)
    assert found.low < fit.beta[0] < found.high


@pytest.mark.parametrize(
    ("event", "x", "message"),
    [
        ([0, 0, 0], [[1], [0], [1]], "nobody has the event"),
        ([1, 1, 1], [[1], [0], [1]], "everybody has the event"),
        ([1, 0, 2], [[1], [0], [1]], "events must be 0 or 1"),
        ([1, 0, 1], [[1], [1], [1]], r"constant column \[0\]"),
        ([1, 0, 1, 0], [[1, 2], [0, 0], [1, 2], [0, 0]], r"collinear column \[1\]"),
    ],
)
def test_what_cannot_be_fitted_says_why(event: list[int], x: list[list[int]], message: str) -> None:
    with pytest.raises(EstimationError, match=message):
        fit_firth_logistic(event, x)


def test_a_profile_needs_a_column_of_the_fit() -> None:
    with pytest.raises(EstimationError, match="column 1 is not one of the 1 columns"):
        profile_firth(fit_firth_logistic(*lay_out(3, 8, 1, 8)), 1, alpha=0.05)
