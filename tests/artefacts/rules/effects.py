"""Estimates with interval and p-value: all of the one analysis that the words before them name."""

from __future__ import annotations

import re

from tests.artefacts.known_numbers import Place, any_fits, fits_p
from tests.artefacts.table_cells import EFFECTS
from tests.artefacts.table_places import name_shift
from tests.artefacts.text_reading import NUMBER, Reading, Rules

EFFECT = (
    rf"(?P<a>{NUMBER})(?:%| percentage points)?(?:; | \[| \()(?:(?P<ci>[\d.]+)% (?:CI|confidence "
    rf"interval \[CI\]),? )?(?P<b>{NUMBER})%?(?: to |-)(?P<c>{NUMBER})%?[\])]?"
    r"(?:[;,] [Pp] ?(?P<sign>[=<>]) ?(?P<p>0?\.\d+))?"
)
"""Estimate, interval and p-value, as the house and three journals write them."""

LABELLED = ("cutpoints", "forest_subgroups", "grotta_itt", "grotta_itt_adjusted", "grotta_pp")
"""Figures whose effects stand behind the label of their level."""


class EffectRules(Rules):
    """Effects of sentences, and of the lines of forest plots and strips."""

    def _take_effects(self, reading: Reading, where: str) -> None:
        """Estimates with their intervals: of the analysis that the words before them name."""
        if where == "love_plot":
            self._take_balance(reading)
        if where == "consort":
            self._take_flow(reading)
        if where == "forest_subgroups":
            self._take_levels(reading)
        for found in re.finditer(EFFECT, reading.text):
            if not self._starts_effect(found) or not self._is_unread(reading, found):
                continue
            places = self._scope(reading.text, found, where)
            reading.take(*found.span(), self._is_effect(found, places))
            if where in LABELLED and places:
                self._take_label(reading, found)

    def _take_label(self, reading: Reading, found: re.Match[str]) -> None:
        """The words before an effect that named its level are read with it."""
        label = re.split(r"(?:\. |; |: )(?=[^ ])", reading.text[: found.start()])[-1]
        levels = re.fullmatch(r"mRS (\d)(?:-(\d))?(?: versus (\d)(?:-(\d))?)? ", label)
        is_right = levels is None or (
            self._levels(levels) and (levels[3] is not None or levels[1] == "0")
        )
        reading.take(found.start() - len(label), found.start(), is_right)

    @staticmethod
    def _starts_effect(found: re.Match[str]) -> bool:
        return "IQR" not in found[0] and "interquartile" not in found[0]

    @staticmethod
    def _is_unread(reading: Reading, found: re.Match[str]) -> bool:
        return not any(reading.read[found.start(name)] for name in "abc")

    def _is_effect(self, found: re.Match[str], places: list[Place]) -> bool:
        if found["ci"] and not self._is_confidence(found["ci"]):
            return False
        texts = (found["a"], found["b"], found["c"])
        choices = (*((*names, ending) for names, ending in
                     zip(EFFECTS, ("p_value", "p_value_lr", "p_value_cr2"), strict=True)),
                   ("pct", "ci_low", "ci_high", ""))  # fmt: skip
        return any(
            any_fits(texts, [names[:3]], [place])
            and (not found["p"] or fits_p(found["sign"], found["p"], place.stats.get(names[3]),
                                          self.plan.inference.alpha))
            for place in places
            for names in choices
        )  # fmt: skip

    def _scope(self, text: str, found: re.Match[str], where: str) -> list[Place]:
        """The places that the words before an effect, and the figure, name."""
        before = text[: found.start()]
        clause = re.split(r"(?:\. |; |: )(?=[^ ])", before)[-1].strip(" (")
        sentence = re.split(r"(?<=\.) (?=[A-Z])", before)[-1]
        after = text[found.end() : found.end() + 40].lstrip(")")
        if where == "cutpoints" and clause.startswith("mRS"):
            return self._at("cutpoint", self.readings._cut(clause))
        if where == "forest_sensitivity":
            return self._shift(before)
        if where == "forest_subgroups":
            return (
                self._subgroup(before) if "p for interaction" in before else self._at("primary", "")
            )
        if where.startswith("grotta") and clause.startswith("mRS"):
            ending = "_adjusted" if where.endswith("adjusted") else ""
            population = "PP" if where.endswith("pp") else "ITT"
            level = re.findall(r"\d", clause)[-1]
            return [place for place in self._at(f"mrs_distribution_rd{ending}", level)
                    if place.population == population]  # fmt: skip
        if where == "km_death" and "Alive" in before and "azard" not in before:
            arm = self.codes[re.findall(self.arm, clause)[-1]]
            day = str(self.plan.safety.death_day)
            return [one for one in self._at("death_km", day) if one.group == arm]
        if where == "grotta_subgroups":
            return self._at("primary", "")
        if where == "grotta_pp":
            return self._at("sens_pp", "")
        return self._named(sentence, clause, after)

    def _named(self, sentence: str, clause: str, after: str) -> list[Place]:
        known = (
            (r"[Hh]azard ratio", "death_hr"),
            (r"[Ww]in odds", "win_odds"),
            (r"risk difference", self._ending(sentence, "rd")),
            (r"risk ratio", self._ending(sentence, "rr")),
            (r"Per protocol: odds ratio|Per protocol", "sens_pp"),
            (r"common odds ratio|odds ratio", "primary"),
        )
        if after.startswith(" in the per-protocol set"):
            return self._at("sens_pp", "")
        if after.startswith(" with missing outcomes imputed"):
            return self._at("sens_mi", "")
        ends = [
            (sentence.rfind(hit[0]) + len(hit[0]), len(hit[0]), name)
            for pattern, name in known
            for hit in re.finditer(pattern, sentence)
        ]
        name = max(ends)[-1] if ends else ""
        return [place for place in self._at(name, "") if place.population != "ITT" or name not in
                ("death_90d_rr", "death_90d_rd")]  # fmt: skip

    @staticmethod
    def _ending(sentence: str, kind: str) -> str:
        """The analysis of a risk ratio or difference in a sentence on an outcome."""
        if "was reached" in sentence:
            return f"mrs_0_2_{kind}_adjusted"
        return f"{'sich_48h' if 'Symptomatic' in sentence else 'death_90d'}_{kind}"

    def _shift(self, before: str) -> list[Place]:
        label = re.split(r"\. (?=[A-Zm])", before)[-1].strip(" (")
        name = name_shift(label, "primary")
        if name == "sens_tipping":
            return self._at(
                name, self.readings._shift(*re.findall(r"(-?\d+(?:\.\d+)?)(?:,|$)", label))
            )
        return self._at("sens_site_cluster" if "CR2" in label else name, "")

    def _take_levels(self, reading: Reading) -> None:
        """Levels of a factor that are not estimable stand without an effect."""
        for found in re.finditer(r"(?<=[:;] )([^:;(]+?) not estimable \(", reading.text):
            labels = {
                self.readings._code(factor.variable, found[1]) in factor.levels
                for factor in self.plan.subgroups.factors
            }
            reading.take(*found.span(), any(labels))

    def _subgroup(self, before: str) -> list[Place]:
        factors = self.plan.subgroups.factors
        near = max(factors, key=lambda one: before.rfind(f"{one.label}, p for interaction"))
        label = re.split(r"(?:: |; )", before)[-1].strip(" (")
        return self._at(f"subgroup_{near.name}", self.readings._code(near.variable, label))
