"""The words under figures: who is not shown, how many were randomised where and when."""

from __future__ import annotations

import re
from functools import cached_property

from tests.artefacts.known_numbers import fits
from tests.artefacts.text_reading import NUMBER, Rule, Rules


class CaptionRules(Rules):
    """Rules of the lines that are drawn under a figure."""

    @cached_property
    def caption_rules(self) -> list[Rule]:
        """Sentences of captions that stand nowhere else."""
        pair = rf"({NUMBER}) \(({self.arm})\) and ({NUMBER}) \(({self.arm})\)"
        return [
            (rf"not shown: {pair}", self._not_shown),
            (rf"set, n = {pair}", self._both),
            (r"month, (\d{4}-\d\d) to (\d{4}-\d\d): (\d+) of the (\d+) planned \(dashed\), at "
             r"(\d+) sites", self._recruited),
            (r"set \(n = (\d+)\)\. Below: which earlier visits were observed of the (\d+) without",
             self._without),
            (rf"above (0) favours (?:{self.arm})", lambda found: found[1] == "0"),
        ]  # fmt: skip

    def _not_shown(self, found: re.Match[str]) -> bool:
        population = "PP" if "per-protocol set" in found.string else "ITT"
        place = {"level": "missing", "population": population}
        pairs = ((found[1], found[2]), (found[3], found[4]))
        return all(
            fits(text, self._number("mrs_distribution", "n", self.codes[arm], **place))
            for text, arm in pairs
        )

    def _both(self, found: re.Match[str]) -> bool:
        pairs = ((found[1], found[2]), (found[3], found[4]))
        return all(
            fits(text, self._number("populations", "n", self.codes[arm], population="ITT"))
            for text, arm in pairs
        )

    def _recruited(self, found: re.Match[str]) -> bool:
        months = [place.level for place in self.facts.of("recruitment")
                  if place.variable == "RANDDT" and re.match(r"\d{4}-", place.level)]  # fmt: skip
        counts = [self._number("recruitment", "n", variable="RANDDT"),
                  self.plan.trial.n_randomised, self._number("recruitment", "n_sites")]  # fmt: skip
        is_span = [found[1], found[2]] == [months[0], months[-1]]
        return is_span and all(map(fits, found.groups()[2:], counts))

    def _without(self, found: re.Match[str]) -> bool:
        known = [self._number("missing_outcome", name) for name in ("N", "n")]
        return all(map(fits, found.groups(), known))
