"""Root of a function of one variable (Brent 1973)."""

from collections.abc import Callable

ROOT_TOLERANCE = 1e-12
"""Absolute tolerance of an interval limit, on the log scale or in standard errors; 12 digits are
reported."""


def find_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where ``function`` is zero, to 1e-12 (Brent 1973).

    Raises ValueError unless its signs at ``low`` and ``high`` differ.

    >>> round(find_root(lambda x: x**2 - 2, 0.0, 2.0), 3)
    1.414
    """
    from scipy.optimize import brentq  # slow to import

    return float(brentq(function, low, high, xtol=ROOT_TOLERANCE))
