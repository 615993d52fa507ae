"""Root of a function of one variable (Brent 1973)."""

from __future__ import annotations

from collections.abc import Callable

from scipy.optimize import brentq

ROOT_TOLERANCE = 1e-12
"""Absolute tolerance of an interval limit, on the log scale or in standard errors; 12 digits are
reported."""


def find_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where ``function`` is zero; its signs at ``low`` and ``high`` differ (Brent 1973)."""
    return float(brentq(function, low, high, xtol=ROOT_TOLERANCE))
