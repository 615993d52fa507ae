"""Rank tests of two arms: Wilcoxon-Mann-Whitney and van Elteren (docs/methods.md, section 4)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.numerics.wald import normal_p_value
from analysis.models.types import Vector
from analysis.models.win_odds.level_counts import (
    LevelCounts,
    count_levels,
    count_lower,
    read_two_arms,
)
from analysis.models.win_odds.strata import read_strata


@dataclass(frozen=True)
class RankTest:
    """A test that the arms have one distribution (in every stratum).

    ``z`` is above 0 when arm 1 has the lower levels; ``chi_square`` = z**2 on 1 degree of freedom;
    ``p_value`` is two-sided. ``n`` rows in ``strata`` strata were compared; ``strata_left_out``,
    with ``rows_left_out`` rows, have an empty arm.
    """

    z: float
    chi_square: float
    p_value: float
    n: int
    strata: int
    strata_left_out: int
    rows_left_out: int


def wilcoxon_mann_whitney_test(y: ArrayLike, arm: ArrayLike) -> RankTest:
    """Return the test of the midrank sum: exact variance given the ties, no continuity correction.

    ``y`` (n,): integer levels. ``arm`` (n,): 1 for the treatment, 0 for the reference. Raises
    EstimationError for anything else, an empty arm, or one observed level.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> round(wilcoxon_mann_whitney_test(mrs, arm).p_value, 3)
    0.323
    """
    return _test(y, arm, None)


def van_elteren_test(y: ArrayLike, arm: ArrayLike, strata: ArrayLike) -> RankTest:
    """Return van Elteren's (1960) test: midrank sums within strata, with weights 1 / (n + 1).

    ``strata`` (n,): labels, text or numbers. No stratum is pooled; one with an empty arm compares
    nothing and is left out. Raises EstimationError as the unstratified test, for missing labels,
    and if no stratum has both arms and two levels.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> round(van_elteren_test(mrs, arm, strata=["m", "f"] * 6).p_value, 3)
    0.34
    """
    return _test(y, arm, strata)


def _test(y: ArrayLike, arm: ArrayLike, strata: ArrayLike | None) -> RankTest:
    arms = read_two_arms(y, arm, 1)
    n = len(arms.levels)
    codes = np.zeros(n, dtype=np.intp) if strata is None else read_strata(strata, n)
    counts = count_levels(arms, codes)
    compared = np.minimum(counts.treated_n, counts.reference_n) > 0
    used = LevelCounts(counts.treated[compared], counts.reference[compared])
    rows = used.treated_n + used.reference_n
    excess = used.count_wins() - used.treated_n * used.reference_n / 2.0
    variance = _permutation_variance(used) / (rows + 1.0) ** 2
    if not variance.sum() > 0.0:
        raise EstimationError(ReasonCode.NO_REARRANGEMENT)
    z = float(np.sum(excess / (rows + 1.0)) / np.sqrt(variance.sum()))
    return RankTest(
        z=z,
        chi_square=z**2,
        p_value=normal_p_value(z),
        n=int(rows.sum()),
        strata=len(rows),
        strata_left_out=int(np.sum(~compared)),
        rows_left_out=n - int(rows.sum()),
    )


def _permutation_variance(counts: LevelCounts) -> Vector:
    """Variance of the wins in each stratum over all permutations of the arms, given the ties.

    n1 n0 / (n (n - 1)) times the squared deviations of the midranks: nothing cancels, as it does
    where a correction for ties is subtracted.
    """
    treated_n, reference_n = counts.treated_n, counts.reference_n
    n = treated_n + reference_n
    table = counts.treated + counts.reference
    squares = np.einsum("hk,hk->h", table, (count_lower(table) - n[:, None] / 2.0) ** 2)
    variance: Vector = treated_n * reference_n * squares / (n * (n - 1.0))
    return variance
