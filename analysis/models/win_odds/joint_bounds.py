"""Benefit and harm in patients: bounds over all joint distributions (docs/methods.md, section 4).

Two arms show the levels under the treatment and those under the reference, never both of one
patient. How many would do better is known only within bounds: the smallest and the largest number
that any joint distribution with these two margins gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.models.win_odds.level_counts import read_two_arms

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class JointShare:
    """A share of patients: its bounds, and its value if the two levels were independent."""

    low: float
    high: float
    independent: float


@dataclass(frozen=True)
class JointBounds:
    """Shares of patients whose level is lower (``benefit``) or higher (``harm``) if treated.

    ``net``: benefit less harm; its bounds are its own, not the differences of theirs.
    """

    benefit: JointShare
    harm: JointShare
    net: JointShare


def bound_joint_shares(y: ArrayLike, arm: ArrayLike) -> JointBounds:
    """Return sharp bounds of the shares of patients who would do better, worse, and the net share.

    ``y`` (n,): integer levels, low is good. ``arm`` (n,): 1 for the treatment, 0 for the reference.
    The bounds are those of the observed distributions, without sampling error (Fan & Park 2010;
    Lu, Zhang & Ding 2020): a transport problem, solved by its dual over
    monotone whole-numbered potentials. Raises EstimationError for anything but integer levels and
    arms of 0 and 1, an empty arm, or one observed level.

    >>> mrs, arm = [0, 0, 1, 2, 1, 1, 2, 3], [1] * 4 + [0] * 4
    >>> found = bound_joint_shares(mrs, arm)
    >>> found.benefit.low, found.benefit.high, found.benefit.independent
    (0.5, 1.0, 0.6875)
    """
    arms = read_two_arms(y, arm, 1)
    size = int(arms.levels.max()) + 1
    treated = np.bincount(arms.levels[arms.treated], minlength=size)
    reference = np.bincount(arms.levels[~arms.treated], minlength=size)
    steps = np.arange(size)
    net = np.sign(steps[None, :] - steps[:, None])
    return JointBounds(
        benefit=_bound(np.maximum(net, 0), treated, reference),
        harm=_bound(np.maximum(-net, 0), treated, reference),
        net=_bound(net, treated, reference),
    )


def _bound(gain: Whole, treated: Whole, reference: Whole) -> JointShare:
    """Bounds of the mean ``gain`` (level if treated, level if not), monotone and whole."""
    pairs = int(treated.sum()) * int(reference.sum())
    return JointShare(
        low=-_find_largest(-gain, treated, reference) / pairs,
        high=_find_largest(gain, treated, reference) / pairs,
        independent=int(treated @ gain @ reference) / pairs,
    )


def _find_largest(gain: Whole, treated: Whole, reference: Whole) -> int:
    """The largest sum of gains over pairs: the smallest of potentials f + g >= gain (Kantorovich).

    The gains are whole numbers, so some best f is whole (the constraints are totally unimodular);
    f = max(gain - g) is as monotone in the level as the gain is and varies no more than it does.
    """
    span = int(gain.max() - gain.min())
    sign = -1 if gain[0].sum() >= gain[-1].sum() else 1
    sums = []
    for cuts in combinations_with_replacement(range(len(treated) + 1), span):
        potential = sign * (np.arange(len(treated))[:, None] >= cuts).sum(axis=1)
        other = np.max(gain - potential[:, None], axis=0)
        ours, theirs = int(treated @ potential), int(reference @ other)
        sums.append(ours * int(reference.sum()) + theirs * int(treated.sum()))
    return min(sums)
