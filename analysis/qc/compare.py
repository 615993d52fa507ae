"""Comparison of one number of the check with the engine's: whether they agree."""

import math

from analysis.io.verdicts import NO_NUMBER, Comparison, Verdict
from analysis.qc.recomputed import OWN_LIMITS, Recomputed, Unit

NOISE = 0.1
"""A difference below this share of the tolerance is rounding, and is written as 0."""
GUARD_DIGITS = 1
"""Digits of the check's value beyond those in which both must agree."""


def compare(number: Recomputed, engine: str | None) -> Comparison:
    """Return the comparison with the engine's text: empty not estimable, None not in the table.

    Both without a number: not checked; nor is a number for which the check's own iteration did not
    arrive. One without for any other reason, or anything that is no finite number: the two differ.
    """
    if engine is None:
        return _conclude(number, "", None, "ard.csv holds no such statistic")
    if number.value is None and not engine:
        reason = f"{NO_NUMBER} by both: {number.reason}"
        return _conclude(number, "", None, reason, Verdict.NOT_CHECKED)
    if number.value is None and number.reason in OWN_LIMITS:
        return _conclude(number, engine, None, number.reason, Verdict.NOT_CHECKED)
    if number.value is None or not engine:
        who = f"the check ({number.reason})" if number.value is None else "the engine"
        return _conclude(number, engine, None, f"{NO_NUMBER} by {who} alone")
    difference = _find_difference(number, engine)
    if difference is None:
        return _conclude(number, engine, None, "not a number")
    agrees = difference <= number.tolerance.limit
    return _conclude(number, engine, difference, "", Verdict.AGREES if agrees else Verdict.DIFFERS)


def _find_difference(number: Recomputed, engine: str) -> float | None:
    """In the unit of the tolerance; None if there is none."""
    try:
        first = float(engine)
    except ValueError:
        return None
    second = float(number.value if number.value is not None else math.nan)
    if not (math.isfinite(first) and math.isfinite(second)):
        return None
    distance = abs(first - second)
    return distance / _scale(number) if distance else 0.0


def _scale(number: Recomputed) -> float:
    """What one unit of difference is, on the scale of the number."""
    if number.tolerance.unit is Unit.RELATIVE:
        return abs(float(number.value or 0.0)) or math.ulp(0.0)
    return number.standard_error if number.tolerance.unit is Unit.STANDARD_ERRORS else 1.0


def _conclude(
    number: Recomputed,
    engine: str,
    difference: float | None,
    reason: str,
    verdict: Verdict = Verdict.DIFFERS,
) -> Comparison:
    tolerance = number.tolerance
    return Comparison(
        analysis_id=number.analysis_id,
        population=number.population,
        group=number.group,
        level=number.level,
        stat_name=number.name,
        engine=engine,
        check=_write(number),
        difference="" if difference is None else _round(difference, tolerance.limit),
        difference_unit=tolerance.unit.value,
        tolerance=f"{tolerance.limit:.2g}",
        method=number.method,
        verdict=verdict,
        reason=reason,
    )


def _round(difference: float, limit: float) -> str:
    return "0" if difference < NOISE * limit or not difference else f"{difference:.2g}"


def _write(number: Recomputed) -> str:
    """The value to the digits in which the two must agree: the rest depends on the processor."""
    if number.value is None or isinstance(number.value, int):
        return "" if number.value is None else str(number.value)
    if not math.isfinite(number.value) or not number.tolerance.limit:
        return repr(number.value)
    step = number.tolerance.limit * _scale(number)
    decimals = math.floor(-math.log10(step)) + GUARD_DIGITS if step > 0.0 else 0
    return repr(round(number.value, decimals) + 0.0)  # + 0.0 takes the sign from -0.0
