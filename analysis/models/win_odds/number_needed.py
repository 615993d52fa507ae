"""Number needed to treat from the win probability (docs/methods.md, section 4)."""

from dataclasses import dataclass
from enum import StrEnum

from scipy.special import expit

from analysis.models.numerics.wald import wald_interval
from analysis.models.win_odds.estimate import WinOdds


class Side(StrEnum):
    """On which side of no effect a number needed lies (Altman 1998)."""

    BENEFIT = "NNTB"
    HARM = "NNTH"
    NEITHER = ""


@dataclass(frozen=True)
class Needed:
    """How many on the treatment for one win more, or one loss more: 1 or above, or infinity."""

    number: float
    side: Side


@dataclass(frozen=True)
class NumberNeeded:
    """1 / (2 theta - 1) with its limits, and the win probabilities that they come from.

    ``low`` and ``high`` belong to the lower and the upper limit of the win probability. If
    ``crosses``, they lie on two sides and the interval runs from one to infinity, and from infinity
    to the other.
    """

    estimate: Needed
    low: Needed
    high: Needed
    win_probability_low: float
    win_probability_high: float

    @property
    def crosses(self) -> bool:
        """Whether the interval holds no effect, where the number is infinite."""
        return self.low.side is not Side.BENEFIT and self.high.side is not Side.HARM


def number_needed_to_treat(found: WinOdds, alpha: float) -> NumberNeeded:
    """Return the number needed to treat, from Wald limits on the log-odds scale.

    2 theta - 1 is the share of pairs won less the share lost; its inverse counts the treated for
    one win more than losses. Raises EstimationError if ``alpha`` is not between 0 and 1.

    >>> from analysis.models.win_odds import estimate_win_odds
    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> needed = number_needed_to_treat(estimate_win_odds(mrs, arm), alpha=0.05)
    >>> round(needed.estimate.number, 1), str(needed.estimate.side), needed.crosses
    (3.0, 'NNTB', True)
    """
    log_odds = wald_interval(found.log_odds, found.log_odds_error, alpha)
    low, high = float(expit(log_odds.low)), float(expit(log_odds.high))
    return NumberNeeded(_need(found.win_probability), _need(low), _need(high), low, high)


def _need(win_probability: float) -> Needed:
    excess = 2.0 * win_probability - 1.0
    if excess == 0.0:
        return Needed(float("inf"), Side.NEITHER)
    return Needed(1.0 / abs(excess), Side.BENEFIT if excess > 0.0 else Side.HARM)
