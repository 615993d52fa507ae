"""Numbers of statistical packages as text."""

import math

FULL_WIDTH = 8
"""Bytes of a number that is stored whole; SAS files may keep fewer, the last bits cut off."""
MOST_DIGITS = 17
EXPONENT_BITS = 12
"""Bits of a number that hold sign and exponent, at most (IEEE 12, IBM 8 and up to 3 lost)."""


def write_number(number: float, width: int) -> str:
    """Return the shortest decimal that a number stored in so many bytes may stand for."""
    if number.is_integer():
        return str(int(number))
    if width >= FULL_WIDTH:
        return repr(number)
    step = math.ldexp(abs(number), EXPONENT_BITS - 8 * width)
    shortest = (f"{number:.{digits}g}" for digits in range(1, MOST_DIGITS + 1))
    return next(text for text in shortest if abs(float(text) - number) <= step)


def write_code(number: float) -> str:
    """Return a number as it is stored, whole ones without a point."""
    return str(int(number)) if number.is_integer() else repr(number)
