"""Number needed to treat from the win probability (docs/methods.md, section 4)."""

from collections.abc import Callable
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

    def in_words(self, write: Callable[[float], str]) -> str:
        """Return e.g. ``NNTB 12 (NNTB 7 to 41)`` or ``NNTB 12 (NNTH 50 to ∞ to NNTB 6)``.

        ``write`` rounds a number for print.
        """
        return f"{_write(self.estimate, write)} ({self._interval(write)})"

    def _interval(self, write: Callable[[float], str]) -> str:
        if self.low.side is Side.HARM and self.high.side is Side.BENEFIT:
            return f"{_write(self.low, write)} to ∞ to {_write(self.high, write)}"
        benefit = self.high.side is Side.BENEFIT
        fewest, most = (self.high, self.low) if benefit else (self.low, self.high)
        end = "∞" if most.side is Side.NEITHER else write(most.number)
        return f"{_write(fewest, write)} to {end}"


def number_needed_to_treat(found: WinOdds, alpha: float) -> NumberNeeded:
    """Return the number needed to treat, from Wald limits on the log-odds scale.

    2 theta - 1 is the share of pairs won less the share lost; its inverse counts the treated for
    one win more than losses. Raises EstimationError if ``alpha`` is not between 0 and 1.

    >>> from analysis.models.win_odds import estimate_win_odds
    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> needed = number_needed_to_treat(estimate_win_odds(mrs, arm), alpha=0.05)
    >>> needed.in_words("{:.1f}".format)
    'NNTB 3.0 (NNTH 2.7 to ∞ to NNTB 1.3)'
    """
    log_odds = wald_interval(found.log_odds, found.log_odds_error, alpha)
    low, high = float(expit(log_odds.low)), float(expit(log_odds.high))
    return NumberNeeded(_need(found.win_probability), _need(low), _need(high), low, high)


def _need(win_probability: float) -> Needed:
    excess = 2.0 * win_probability - 1.0
    if excess == 0.0:
        return Needed(float("inf"), Side.NEITHER)
    return Needed(1.0 / abs(excess), Side.BENEFIT if excess > 0.0 else Side.HARM)


def _write(needed: Needed, write: Callable[[float], str]) -> str:
    return "∞" if needed.side is Side.NEITHER else f"{needed.side} {write(needed.number)}"
