"""Data without a partial proportional-odds estimate: separation, or a maximum at the edge."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.models.proportionality.partial_odds.fit import fit_partial_odds
from tests.unit.models.samples.random_samples import draw_sample
from tests.unit.models.samples.two_arm_tables import TwoArms, build_two_arms

EDGE = "edge of the region in which the cumulative logits are in order"
SEPARATION = r"separation along column \[0\]: no finite estimate exists"


def fit(data: TwoArms) -> object:
    return fit_partial_odds(data.y, data.x, (0,), weights=data.w)


@pytest.mark.parametrize(
    ("reference", "treatment", "message"),
    [
        # an inner level empty in one arm: its probability is 0 at the maximum
        ([10, 8, 6, 5], [4, 9, 0, 10], rf"{EDGE}.* column \[0\], level \[2\]"),
        ([10, 8, 6, 5], [4, 0, 0, 10], EDGE),
        # an end empty in one arm: the log odds ratio there is infinite
        ([10, 8, 6, 5], [0, 9, 5, 10], SEPARATION),
        ([10, 8, 6, 5], [4, 9, 5, 0], SEPARATION),
        ([10, 8, 6, 5], [4, 9, 0, 0], SEPARATION),
        ([10, 8, 6, 0], [0, 9, 3, 7], SEPARATION),
        ([0, 8, 6, 5], [0, 4, 9, 5], None),  # a level that nobody has is no edge
        ([5, 5, 0, 0], [0, 0, 5, 5], "separation along column"),  # no proportional-odds fit either
    ],
)
def test_empty_cells(reference: list[int], treatment: list[int], message: str | None) -> None:
    data = build_two_arms(reference, treatment)
    if message is None:
        fit(data)
        return
    with pytest.raises(EstimationError, match=message):
        fit(data)


def test_a_maximum_beyond_the_edge_is_found_out() -> None:
    """The maximum over each row's own level lies where the logits of other rows cross; the
    constrained maximum, found here by sequential quadratic programming, is at the edge."""
    y, x = np.r_[np.zeros(20, int), np.ones(3, int), np.full(20, 2)], np.zeros((43, 1))
    x[:, 0] = np.r_[np.linspace(0, 1, 20), np.full(3, 1.0), np.linspace(0.3, 0.9, 20)]
    with pytest.raises(EstimationError, match=EDGE):
        fit_partial_odds(y, x, (0,))
    best = maximise_inside(y, x[:, 0])
    distances = (best[1] - best[0]) + (best[3] - best[2]) * x[:, 0]
    assert distances.min() == pytest.approx(0.0, abs=1e-6)


def maximise_inside(y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """(theta_1, theta_2, gamma_1, gamma_2) that maximise the likelihood with logits in order."""

    def loss(p: np.ndarray) -> float:
        below = expit(p[:2] + np.outer(z, p[2:]))
        levels = np.diff(np.column_stack([np.zeros(len(z)), below, np.ones(len(z))]), axis=1)
        return -float(np.sum(np.log(np.maximum(levels[np.arange(len(z)), y], 1e-300))))

    order = {"type": "ineq", "fun": lambda p: p[1] - p[0] + (p[3] - p[2]) * np.unique(z)}
    found = minimize(loss, [-0.5, 0.5, 0.0, 0.0], constraints=[order], method="SLSQP")
    assert found.success
    return np.asarray(found.x)


def test_the_rows_beyond_the_edge_are_counted() -> None:
    """The middle level has 18, 10, 1 and 0 of 20 rows at the values 0 to 3, steeper than a logit:
    at 3, where nobody has it, its probability would be negative."""
    value = np.repeat([0.0, 1.0, 2.0, 3.0], 20)
    counts = [(1, 18, 1), (5, 10, 5), (9, 1, 10), (10, 0, 10)]
    y = np.concatenate([np.repeat([0, 1, 2], count) for count in counts])
    with pytest.raises(EstimationError, match=rf"{EDGE}.* level \[1\] .*\(20 of 80 rows\)"):
        fit_partial_odds(y, value[:, None], (0,))


def test_separation_is_found_among_many_rows() -> None:
    """2000 rows, more than enter one linear program; only the first column separates, and only at
    the lowest cut point."""
    sample = draw_sample(n=2000, p=3)
    y = np.where((sample.x[:, 0] == 1) & (sample.y == 0), 1, sample.y)
    with pytest.raises(EstimationError, match=SEPARATION):
        fit_partial_odds(y, sample.x, (2, 0))


def test_columns_that_separate_together_are_named_together() -> None:
    """The lowest level is seen only at (0, 1) and (1, 0), the others at (1, 1), too: the sum of the
    columns separates it, neither column does."""
    points = np.repeat([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], 30, axis=0)
    y = np.r_[np.tile([0, 1, 2], 20), np.tile([1, 2], 15)]
    with pytest.raises(EstimationError, match=r"separation along column \[0, 1\]"):
        fit_partial_odds(y, points, (0, 1))
