"""Power and sample size of a common odds ratio (Whitehead 1993; docs/methods.md, section 12).

For the score test of the proportional-odds model without covariates, which is the Wilcoxon test.
Whitehead's variance counts the levels over all subjects, so it takes the mean distribution of the
two arms, weighted by their sizes; `Hmisc::popower` and `Hmisc::posamsize` are given that mean. A
trialist knows the reference arm: the functions here take its distribution and derive the treatment
arm's, and with it the mean, from the odds ratio.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from analysis.errors import EstimationError
from analysis.models.numerics.roots import find_root
from analysis.models.power.shifted_levels import (
    LARGEST_ODDS_RATIO,
    ShiftedLevels,
    read_odds_ratio,
    read_positive,
    shift_levels,
)

MOST_SUBJECTS = 1e9
"""A trial beyond this is a typing error, or an odds ratio of 1."""
WHOLE = 1e-9
"""A multiple of the allocation ratio so near to a whole number is that number."""
STEP = 0.05
"""Step of the log odds ratio in the search for the first that reaches a power."""


@dataclass(frozen=True)
class ShiftPower:
    """Power of the two-sided test on the side of ``odds_ratio``, treatment over reference.

    ``log_odds_error``: standard error of the log odds ratio near no effect. ``efficiency``: what
    ties leave of the information that as many subjects with a continuous outcome hold.
    """

    power: float
    odds_ratio: float
    alpha: float
    n_reference: float
    n_treatment: float
    levels: ShiftedLevels
    log_odds_error: float
    efficiency: float

    @property
    def n(self) -> float:
        """Subjects of both arms."""
        return self.n_reference + self.n_treatment


@dataclass(frozen=True)
class ShiftSize:
    """Whitehead's sample size and the smallest arms of whole subjects that reach the power.

    ``n_formula``: both arms, not rounded; its formula takes n / (n + 1) as 1, which is worth about
    two subjects. ``achieved``: the power of ``n_reference`` and ``n_treatment``, at least as asked.
    """

    n_formula: float
    n_reference: int
    n_treatment: int
    achieved: ShiftPower

    @property
    def n(self) -> int:
        """Subjects of both arms."""
        return self.n_reference + self.n_treatment


def power_of_shift(
    reference: ArrayLike, odds_ratio: float, n: float, *, ratio: float = 1.0, alpha: float = 0.05
) -> ShiftPower:
    """Return the power to find a common odds ratio with ``n`` subjects in both arms together.

    ``reference`` (k,): level probabilities of the reference arm, lowest level first.
    ``odds_ratio``: of a *lower* level, treatment over reference. ``ratio``: treatment subjects per
    reference subject. ``alpha``: two-sided. An arm's size need not be whole. Finding an effect on
    the wrong side is not counted, so the power is alpha / 2 at an odds ratio of 1.

    Raises EstimationError for probabilities that are negative or do not add up to 1, a single
    level, an arm of less than one subject, and any number outside its range.

    >>> round(power_of_shift([0.1, 0.2, 0.3, 0.4], odds_ratio=1.5, n=400).power, 3)
    0.608
    """
    subjects, share = read_positive(n, "n"), 1.0 / (1.0 + read_positive(ratio, "ratio"))
    arms = (subjects * share, subjects * (1.0 - share))
    if min(arms) < 1.0 or subjects > MOST_SUBJECTS:
        raise EstimationError(
            f"arms of {arms[0]:.3g} and {arms[1]:.3g} subjects: each needs at least one, and both "
            f"together at most {MOST_SUBJECTS:g}"
        )
    return _power(reference, odds_ratio, arms, alpha)


def sample_size_of_shift(
    reference: ArrayLike,
    odds_ratio: float,
    power: float,
    *,
    ratio: float = 1.0,
    alpha: float = 0.05,
) -> ShiftSize:
    """Return the sample size that finds a common odds ratio with a power.

    Arguments as for ``power_of_shift``. The smaller arm is the smallest whole number, the larger
    one its multiple by the ratio, rounded up, with which ``power_of_shift`` is at least ``power``.

    Raises EstimationError as ``power_of_shift``, for a power that is not between alpha / 2 and 1,
    and where more than 1e9 subjects would be needed (an odds ratio of 1).

    >>> sample_size_of_shift([0.1, 0.2, 0.3, 0.4], odds_ratio=1.5, power=0.9).n
    840
    """
    levels = shift_levels(reference, odds_ratio, ratio=ratio)
    effect = math.log(odds_ratio) / (_quantile(alpha) + _power_quantile(power, alpha))
    inverse = effect**2 * levels.untied / 3.0 * ratio / (ratio + 1.0) / (ratio + 1.0)
    if inverse < 1.0 / MOST_SUBJECTS:
        raise EstimationError(
            f"an odds ratio of {odds_ratio:g} needs more than {MOST_SUBJECTS:g} subjects"
        )
    for arms in _whole_arms(1.0 / inverse, ratio):
        achieved = _power(reference, odds_ratio, arms, alpha)
        if achieved.power >= power:
            break
    return ShiftSize(1.0 / inverse, *arms, achieved)


def smallest_odds_ratio(
    reference: ArrayLike, power: float, n: float, *, ratio: float = 1.0, alpha: float = 0.05
) -> ShiftPower:
    """Return the smallest odds ratio above 1 that ``n`` subjects find with a power.

    Arguments as for ``power_of_shift``. For an odds ratio below 1, reverse the levels and invert.

    Raises EstimationError as ``power_of_shift``, for a power that is not between alpha / 2 and 1,
    and where no odds ratio up to 1e6 reaches the power.

    >>> round(smallest_odds_ratio([0.1, 0.2, 0.3, 0.4], power=0.9, n=400).odds_ratio, 2)
    1.8
    """
    _power_quantile(power, alpha)

    def find(log_odds_ratio: float) -> ShiftPower:
        return power_of_shift(reference, math.exp(log_odds_ratio), n, ratio=ratio, alpha=alpha)

    def excess(log_odds_ratio: float) -> float:
        return find(log_odds_ratio).power - power

    return find(_first_root(excess, power))


def _whole_arms(n: float, ratio: float) -> Iterator[tuple[int, int]]:
    """Arms (reference, treatment) of whole subjects, upwards from fewer than ``n`` subjects."""
    larger = max(ratio, 1.0 / ratio)
    for fewest in count(max(1, math.floor(n / (1.0 + larger)) - 1)):
        most = math.ceil(larger * fewest - WHOLE)
        yield (most, fewest) if ratio < 1.0 else (fewest, most)


def _first_root(excess: Callable[[float], float], power: float) -> float:
    """The first root above 0: power can fall again where ties take more than the effect adds."""
    top = math.log(LARGEST_ODDS_RATIO)
    low = 0.0
    while low < top:
        high = min(low + STEP, top)
        if excess(high) >= 0.0:
            return find_root(excess, low, high)
        low = high
    raise EstimationError(
        f"no odds ratio up to {LARGEST_ODDS_RATIO:g} reaches a power of {power:g}"
    )


def _power(
    reference: ArrayLike, odds_ratio: float, arms: tuple[float, float], alpha: float
) -> ShiftPower:
    n_reference, n_treatment = arms
    n = n_reference + n_treatment
    levels = shift_levels(reference, odds_ratio, ratio=n_treatment / n_reference)
    information = n_reference * n_treatment * n / (3.0 * (n + 1.0) ** 2) * levels.untied
    effect = abs(math.log(read_odds_ratio(odds_ratio))) * math.sqrt(information)
    return ShiftPower(
        power=float(ndtr(effect - _quantile(alpha))),
        odds_ratio=float(odds_ratio),
        alpha=alpha,
        n_reference=n_reference,
        n_treatment=n_treatment,
        levels=levels,
        log_odds_error=1.0 / math.sqrt(information),
        efficiency=levels.untied / (1.0 - 1.0 / n**2),
    )


def _quantile(alpha: float) -> float:
    if not read_positive(alpha, "alpha") < 1.0:
        raise EstimationError(f"alpha must lie between 0 and 1, not {alpha:g}")
    return -float(ndtri(alpha / 2.0))


def _power_quantile(power: float, alpha: float) -> float:
    _quantile(alpha)
    if not alpha / 2.0 < read_positive(power, "the power") < 1.0:
        raise EstimationError(f"the power must lie between alpha / 2 and 1, not {power:g}")
    return float(ndtri(power))
