"""Measurements: units, marks of thousands, bounds (docs/edc_tables.md, "Units by name").

Written out from the document, in exact decimals.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from unicodedata import normalize

from analysis.qc.from_export.reading.numbers import point, read_number

DIGITS = Context(prec=10)
"""Of a number that the mapping reckons with."""
MASS = {
    "kg": "1", "kgs": "1", "kilogram": "1", "kilograms": "1", "公斤": "1", "千克": "1",
    "g": "0.001", "gram": "0.001", "grams": "0.001", "克": "0.001", "mg": "0.000001",
    "毫克": "0.000001", "lb": "0.45359237", "lbs": "0.45359237", "pound": "0.45359237",
    "pounds": "0.45359237", "oz": "0.028349523125", "ounce": "0.028349523125",
    "ounces": "0.028349523125", "jin": "0.5", "斤": "0.5", "市斤": "0.5",
}  # fmt: skip
"""In kilograms."""
DOSE = {unit: str(Decimal(one) * 1_000_000) for unit, one in MASS.items()}
"""In milligrams."""
UNITS: dict[str, dict[str, str]] = {
    "WEIGHT": MASS,
    "EXPDOSE": DOSE,
    "EXDOSE": DOSE,
    "GLUC": {"mmol/l": "1", "mm": "1", "mg/dl": "0.0555", "mg/100ml": "0.0555", "mg%": "0.0555",
             "g/l": "5.55"},
    "CREAT": {"umol/l": "1", "mcmol/l": "1", "um": "1", "mmol/l": "1000", "mm": "1000",
              "mg/dl": "88.4", "mg/100ml": "88.4", "mg%": "88.4", "mg/l": "8.84"},
    "EGFR": {
        **dict.fromkeys(
            ("ml/min/1.73m2", "ml/min/1.73m^2", "ml/min/{1.73_m2}", "ml/min/(1.73m2)",
             "ml/minper1.73m2"), "1"),
        "ml/s/1.73m2": "60", "ml/s/1.73m^2": "60",
    },
}  # fmt: skip
"""By column what one unit, in small letters without blanks, is in that of the layout."""
BOUND = re.compile(r"([<>]=?|[≤≥≦≧]) *(.*)|(.*)\+")


@dataclass(frozen=True)
class Measure:
    """How one column is measured, as the mapping has it.

    ``unit``: of all cells; ``beside``: each row has its own; ``in_text``: each number; ``without``:
    of cells that name none. ``thousands``, ``below``: how its numbers are written; ``decimal``:
    their mark.
    """

    column: str = ""
    unit: str = ""
    beside: str = ""
    in_text: bool = False
    without: str = ""
    thousands: str = ""
    below: str = ""
    decimal: str = "."
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_unit(self) -> bool:
        """Whether the mapping says anything of units."""
        return bool(self.unit or self.beside or self.in_text)

    def read(self, text: str, unit: str) -> str:
        """Return the number with a point; a text that is no number, or is not used, is marked."""
        plain = normalize("NFKC", text).strip().replace("−", "-").replace("’", "'")
        if self.in_text:
            plain, unit = self._part(plain)
        number = self._take_bound(plain)
        if number == "" or not self.has_unit:
            return f"? {text}" if number is None else number
        factor = self.units.get(_fold(self.unit or unit or self.without))
        if number is None or factor is None:
            return f"? {text}"
        return str(DIGITS.multiply(Decimal(number), Decimal(factor)))

    def _part(self, text: str) -> tuple[str, str]:
        """A number and the unit behind it: the longest beginning that can be read as one."""
        for end in range(len(text), 0, -1):
            if not text[:end].endswith(" ") and self._take_bound(text[:end]) is not None:
                return text[:end], text[end:].strip()
        return "", text

    def _take_bound(self, text: str) -> str | None:
        number = self._take_plain(text)
        found = BOUND.fullmatch(text)
        if number is not None or found is None or not self.below:
            return number
        bound = self._take_plain((found[2] or found[3] or "").strip())
        if bound is None or self.below == "missing":
            return None if bound is None else ""
        is_lower = (found[1] or "")[:1] in ("<", "≤", "≦")
        if self.below == "bound" or not is_lower:
            return bound
        return str(DIGITS.divide(Decimal(bound), 2)) if Decimal(bound) >= 0 else None

    def _take_plain(self, text: str) -> str | None:
        """A number with a point for its decimal mark; None if it is none."""
        if self.thousands and self.thousands in text:
            first, *groups = text.partition(self.decimal)[0].split(self.thousands)
            sizes = {len(group) for group in groups}
            if sizes != {3} or not 1 <= len(first.lstrip("+-")) <= 3:
                return None
            text = first + "".join(groups) + "".join(text.partition(self.decimal)[1:])
        written = point(text, self.decimal)
        return written if read_number(written) is not None else None


def _fold(unit: str) -> str:
    plain = "".join(normalize("NFKC", unit).lower().split())
    return plain.replace("μ", "u").replace("·", "")


def describe_measure(column: str, unit: object, number: object, decimal: str) -> Measure | None:
    """Return how a column is measured by the keys ``units`` and ``numbers``; None without them.

    ``unit`` is a text or has the attributes of its key, ``number`` has those of its own.
    """
    if unit is None and number is None:
        return None
    by_text = unit if isinstance(unit, str) else ""
    return Measure(
        column=column,
        unit=by_text,
        beside=getattr(unit, "column", "") or "",
        in_text=getattr(unit, "in_text", False),
        without=getattr(unit, "without", "") or "",
        thousands=getattr(number, "thousands", "") or "",
        below=getattr(number, "below", "") or "",
        decimal=decimal,
        units=UNITS.get(column, {}),
    )
