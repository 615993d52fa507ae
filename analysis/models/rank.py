"""Win odds: the Wilcoxon-Mann-Whitney effect with ties split (docs/methods.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.inputs import read_levels, read_vector
from analysis.models.newton import Vector


@dataclass(frozen=True)
class WinOdds:
    """``win_probability`` = P(treatment lower) + P(tie) / 2, its odds, and the log odds' error."""

    win_probability: float
    win_probability_error: float
    odds: float
    log_odds: float
    log_odds_error: float
    n: int


def estimate_win_odds(y: ArrayLike, arm: ArrayLike) -> WinOdds:
    """Return the win odds of arm 1 over arm 0; above 1 when arm 1 has the lower levels.

    ``y`` (n,): integer levels, low is good. ``arm`` (n,): 1 for the treatment, 0 for the reference.
    The variance comes from the placement values of each arm (DeLong 1988; Brunner & Munzel 2000),
    by the delta method on the log-odds scale. Raises EstimationError for anything but integer
    levels and arms of 0 and 1, if an arm has fewer than two rows, if all rows have one level, or if
    the win probability is 0 or 1.
    """
    observed, levels = read_levels(y)
    member = read_vector(arm, len(levels), "arm")
    if not np.isin(member, (0, 1)).all():
        raise EstimationError("arm must be 0 or 1")
    if len(observed) < 2:
        raise EstimationError(f"the outcome has one observed level ({observed[0]})")
    treated, reference = levels[member == 1], levels[member == 0]
    if min(len(treated), len(reference)) < 2:
        raise EstimationError(f"arms of {len(treated)} and {len(reference)} rows; 2 are needed")
    wins = _share_beaten(treated, reference)
    losses = 1.0 - _share_beaten(reference, treated)
    probability = float(wins.mean())
    if not 0.0 < probability < 1.0:
        raise EstimationError("every comparison is won by one arm: the win odds are 0 or infinite")
    variance = wins.var(ddof=1) / len(wins) + losses.var(ddof=1) / len(losses)
    error = float(np.sqrt(variance))
    odds = probability / (1.0 - probability)
    return WinOdds(
        win_probability=probability,
        win_probability_error=error,
        odds=odds,
        log_odds=float(np.log(odds)),
        log_odds_error=error / (probability * (1.0 - probability)),
        n=len(levels),
    )


def _share_beaten(mine: np.ndarray, others: np.ndarray) -> Vector:
    """For every row of ``mine`` the share of ``others`` that are higher, ties half."""
    ordered = np.sort(others)
    not_higher = np.searchsorted(ordered, mine, side="right")
    lower = np.searchsorted(ordered, mine, side="left")
    share: Vector = 1.0 - (not_higher + lower) / (2.0 * len(others))
    return share
