"""Where a printed number may come from: the statistics of the results frame, place by place."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from analysis.display.text.format import exact_decimal, round_half_away

LARGE = 1000
LEAST_P, MOST_P = ("0.001", "0.0001"), "0.99"


@dataclass(frozen=True)
class Place:
    """All statistics of one analysis at one set, group, level and variable."""

    analysis: str
    population: str
    group: str
    level: str
    variable: str
    stats: Mapping[str, float]


@dataclass
class Facts:
    """The results frame: its places by analysis, and the words that stand beside its numbers."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    notes: dict[str, set[str]] = field(default_factory=dict)

    @property
    def words(self) -> set[str]:
        """The method and the warnings of every analysis."""
        return set().union(*self.notes.values())

    def words_of(self, analysis: str) -> set[str]:
        """The method and the warnings of one analysis."""
        return self.notes.get(analysis, set())

    def of(self, *patterns: str) -> list[Place]:
        """The places of the analyses whose ids match one of some patterns wholly."""
        whole = re.compile("|".join(patterns))
        return [
            place for name, places in self.places.items() if whole.fullmatch(name)
            for place in places
        ]  # fmt: skip


def read_facts(path: Path) -> Facts:
    """The facts of a results frame."""
    facts, stats = Facts(), {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = ("analysis_id", "population", "group", "level", "variable")
            key = tuple(row[name] for name in names)
            if key not in stats:
                stats[key] = {}
                facts.places.setdefault(row["analysis_id"], []).append(Place(*key, stats[key]))
            if row["stat"]:
                stats[key][row["stat_name"]] = float(row["stat"])
            texts = {text for text in (row["method"], row["warning"]) if text}
            facts.notes.setdefault(row["analysis_id"], set()).update(texts)
    return facts


def fits(text: str, value: float | None, scale: int = 1, *, is_rounded: bool = False) -> bool:
    """Whether a printed number is a value, rounded half away from zero to its decimals.

    A number without decimals is a whole one, or of four digits, or known to be rounded.
    """
    if value is None:
        return False
    shown, exact = Decimal(text), exact_decimal(value) * scale
    decimals = max(0, -int(shown.as_tuple().exponent))
    if decimals == 0 and exact % 1 and abs(exact) < LARGE and not is_rounded:
        return False
    return round_half_away(float(exact), decimals) == shown


def fits_p(sign: str, text: str, value: float | None, alpha: float) -> bool:
    """Whether ``< 0.001`` or ``= 0.04`` is a p-value, on its side of alpha."""
    if value is None:
        return False
    number = f"0{text}" if text.startswith(".") else text
    if sign == "<":
        return number in LEAST_P and value < float(number)
    if sign == ">":
        return number == MOST_P and value > float(MOST_P)
    decimals = len(number.partition(".")[2])
    same_side = (Decimal(number) < exact_decimal(alpha)) == (value < alpha)
    return decimals >= 2 and same_side and fits(number, value)


def fits_all(texts: Sequence[str], names: Sequence[str], place: Place, scale: int = 1) -> bool:
    """Whether printed numbers are these statistics of one place."""
    return all(
        fits(text, place.stats.get(name), 1 if name in PLAIN else scale)
        for text, name in zip(texts, names, strict=True)
    )  # fmt: skip


PLAIN = frozenset({"n", "N", "events", "df", "pct"})
"""Statistics that no table multiplies."""


def any_fits(
    texts: Sequence[str], choices: Iterable[Sequence[str]], places: Iterable[Place],
    scales: Sequence[int] = (1, 100),
) -> bool:  # fmt: skip
    """Whether some place holds the printed numbers under one choice of names and one scale."""
    held, kept = list(choices), list(places)
    return any(
        fits_all(texts, names, place, scale) for place in kept for names in held for scale in scales
    )
