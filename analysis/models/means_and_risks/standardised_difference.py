"""Standardised differences of two arms at baseline (docs/methods.md, section 17)."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode


def standardised_mean_difference(treatment: ArrayLike, reference: ArrayLike) -> float:
    """Return the difference of means in pooled standard deviations, treatment minus reference.

    The denominator is the root of the mean of both variances (n - 1), without the weights of the
    arms' sizes (Austin 2009). Raises EstimationError if an arm has fewer than two values, or if
    neither arm varies while the means differ; without any difference it is 0.

    >>> round(standardised_mean_difference([61, 70, 74], [65, 66, 73]), 2)
    0.06
    """
    groups = [np.asarray(values, dtype=np.float64) for values in (treatment, reference)]
    if min(len(values) for values in groups) < 2:
        raise EstimationError(ReasonCode.FEW_VALUES_IN_ARM)
    difference = float(groups[0].mean() - groups[1].mean())
    variance = float(np.mean([values.var(ddof=1) for values in groups]))
    return _in_deviations(difference, variance)


def standardised_share_difference(
    treatment_count: int, treatment_n: int, reference_count: int, reference_n: int
) -> float:
    """Return the difference of two shares in pooled standard deviations (Austin 2009).

    The variance of a share p is p (1 - p). Raises EstimationError if an arm has nobody, or if all
    of one arm and none of the other are counted.

    >>> round(standardised_share_difference(4, 6, 2, 6), 2)
    0.71
    """
    if min(treatment_n, reference_n) < 1:
        raise EstimationError(ReasonCode.NO_VALUE_IN_ARM)
    shares = (treatment_count / treatment_n, reference_count / reference_n)
    variance = sum(share * (1.0 - share) for share in shares) / 2.0
    return _in_deviations(shares[0] - shares[1], variance)


def _in_deviations(difference: float, variance: float) -> float:
    if variance > 0.0:
        return difference / float(np.sqrt(variance))
    if difference == 0.0:
        return 0.0
    raise EstimationError(ReasonCode.NO_SPREAD)
