"""Recomputed statistics and their tolerances: how far the engine's may lie from them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

ROUNDING = 1e-12
"""Of a likelihood-ratio statistic, a difference of sums of a thousand: near 0 all that is left."""
COUNTED = "rows counted in the analysis data set"
"""The method of counts and of their shares."""


class Unit(StrEnum):
    """What a difference is measured in."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    STANDARD_ERRORS = "standard errors"


@dataclass(frozen=True)
class Tolerance:
    """The largest difference of two values that are the same number."""

    limit: float
    unit: Unit


COUNT = Tolerance(0.0, Unit.ABSOLUTE)
"""Counts are whole numbers: they are equal or they are not."""
FORMULA = Tolerance(1e-9, Unit.RELATIVE)
"""Closed formulas: the results table keeps 12 digits, and sums of a thousand terms lose two."""
DIFFERENCE = Tolerance(1e-9, Unit.ABSOLUTE)
"""Differences of two risks lie between -1 and 1 and may be 0; their limits are roots, which both
implementations find to 1e-12."""
MAXIMUM = Tolerance(1e-8, Unit.STANDARD_ERRORS)
"""Estimates that are maxima: each implementation is within 1e-10 standard errors of its own."""
CURVATURE = Tolerance(1e-8, Unit.RELATIVE)
"""Standard errors, ratios and limits of such estimates: the check's curvature comes from
differences of complex-step gradients, which are good to 1e-10."""


def tolerate_p(z_squared: float) -> Tolerance:
    """Return the tolerance of a p-value: its relative error is that of z, times z squared."""
    return Tolerance(CURVATURE.limit * max(1.0, z_squared), Unit.RELATIVE)


def tolerate_chi_square_p(statistic: float) -> Tolerance:
    """Return the tolerance of the p-value of a difference of log likelihoods, one degree."""
    root = math.sqrt(statistic + ROUNDING) - math.sqrt(statistic)
    return Tolerance(tolerate_p(statistic).limit + root, Unit.RELATIVE)


NOT_REACHED = "the maximum was not reached"
NO_PROFILE_LIMIT = "no profile limit within 20 standard errors"
TOO_FEW_ARRANGEMENTS = "too few arrangements of the arms for a normal distribution"
TOO_MANY_HYPOTHESES = "more hypotheses than the check closes"
SEVERAL_MAXIMA = "the profile has several maxima: which is the highest the check cannot tell"
OWN_LIMITS = frozenset(
    {NOT_REACHED, NO_PROFILE_LIMIT, TOO_FEW_ARRANGEMENTS, TOO_MANY_HYPOTHESES, SEVERAL_MAXIMA}
)
"""Why the check itself has no number where there may be one: it then accuses nobody."""


@dataclass(frozen=True)
class Recomputed:
    """One number of the check. ``value`` is None where it is not estimable; ``reason`` says why.

    ``standard_error``: for differences that are measured in standard errors.
    """

    name: str
    value: float | int | None
    tolerance: Tolerance
    analysis_id: str = ""
    population: str = ""
    group: str = ""
    level: str = ""
    method: str = ""
    reason: str = ""
    standard_error: float = 1.0


def assign(numbers: Iterable[Recomputed], method: str = "", **keys: str) -> Iterator[Recomputed]:
    """Yield the numbers with their analysis id, population, group or level.

    ``method``: of those that do not say their own.
    """
    for number in numbers:
        yield replace(number, **keys, method=number.method or method)  # type: ignore[arg-type]


def count(name: str, value: int, group: str = "", level: str = "") -> Recomputed:
    """Return a number of rows."""
    return Recomputed(name, value, COUNT, group=group, level=level, method=COUNTED)


def percent(part: int, total: int, group: str = "", level: str = "") -> Recomputed:
    """Return a share in percent; not estimable of nothing."""
    value, reason = (100.0 * part / total, "") if total else (None, "the total is 0")
    return Recomputed(
        "pct", value, FORMULA, group=group, level=level, method=COUNTED, reason=reason
    )


def without(names: Iterable[str], reason: str) -> list[Recomputed]:
    """Return numbers that are not estimable, with the reason."""
    return [Recomputed(name, None, COUNT, reason=reason) for name in names]


def measure(
    values: Mapping[str, float | None], tolerance: Tolerance, reason: str = ""
) -> list[Recomputed]:
    """Return numbers of one tolerance; ``reason`` is that of those which are None."""
    return [
        Recomputed(name, value, tolerance, reason=reason if value is None else "")
        for name, value in values.items()
    ]
