"""Bounds over joint distributions against the transport problem itself, solved by HiGHS."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.errors import EstimationError
from analysis.models.types import Matrix
from analysis.models.win_odds import bound_joint_shares, estimate_win_odds

SOLVER = 1e-9  # HiGHS stops at its feasibility tolerance


def solve(gain: Matrix, ours: Matrix, theirs: Matrix) -> tuple[float, float]:
    """Smallest and largest mean gain of joint distributions with these margins."""
    size = len(ours)
    margins = np.vstack(
        [np.kron(np.eye(size), np.ones(size)), np.kron(np.ones(size), np.eye(size))]
    )
    ends = [
        linprog(sign * gain.ravel(), A_eq=margins, b_eq=np.concatenate([ours, theirs])).fun
        for sign in (1, -1)
    ]
    return ends[0], -ends[1]


@pytest.mark.parametrize("seed", range(12))
def test_the_bounds_are_those_of_the_transport_problem(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2 + seed % 6, 60)
    arm = rng.permutation([1] * 25 + [0] * 35)
    levels = np.unique(y)
    ours, theirs = ((y[arm == one, None] == levels).mean(axis=0) for one in (1, 0))
    net = np.sign(levels[None, :] - levels[:, None]).astype(float)
    found = bound_joint_shares(y, arm)
    for share, gain in (
        (found.benefit, np.maximum(net, 0)), (found.harm, np.maximum(-net, 0)), (found.net, net)
    ):  # fmt: skip
        assert (share.low, share.high) == pytest.approx(solve(gain, ours, theirs), abs=SOLVER)
        assert share.low <= share.independent <= share.high


def test_the_independent_net_share_is_that_of_the_win_probability() -> None:
    mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    net = bound_joint_shares(mrs, arm).net.independent
    assert net == pytest.approx(2 * estimate_win_odds(mrs, arm).win_probability - 1)


def test_equal_arms_may_hide_any_benefit_or_none() -> None:
    found = bound_joint_shares([0, 1, 0, 1], [1, 1, 0, 0])
    assert (found.benefit.low, found.benefit.high) == (0.0, 0.5)
    assert (found.net.low, found.net.high) == (0.0, 0.0)


def test_one_level_has_no_shift() -> None:
    with pytest.raises(EstimationError, match="one observed level"):
        bound_joint_shares([1, 1], [1, 0])
