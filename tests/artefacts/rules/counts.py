"""Counts, shares, quartiles and tests in sentences, by the words and the arm beside them."""

from __future__ import annotations

import re
from functools import cached_property

from analysis.display.text.format import format_plain
from tests.artefacts.known_numbers import any_fits, fits, fits_p
from tests.artefacts.text_reading import NUMBER, Rule, Rules


class CountRules(Rules):
    """What is read when the effects are: counts of an arm or of all, and tests."""

    @cached_property
    def late_rules(self) -> list[Rule]:
        """What is read when effects are: counts of an arm or of all, and days of visits."""
        arm = self.arm
        return [
            (rf"({NUMBER}) / ({NUMBER})(?=[;.])", self._pair),
            (rf"({NUMBER}) \(({NUMBER})%\) / ({NUMBER}) \(({NUMBER})%\)", self._shares),
            (rf"({NUMBER}) of ({NUMBER}) patients \(({NUMBER})%\) in the ({arm}) group",
             self._events),
            (rf"({NUMBER}) \(<?({NUMBER})%\) of ({NUMBER}) patients in the ({arm}) group",
             self._events_first),
            (rf"({NUMBER})(?: years)? \((?:interquartile range|IQR),? ({NUMBER})(?: to |-)"
             rf"({NUMBER})(?:-6)?\)(?: in the ({arm}) group)?", self._quartiles),
            (rf"({NUMBER}) \(({NUMBER})%\) were women", self._women),
            (rf"({NUMBER}) (?:assigned to|patients in) the ({arm}) group and ({NUMBER}) (?:to|in) "
             rf"the ({arm}) group", self._arms),
            (rf"a total of ({NUMBER}) patients|A total of ({NUMBER}) patients", self._total),
            (rf"(per-protocol set|missing outcomes imputed) \(({NUMBER}) patients\)", self._sets),
            (rf"(?:[Ss]izes: |; )([a-z-]+ set) ({NUMBER})", self._size),
            (rf"\(n ?=? ?({NUMBER})\)|, n = ({NUMBER})", self._n),
            (r"p for interaction (?:<|>)? ?(\d+(?:\.\d+)?)", self._interaction),
            (r"chi-square (\d+(?:\.\d+)?), df (\d+), p ([=<>]) (0\.\d+)", self._logrank),
            (r"(\d+(?:\.\d+)?)% CI", self._confidence),
            (r"mRS up to (\d)|mRS (\d)", self._levels_loose),
        ]  # fmt: skip

    def _pair(self, found: re.Match[str]) -> bool:
        before = re.split(r"[:;] ", found.string[: found.start()])[-1].strip()
        words = {"randomised": "randomised", "received study drug": "treated",
                 "analysed for the primary outcome": "outcome_observed", "died": "died",
                 "withdrew": "withdrew", "were lost to follow-up": "lost",
                 "have no outcome": "outcome_missing",
                 "are excluded from per protocol": "pp_excluded"}  # fmt: skip
        return before in words and all(
            fits(text, self._number("disposition", "n", code, words[before]))
            for text, code in zip(found.groups(), self.plan.arms.codes, strict=True)
        )

    def _shares(self, found: re.Match[str]) -> bool:
        before = re.split(r"(?::|;) ", found.string[: found.start()])[-1].strip()
        low, high = (format_plain(one) for one in self.plan.dosing.accepted_percent)
        words = {f"{low} to {high}% of the dose planned": ("exposure", "DOSEPCT in range"),
                 "open-label steroid": ("exposure", "CMSTERFL"), "insulin": ("exposure", "CMINSFL"),
                 "any adverse event": ("ae_overview", "any"), "death": ("death_90d", ""),
                 "a serious one": ("ae_overview", "serious"),
                 "symptomatic intracranial haemorrhage": ("sich_48h", "")}  # fmt: skip
        if before not in words:
            return False
        return all(
            any_fits(found.groups()[2 * place : 2 * place + 2],
                     (("n", "pct"), ("events", "pct")),
                     [one for one in self._at(*words[before])
                      if one.group == code and one.population == "SAF"])
            for place, code in enumerate(self.plan.arms.codes)
        )  # fmt: skip

    def _outcome_of(self, text: str, place: int) -> str:
        sentence = re.split(r"(?<=\.) (?=[A-Z])", text[:place])[-1]
        if "was reached" in sentence:
            return "mrs_0_2"
        return "sich_48h" if "Symptomatic" in sentence else "death_90d"

    def _is_share(self, found: re.Match[str], events: str, total: str, percent: str, arm: str
                  ) -> bool:  # fmt: skip
        name = self._outcome_of(found.string, found.start())
        population = "ITT" if name.startswith("mrs") else "SAF"
        return any(
            fits(events, place.stats.get("events")) and fits(total, place.stats.get("N"))
            and fits(percent, place.stats.get("pct"), is_rounded=True)
            for place in self._at(name, "")
            if place.group == self.codes[arm] and place.population == population
        )  # fmt: skip

    def _events(self, found: re.Match[str]) -> bool:
        return self._is_share(found, *found.groups())

    def _events_first(self, found: re.Match[str]) -> bool:
        return self._is_share(found, found[1], found[3], found[2], found[4])

    def _quartiles(self, found: re.Match[str]) -> bool:
        texts, names = found.groups()[:3], [("median", "q1", "q3")]
        if found[4] is None:
            places = [one for one in self.facts.of("baseline") if one.variable == "AGE"]
            return any_fits(
                texts, names, [one for one in places if not one.group and not one.level]
            )
        return any_fits(texts, names, [
            one for one in self._at("mrs_distribution", "")
            if (one.group, one.population) == (self.codes[found[4]], self.plan.primary.population)
        ])  # fmt: skip

    def _women(self, found: re.Match[str]) -> bool:
        return any(
            fits(found[1], one.stats.get("n"))
            and fits(found[2], one.stats.get("pct"), is_rounded=True)
            for one in self._at("baseline", "F") if one.variable == "SEX" and not one.group
        )  # fmt: skip

    def _arms(self, found: re.Match[str]) -> bool:
        where = (
            ("disposition", "n", "randomised") if "assigned" in found[0] else ("primary", "n", "")
        )
        pairs = ((found[1], found[2]), (found[3], found[4]))
        return all(fits(text, self._number(where[0], where[1], self.codes[arm], where[2]))
                   for text, arm in pairs)  # fmt: skip

    def _total(self, found: re.Match[str]) -> bool:
        return fits(found[1] or found[2], self._number("disposition", "n", level="randomised"))

    def _sets(self, found: re.Match[str]) -> bool:
        name = "sens_pp" if found[1].startswith("per") else "sens_mi"
        return fits(found[2], self._number(name, "n"))

    def _size(self, found: re.Match[str]) -> bool:
        sets = {"intention-to-treat set": "ITT", "per-protocol set": "PP", "safety set": "SAF"}
        return fits(found[2], self._number("populations", "n", population=sets.get(found[1], "?")))

    def _n(self, found: re.Match[str]) -> bool:
        """How many subjects: of the set that a head names, else of the primary analysis."""
        text = next(one for one in found.groups() if one)
        head = re.search(rf"({self.arm}|Both) \(n = \d+\)(?:: subjects)?$", found.string)
        if head is None:
            names = ("primary", "sens_pp")
            return any(fits(text, self._number(name, "n")) for name in names)
        group = self.codes.get(head[1], "")
        if found.string.startswith(("With: ", "Without: ")):
            state = "OBSERVED" if found.string.startswith("With: ") else "MISSING"
            return fits(text, self._number("missing_baseline", "n", group, state))
        return any(fits(text, self._number("populations", "n", group, population=name))
                   for name in ("ITT", "SAF"))  # fmt: skip

    def _interaction(self, found: re.Match[str]) -> bool:
        before = found.string[: found.start()]
        factors = self.plan.subgroups.factors
        factor = next((one for one in factors if before.endswith(f"{one.label}, ")), None)
        if factor is None:
            return False
        sign = re.search(r"[<>]", found[0])
        value = self._number(f"subgroup_{factor.name}", "p_interaction")
        return fits_p(sign[0] if sign else "=", found[1], value, self.plan.inference.alpha)

    def _logrank(self, found: re.Match[str]) -> bool:
        name = "death_logrank"
        return (
            fits(found[1], self._number(name, "statistic"))
            and fits(found[2], self._number(name, "df"))
            and fits_p(found[3], found[4], self._number(name, "p_value"),
                       self.plan.inference.alpha)
        )  # fmt: skip

    def _confidence(self, found: re.Match[str]) -> bool:
        return self._is_confidence(found[1])
