"""A decimal number, exactly as it is written."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
LARGEST, SMALLEST = Decimal(10) ** 15, Decimal(10) ** -15
"""Numbers beyond are no measurement."""


def read_number(text: str) -> Decimal | None:
    """Return the number that a text is; None if it is none."""
    number = Decimal(text) if _NUMBER.fullmatch(text) else None
    is_measured = number is not None and (not number or SMALLEST <= abs(number) <= LARGEST)
    return number if is_measured else None


def point(text: str, decimal: str) -> str:
    """Return a text with a point for its decimal mark; beside a comma a point is none."""
    return text if decimal == "." else text.translate(str.maketrans(f".{decimal}", f"{decimal}."))
