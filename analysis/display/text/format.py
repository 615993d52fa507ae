"""The only place where a number becomes text (SAP 1.5).

Rounding is half away from zero on the shortest decimal that reads back as the same number
(``repr``), so 1.005 is 1.01 although its binary value lies below. Signs are the ASCII hyphen.

p-values follow the convention of the NEJM: two decimals from 0.01 on, three from 0.001 to 0.01,
``<0.001`` below and ``>0.99`` above 0.99. One refinement: where rounding would move a number onto
or across a boundary that carries a meaning (a p-value alpha, a confidence limit no effect),
decimals are added until it no longer does, so 0.0496 is never printed as 0.05 and a lower limit of
1.003 never as 1.00.

How journals write the same numbers is :mod:`analysis.display.text.number_style`, on the rounding
of this module.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from analysis.display.text.language import say
from analysis.errors import AnalysisError

NOT_ESTIMABLE = "not estimable"
NOT_COLLECTED = "not collected"
NO_EFFECT_RATIO = 1.0
NO_EFFECT_DIFFERENCE = 0.0
MOST_DECIMALS = 6
LARGE = 1000
BEYOND_READING = 1e15
"""From here on, where a model has next to no information, a number is written with an exponent."""
EVERY_DIGIT = Context(prec=800)
"""Digits before and after the point of any float, for which the usual 28 are too few."""
SUM_TOLERANCE = Decimal("1e-6")


def round_half_away(value: float, decimals: int) -> Decimal:
    """Return ``value`` rounded to ``decimals`` places, halves away from zero; never minus zero."""
    unit = Decimal(1).scaleb(-decimals)
    rounded = exact_decimal(value).quantize(unit, rounding=ROUND_HALF_UP, context=EVERY_DIGIT)
    return abs(rounded) if rounded == 0 else rounded


def format_number(value: float | None, decimals: int) -> str:
    """Return ``value`` with fixed decimals (none from 1000 on), or "not estimable".

    From 1e15 on, it is written as ``1.23e+45``.
    """
    if value is None:
        return say(NOT_ESTIMABLE)
    if abs(value) >= BEYOND_READING:
        return f"{exact_decimal(value):.2e}"
    return f"{round_half_away(value, 0 if abs(value) >= LARGE else decimals):f}"


def format_count(value: float | None) -> str:
    """Return a count as a whole number, or "not estimable"."""
    return format_number(value, 0)


def format_percent(value: float | None, decimals: int = 1) -> str:
    """Return a percentage (0-100) with its sign, or "not estimable"."""
    return say(NOT_ESTIMABLE) if value is None else f"{round_half_away(value, decimals):f}%"


def format_count_percent(count: float | None, percent: float | None, decimals: int = 1) -> str:
    """Return ``65 (12.4%)``; the count alone when there is no percentage."""
    if count is None or percent is None:
        return format_count(count)
    return f"{format_count(count)} ({format_percent(percent, decimals)})"


def format_interval(
    low: float | None, high: float | None, null: float, decimals: int = 2, scale: int = 1
) -> str:
    """Return ``1.09 to 1.70``; limits that rounding would put onto ``null`` get more decimals.

    ``scale`` multiplies limits and ``null``: 100 turns proportions into percentage points.
    """
    if low is None or high is None:
        return say(NOT_ESTIMABLE)
    limits = [scale_exactly(low, scale), scale_exactly(high, scale)]
    places = max(decimals_clear_of(scale_exactly(null, scale), limit, decimals) for limit in limits)
    return say(" to ").join(format_number(limit, places) for limit in limits)


def format_estimate(
    estimate: float | None,
    low: float | None,
    high: float | None,
    null: float = NO_EFFECT_RATIO,
    decimals: int = 2,
    scale: int = 1,
) -> str:
    """Return ``1.36 (1.09 to 1.70)``, or "not estimable" where the estimate is missing."""
    if estimate is None:
        return say(NOT_ESTIMABLE)
    point = format_number(scale_exactly(estimate, scale), decimals)
    return f"{point} ({format_interval(low, high, null, decimals, scale)})"


USUAL_ALPHA = 0.05


def format_p(p_value: float | None, *boundaries: float) -> str:
    """Return a p-value by the convention of this module, or "not estimable".

    ``boundaries``: the p-values that rounding must not reach or cross, those of the plan
    (``inference.boundaries``); 0.05 if none is given.
    """
    if p_value is None:
        return say(NOT_ESTIMABLE)
    if not 0 <= p_value <= 1:
        raise AnalysisError(f"a p-value lies between 0 and 1; the results frame holds {p_value!r}")
    if p_value < 0.001:
        return "<0.001"
    if p_value > 0.99:
        return ">0.99"
    fewest = 2 if p_value >= 0.01 else 3
    limits = boundaries or (USUAL_ALPHA,)
    return format_number(p_value, max(decimals_clear_of(each, p_value, fewest) for each in limits))


def format_p_clause(p_value: float | None, *boundaries: float) -> str:
    """Return ``p = 0.007``, ``p < 0.001`` or ``p not estimable``."""
    text = format_p(p_value, *boundaries)
    if p_value is None:
        return f"p {text}"
    return f"p {text[0]} {text[1:]}" if text[0] in "<>" else f"p = {text}"


def format_confidence(alpha: float) -> str:
    """Return the confidence level of two-sided alpha: ``95%`` for 0.05."""
    level = (1 - exact_decimal(alpha)) * 100
    return f"{level.normalize():f}%"


def format_plain(value: object) -> str:
    """Return a setting of the plan as text: lists joined, whole floats without decimals."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{exact_decimal(value).normalize():f}"
    if isinstance(value, tuple | list):
        return ", ".join(format_plain(part) for part in value) or "none"
    return str(value)


def round_to_hundred(percents: Sequence[float], decimals: int) -> tuple[Decimal, ...]:
    """Return percentages rounded so that they add up to exactly 100 (largest remainder).

    Every value is cut to ``decimals``; the units left over go to the largest remainders, the
    earlier one first among equals. All zeros (an empty arm) stay zeros. Raises AnalysisError if
    the percentages do not add up to 100.
    """
    exact = [exact_decimal(percent) for percent in percents]
    if not any(exact):
        return tuple(Decimal(0).scaleb(-decimals) for _ in exact)
    if abs(sum(exact, Decimal(0)) - 100) > SUM_TOLERANCE:
        raise AnalysisError(f"percentages add up to {sum(exact)}, not 100")
    unit = Decimal(1).scaleb(-decimals)
    cut = [percent.quantize(unit, rounding=ROUND_FLOOR) for percent in exact]
    units_left = int((100 - sum(cut, Decimal(0))) / unit)
    remainders = [whole - part for whole, part in zip(exact, cut, strict=True)]
    order = sorted(range(len(cut)), key=remainders.__getitem__, reverse=True)
    chosen = set(order[:units_left])
    return tuple(value + unit if index in chosen else value for index, value in enumerate(cut))


def exact_decimal(value: float) -> Decimal:
    """Return the shortest decimal that reads back as ``value``."""
    return Decimal(repr(float(value)))


def scale_exactly(value: float, scale: int) -> float:
    """Return ``value`` times ``scale`` without a binary rounding error."""
    return float(exact_decimal(value) * scale)


def decimals_clear_of(boundary: float, value: float, decimals: int) -> int:
    """Return the fewest decimals, ``decimals`` or more, that keep ``value`` on its side."""
    exact, limit = exact_decimal(value), exact_decimal(boundary)
    for places in range(decimals, MOST_DECIMALS):
        rounded = round_half_away(value, places)
        if (rounded > limit) - (rounded < limit) == (exact > limit) - (exact < limit):
            return places
    return MOST_DECIMALS
