"""Numbers as laboratories and spreadsheets write them: marks of thousands, bounds, other signs."""

import re
from dataclasses import dataclass

from analysis.config.cells import NumberForm
from analysis.config.mapping import DecimalMark
from analysis.edc.layout import Column
from analysis.edc.written.normal import normalise
from analysis.edc.written.values import parse_value

_BOUND = re.compile(r"(?P<sign><=?|>=?|[≤≥≦≧])\s*(?P<number>.+)|(?P<least>.*[0-9.,])\+")
_LOWER = ("<", "<=", "≤", "≦")
"""Signs of a value that lies below the bound."""
_PLAIN = str.maketrans({"−": "-", "’": "'"})
DIGITS = 10
"""Significant digits of a number that was reckoned."""


@dataclass(frozen=True)
class Numbers:
    """How the numbers of one column are written. ``decimal``: the mark of text and result."""

    form: NumberForm
    decimal: DecimalMark = "."

    def read(self, text: str) -> tuple[str, str]:
        """Return the plain number that a text means, and in words what was done to it.

        A text that is no number stays as it is. A bound (``<0.5``, ``≥ 200``, ``90+``) is one by
        the key ``below`` alone.

        >>> Numbers(NumberForm(thousands=",", below="half")).read("<1,000")
        ('500', 'below a bound, as half of it')
        >>> Numbers(NumberForm(thousands=",")).read("1,00")
        ('1,00', '')
        """
        plain = normalise(text).translate(_PLAIN)
        number = self.take_plain(plain)
        if number is not None:
            return number, ""
        found = _BOUND.fullmatch(plain)
        bound = self.take_plain((found["number"] or found["least"]).strip()) if found else None
        if found is None or bound is None or self.form.below is None:
            return text, ""
        return self._take_bound(text, found["sign"] in _LOWER, bound)

    def _take_bound(self, text: str, is_lower: bool, bound: str) -> tuple[str, str]:
        where = "below a bound" if is_lower else "above a bound"
        if self.form.below == "missing":
            return "", f"{where}, as missing"
        if self.form.below == "bound" or not is_lower:
            return bound, f"{where}, as the bound"
        value = read_float(bound, self.decimal)
        if value is None or value < 0:  # half of it would lie above it
            return text, ""
        return write_number(value / 2, self.decimal), f"{where}, as half of it"

    def take_plain(self, text: str) -> str | None:
        """Return a number without marks of thousands; None if the text is no number."""
        mark = self.form.thousands
        if mark and mark in text:
            thousands, point = re.escape(mark), re.escape(self.decimal)
            grouped = rf"[+-]?[0-9]{{1,3}}({thousands}[0-9]{{3}})+({point}[0-9]*)?"
            if not re.fullmatch(grouped, text):
                return None
            text = text.replace(mark, "")
        return text if read_float(text, self.decimal) is not None else None


def read_float(text: str, decimal: DecimalMark) -> float | None:
    """Return the number that a text is; None if it is none."""
    value = parse_value(Column(type="float", decimal=decimal), text)
    return value if isinstance(value, float) else None


def write_number(value: float, decimal: DecimalMark) -> str:
    """Return a number to ten digits, with the decimal mark of its column."""
    return f"{value:.{DIGITS}g}".replace(".", decimal)


def multiply(text: str, factor: float, decimal: DecimalMark = ".") -> str:
    """Return a number times the factor, to ten digits; a text that is no number stays as it is.

    ``decimal``: the mark of the text, and of the result.
    """
    number = read_float(text, decimal)
    return text if number is None else write_number(number * factor, decimal)
