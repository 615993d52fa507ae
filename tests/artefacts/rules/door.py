"""What was lost at the door, in sentences: tables and columns with their counts."""

from __future__ import annotations

import re
from functools import cached_property

from tests.artefacts.known_numbers import fits
from tests.artefacts.text_reading import Rule, Rules

STATISTICS = {
    "rows left out": "rows_lost",
    "values set to missing": "set_missing",
    "values outside the plausible range": "out_of_range",
    "covariates filled": "imputed",
}


class DoorRules(Rules):
    """Rules of the two sentences."""

    @cached_property
    def door_rules(self) -> list[Rule]:
        """All tables together, and what the primary analysis uses."""
        one = r"[a-z0-9]+(?:\.[A-Z0-9]+)? \d+"
        return [
            (r"At the door: (\d+) of (\d+) rows left out, (\d+) of (\d+) filled cells set to "
             r"missing, (\d+) outside their plausible range", self._together),
            (rf"({'|'.join(STATISTICS)}) \(({one}(?:, {one})*)\)", self._by_place),
        ]  # fmt: skip

    def _together(self, found: re.Match[str]) -> bool:
        names = ("rows_lost", "rows_read", "set_missing", "filled", "out_of_range")
        return all(
            fits(text, self._find("", name))
            for text, name in zip(found.groups(), names, strict=True)
        )

    def _by_place(self, found: re.Match[str]) -> bool:
        name = STATISTICS[found[1]]
        pairs = (text.rsplit(" ", 1) for text in found[2].split(", "))
        return all(fits(number, self._find(level, name)) for level, number in pairs)

    def _find(self, level: str, name: str) -> float | None:
        places = (p for p in self.facts.of("door") if p.level == level and name in p.stats)
        return next((place.stats[name] for place in places), None)
