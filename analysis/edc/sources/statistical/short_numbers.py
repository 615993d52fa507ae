"""Numbers that SAS stored in fewer than eight bytes, as the decimals that were meant.

SAS cuts off what does not fit: 2.8 in four bytes reads 2.7999992, below a limit of 2.8. Of all
decimals that a number of that length may stand for, the one with the fewest digits is taken, as
``repr`` does at full length. Whole numbers stand for themselves.
"""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

FULL_LENGTH = 8
MOST_DIGITS = 17


def restore_decimal(value: float, length: int, *, is_transport: bool) -> float:
    """Return the shortest decimal that is stored as ``value`` in ``length`` bytes.

    ``is_transport``: the number is an IBM float of a transport file, not an IEEE double whose last
    bytes were cut off. Both are taken as cut off or rounded, whichever gives fewer digits.
    """
    if length >= FULL_LENGTH or not math.isfinite(value) or value.is_integer():
        return value
    size = abs(value)
    step = _ibm_step(size, length) if is_transport else _ieee_step(size, length)
    low, behind = Fraction(size) - step / 2, Fraction(size) + step
    for digits in range(1, MOST_DIGITS + 1):
        for candidate in _near(size, digits):
            if low <= Fraction(candidate) < behind:
                return math.copysign(float(candidate), value)
    return value


def _near(size: float, digits: int) -> tuple[Decimal, Decimal]:
    """The decimals of so many digits just above, which cutting off would explain, and below."""
    exact = Decimal(size)
    unit = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    above, below = (
        (exact / unit).to_integral_value(rounding) * unit
        for rounding in (ROUND_CEILING, ROUND_FLOOR)
    )
    return above, below


def _ibm_step(size: float, length: int) -> Fraction:
    """Sign and exponent (of 16) take one byte; the first hexadecimal digit is not zero."""
    exponent = math.ceil(math.frexp(size)[1] / 4)
    return _power_of_two(4 * exponent - 8 * (length - 1))


def _ieee_step(size: float, length: int) -> Fraction:
    return Fraction(math.ulp(size)) * _power_of_two(8 * (FULL_LENGTH - length))


def _power_of_two(exponent: int) -> Fraction:
    return Fraction(2**exponent) if exponent >= 0 else Fraction(1, 2**-exponent)
