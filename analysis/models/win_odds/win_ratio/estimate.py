"""Win ratio, win odds and net benefit over pairs (docs/methods.md, section 4)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arms import read_arm, require_rows_in_arms
from analysis.models.types import Matrix
from analysis.models.win_odds.win_ratio.pairs import LevelShares, PairCounts, count_pairs
from analysis.models.win_odds.win_ratio.priorities import Priority, read_priority

FEWEST_PER_ARM = 2
"""Fewest rows of an arm: a sample variance needs two."""


@dataclass(frozen=True)
class PairwiseEffect:
    """An effect and its standard error: ratios on the log scale, the net benefit as it is."""

    estimate: float
    standard_error: float


@dataclass(frozen=True)
class WinRatio:
    """Wins and losses of arm 1 as shares of all ``pairs``, their effects, and what decided them.

    ``log_ratio``: wins over losses; ``log_odds``: the same, with half of the ties on either side;
    ``net_benefit``: wins less losses. ``levels``: the shares that each level decides, by its name,
    in the order of priority; ``n`` rows were compared.
    """

    wins: float
    losses: float
    ties: float
    log_ratio: PairwiseEffect
    log_odds: PairwiseEffect
    net_benefit: PairwiseEffect
    levels: Mapping[str, LevelShares]
    pairs: int
    n: int


def estimate_win_ratio(priorities: Mapping[str, Priority], arm: ArrayLike) -> WinRatio:
    """Return the comparison of all pairs of arm 1 and arm 0; a ratio above 1 favours arm 1.

    ``priorities``: the levels by name, the first to decide first; a pair that one does not decide
    goes on to the next. ``arm`` (n,): 1 for the treatment, 0 for the reference. Shares of wins and
    losses are two-sample U-statistics; their covariance comes from the rows' own shares (Hoeffding
    projections), sample covariance over n, summed over the arms (Bebu & Lachin 2016), and the
    standard errors by the delta method. With one level the win odds are those of
    ``win_odds.estimate_win_odds``.

    Raises EstimationError for no level, arms other than 0 and 1 or of fewer than two rows, values
    that cannot be read, and where either arm wins no pair or the effects have no variance.

    >>> from analysis.models.win_odds import EventTimes, Measurement
    >>> arm = [1] * 4 + [0] * 4
    >>> died = EventTimes([90, 90, 90, 10, 90, 90, 30, 5], [0, 0, 0, 1, 0, 0, 1, 1])
    >>> mrs = Measurement([0, 2, 3, 6, 1, 4, 6, 6], lower_is_better=True)
    >>> found = estimate_win_ratio({"death": died, "mRS": mrs}, arm)
    >>> found.wins, found.losses, round(float(np.exp(found.log_ratio.estimate)), 2)
    (0.6875, 0.3125, 2.2)
    >>> found.levels["death"].won, found.levels["mRS"].won
    (0.4375, 0.25)
    """
    n = np.size(arm)
    treated = read_arm(arm, n)
    if not priorities:
        raise EstimationError("there is no level to compare by")
    require_rows_in_arms(treated, FEWEST_PER_ARM)
    bounds = [read_priority(level, n, name) for name, level in priorities.items()]
    counts = count_pairs(bounds, treated)
    return _estimate(counts, dict(zip(priorities, counts.share_levels(), strict=True)), n)


def _estimate(counts: PairCounts, levels: Mapping[str, LevelShares], n: int) -> WinRatio:
    won, lost = (int(count) for count in counts.levels.sum(axis=0))
    if not won or not lost:
        raise EstimationError(ReasonCode.ONE_ARM_WINS)
    wins, losses = won / counts.pairs, lost / counts.pairs
    covariance = _covariance(counts)
    odds = (1.0 + wins - losses) / 2.0
    slope = 1.0 / (2.0 * odds * (1.0 - odds))
    net = _combine(covariance, 1.0, -1.0)
    ratio = _combine(covariance, 1.0 / wins, -1.0 / losses)
    if not min(net, ratio) > 0.0:
        raise EstimationError(ReasonCode.NO_WIN_VARIANCE)
    return WinRatio(
        wins=wins,
        losses=losses,
        ties=(counts.pairs - won - lost) / counts.pairs,
        log_ratio=PairwiseEffect(float(np.log(wins / losses)), ratio),
        log_odds=PairwiseEffect(float(np.log(odds / (1.0 - odds))), net * slope),
        net_benefit=PairwiseEffect(wins - losses, net),
        levels=levels,
        pairs=counts.pairs,
        n=n,
    )


def _covariance(counts: PairCounts) -> Matrix:
    """Covariance (2, 2) of the shares of wins and losses."""
    sizes = len(counts.treated), len(counts.reference)
    ours = np.cov(counts.treated / sizes[1], rowvar=False) / sizes[0]
    theirs = np.cov(counts.reference / sizes[0], rowvar=False) / sizes[1]
    both: Matrix = ours + theirs
    return both


def _combine(covariance: Matrix, of_wins: float, of_losses: float) -> float:
    """Standard error of a combination of both shares."""
    weights = np.array([of_wins, of_losses])
    return float(np.sqrt(max(0.0, float(weights @ covariance @ weights))))
