"""The conditional modes: roots of a falling slope, wherever they lie."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from analysis.models.random_intercept.logits import GroupedLogits
from analysis.models.random_intercept.modes import find_modes

ROOT = 1e-9
"""In conditional standard deviations; brentq itself stops at 1e-13."""


def build_logits(sign: np.ndarray, sizes: list[int]) -> GroupedLogits:
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return GroupedLogits(np.zeros((len(sign), 1)), sign, starts)


def solve(base: np.ndarray, sign: np.ndarray, precision: float) -> tuple[float, float]:
    """The root of one group's slope by bisection, and the curvature there."""

    def slope(b: float) -> float:
        return float(np.sum(sign * expit(-(base + sign * b))) - b * precision)

    far = len(base) / precision
    root = float(brentq(slope, -far, far, xtol=1e-13, rtol=1e-14))
    tail = expit(-(base + sign * root))
    return root, float(np.sum(tail * (1 - tail)) + precision)


@pytest.mark.parametrize("sigma", [0.01, 1.0, 8.0])
@pytest.mark.parametrize("scale", [0.5, 5.0, 50.0])
def test_modes_are_roots(sigma: float, scale: float) -> None:
    """Also where the logits are far apart and plain Newton steps run back and forth."""
    rng = np.random.default_rng(8)
    sizes = [1, 2, 3, 5, 8, 60]
    sign = rng.choice([-1.0, 1.0], size=sum(sizes))
    base = scale * rng.normal(size=len(sign))
    logits = build_logits(sign, sizes)
    found = find_modes(logits, base, sigma**-2)
    assert found is not None
    for group, rows in enumerate(np.split(np.arange(len(sign)), logits.starts[1:])):
        root, curvature = solve(base[rows], sign[rows], sigma**-2)
        assert abs(found[group] - root) * np.sqrt(curvature) < ROOT


def test_newton_steps_that_cycle() -> None:
    """From 0, plain Newton steps jump over the root and back for ever."""
    sign, base, precision = np.ones(3), np.array([-5.0, -6.0, -5.0]), 0.25
    found = find_modes(build_logits(sign, [3]), base, precision)
    assert found is not None
    assert found[0] == pytest.approx(solve(base, sign, precision)[0], abs=ROOT)


def test_nothing_to_solve_is_told() -> None:
    """A slope that is NaN has no root."""
    logits = build_logits(np.array([1.0, -1.0]), [2])
    assert find_modes(logits, np.array([np.nan, 0.0]), 1.0) is None
