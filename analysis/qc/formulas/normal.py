"""Normal and chi-square tails and quantiles from the standard library, which the engine's are not.

The complementary error function keeps its digits in the tail.
"""

import math
from statistics import NormalDist


def find_quantile(alpha: float) -> float:
    """Return the z that a standard normal exceeds, on either side, with probability alpha."""
    return -NormalDist().inv_cdf(alpha / 2.0)


def find_p(z: float) -> float:
    """Return the two-sided p-value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def find_chi_square_p(statistic: float) -> float:
    """Return the p-value of a chi-square statistic with one degree of freedom."""
    return find_p(math.sqrt(max(statistic, 0.0)))
