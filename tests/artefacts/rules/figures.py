"""The alternative texts of figures: bars, visits, balance and the flow of subjects."""

from __future__ import annotations

import re
from functools import cached_property

from analysis.config.per_protocol_reasons import describe_reasons
from analysis.display.text.format import round_to_hundred
from tests.artefacts.known_numbers import Place, any_fits, fits
from tests.artefacts.table_cells import EFFECTS, Address
from tests.artefacts.table_places import DISPOSITION, name_shift
from tests.artefacts.text_reading import NUMBER, Reading, Rule, Rules

BARS = r"(?:\d(?:-\d)?: [\d.]+%(?:, )?){2,}"


class FigureRules(Rules):
    """What a figure says in a fixed order: all bars of a panel, both arms of a visit, every box."""

    @cached_property
    def first_rules(self) -> list[Rule]:
        """What holds names and numbers in a fixed order: bars, visits and patterns of figures."""
        visit = r"(?:NIHSS|mRS|EQ-5D-5L|EQ-VAS) at (?:24 h|day \d+)"
        pattern = r"(?:NIHSS H24|NIHSS D7|MRS D30)(?: \+ (?:NIHSS D7|MRS D30))*|none"
        share, number = rf"({self.arm}) (\d+) \(([\d.]+)%\)", rf"({self.arm}) (\d+)"
        return [
            *self._panel_rules(),
            (rf"({visit}): {share}, {share}", self._visits),
            (rf"({pattern}): {number}, {number}", self._patterns),
        ]

    def _visits(self, found: re.Match[str]) -> bool:
        level = self.readings._visit(found[1])
        parts = (found.groups()[1:4], found.groups()[4:7])
        return all(
            any_fits(part[1:], [("n", "pct")], [one for one in self._at("missing_visits", level)
                                                if one.group == self.codes[part[0]]])
            for part in parts
        )  # fmt: skip

    def _patterns(self, found: re.Match[str]) -> bool:
        pairs = (found.groups()[1:3], found.groups()[3:5])
        return all(fits(text, self._number("missing_patterns", "n", self.codes[arm], found[1]))
                   for arm, text in pairs)  # fmt: skip

    def _panel_rules(self) -> list[Rule]:
        """Bars: all percentages of both arms, and the odds ratio beside them, of one analysis."""
        effect = rf"odds ratio (?P<a>{NUMBER}) \((?P<b>{NUMBER}) to (?P<c>{NUMBER})\)"
        arm = self.arm
        item = r"mRS \d(?:-\d)? [\d.]+% \((?:\d+|[\d.]+ to [\d.]+)\)"
        return [
            (rf"(?P<t>{arm}) (?P<ts>{BARS}); (?P<r>{arm}) (?P<rs>{BARS})(?:; {effect})?",
             self._panel),
            (rf"(?P<arm>{arm}): (?P<items>{item}(?:, {item})+)", self._bar),
        ]  # fmt: skip

    def _panel(self, found: re.Match[str]) -> bool:
        label = re.split(r"(?<=\.) (?=[A-Z])", found.string[: found.start()].rstrip(". "))[-1]
        analysis, level, effect = self._panel_of(label)
        arms = ((found["t"], found["ts"]), (found["r"], found["rs"]))
        right = all(self._is_bar(analysis, level, self.codes[arm], bars) for arm, bars in arms)
        texts = (found["a"], found["b"], found["c"])
        return right and (found["a"] is None or any_fits(texts, EFFECTS[:1], effect, (1,)))

    def _panel_of(self, label: str) -> tuple[str, str, list[Place]]:
        """The distribution, its level and the effect of a panel's label."""
        for factor in self.plan.subgroups.factors:
            if label.startswith(f"{factor.label}: "):
                words = label.removeprefix(f"{factor.label}: ")
                level = self.readings._code(factor.variable, words)
                effect = self._at(f"subgroup_{factor.name}", level)
                return f"mrs_distribution_{factor.name}", level, effect
        name = name_shift(label, "primary")
        if name in ("primary", "sens_pp"):
            return ("mrs_distribution", "ITT" if name == "primary" else "PP", self._at(name, ""))
        return f"mrs_distribution_{name}", "", self._at(name, "")

    def _is_bar(self, analysis: str, level: str, group: str, bars: str) -> bool:
        shown = re.findall(r"(\d(?:-\d)?): (\d+(?:\.\d+)?)%", bars)
        names = [self.plan.outcome.name_level(one) for one in self.plan.outcome.levels]
        lead = f"{level}: " if level and level not in ("ITT", "PP") else ""
        held = {
            one.level: one
            for one in self.facts.of(re.escape(analysis))
            if one.group == group and (level not in ("ITT", "PP") or one.population == level)
        }
        percents = [held[f"{lead}{name}"].stats["pct"] for name in names if f"{lead}{name}" in held]
        if len(percents) != len(names) or [name for name, _ in shown] != names:
            return False
        return [text for _, text in shown] == [f"{one:f}" for one in round_to_hundred(percents, 1)]

    def _bar(self, found: re.Match[str]) -> bool:
        group = self.codes[found["arm"]]
        limits = r"(?:(\d+)|([\d.]+) to ([\d.]+))"
        items = re.findall(rf"mRS (\d(?:-\d)?) ([\d.]+)% \({limits}\)", found["items"])
        analysis = "mrs_distribution_adjusted" if items[0][3] else "mrs_distribution"
        populations = {one.population for one in self.facts.of(analysis)}
        return any(
            self._is_bar(analysis, population, group,
                         ", ".join(f"{item[0]}: {item[1]}%" for item in items))
            and all(self._is_item(analysis, population, group, item) for item in items)
            for population in populations
        )  # fmt: skip

    def _is_item(self, analysis: str, population: str, group: str, item: tuple[str, ...]) -> bool:
        place = next(one for one in self.facts.of(re.escape(analysis)) if (
            one.population, one.group, one.level) == (population, group, item[0]))  # fmt: skip
        if item[2]:
            return fits(item[2], place.stats.get("n"))
        return all(fits(text, place.stats.get(name))
                   for text, name in ((item[3], "ci_low"), (item[4], "ci_high")))  # fmt: skip

    def _take_balance(self, reading: Reading) -> None:
        for found in re.finditer(r"(?:(?<=; )|(?<=differences\. ))([^;]+?) (-?\d\.\d\d)(?=[;.])",
                                 reading.text):  # fmt: skip
            group, _, label = found[1].partition(": ")
            at = Address("", group if label else "", label or group, "")
            variable, level = self.readings._characteristic(at)
            places = [one for one in self.facts.of("baseline_balance")
                      if one.level in (f"{variable}={level}", variable)
                      and one.variable == variable]  # fmt: skip
            reading.take(*found.span(), any_fits((found[2],), [("smd",)], places, (1,)))

    def _take_flow(self, reading: Reading) -> None:
        for found in re.finditer(r"([^,;.:(]*(?:\([^)]*\))?[^,;:(]*?) \(n = (\d+)\)", reading.text):
            label = self._flow_label(reading.text, found)
            arms = re.findall(rf"(?:^|\. )({self.arm}): ", reading.text[: found.start() + 2])
            group = self.codes[arms[-1]] if arms else ""
            reading.take(found.start(2), found.end(2), fits(found[2], self._flow(label, group)))

    def _flow_label(self, text: str, found: re.Match[str]) -> str:
        """The words before a number of the diagram; reasons may hold commas."""
        before = text[: found.start(2)].removesuffix(" (n = ")
        reasons = [one for one in describe_reasons(self.plan).values() if before.endswith(one)]
        return max(reasons, key=len) if reasons else re.split(r"[,;:.] ", before)[-1].strip()

    def _flow(self, label: str, group: str) -> float | None:
        codes = {text: code for code, text in describe_reasons(self.plan).items()}
        if label in codes:
            return self._number("pp_reasons", "n", group, codes[label])
        if label.startswith("Allocated to"):
            return self._number("disposition", "n", group, "randomised")
        if label in ("Intention to treat", "as treated"):
            population = "ITT" if label.startswith("Int") else "SAF"
            return self._number("populations", "n", group, population=population)
        level = DISPOSITION.get(self.readings._plain(label), "")
        return self._number("disposition", "n", group, level)
