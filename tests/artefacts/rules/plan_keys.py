"""Words around numbers of the plan, and around statistics that have a sentence of their own."""

from __future__ import annotations

import re
from calendar import month_name
from functools import cached_property

from analysis.config.blocks.safety.outcomes import CLASSES
from tests.artefacts.known_numbers import fits
from tests.artefacts.text_reading import NUMBER, Rule, Rules

MONTHS = list(month_name)
SLOT = r"(-?\d+(?:\.\d+)?)"
"""What ``#`` stands for in the patterns below: one number."""


class PlanRules(Rules):
    """Days, windows, limits, settings; and how many are missing, died, or were randomised when."""

    @cached_property
    def rules(self) -> list[Rule]:
        """Words around numbers of the plan and of known statistics, the special first."""
        plan = self.plan
        outcome, safety, secondary = plan.outcome, plan.safety, plan.secondary
        deaths, eq5d, mi = secondary.nihss_deaths, secondary.eq5d, plan.sensitivity.imputation
        grid, dosing, visits = plan.sensitivity.tipping, plan.dosing, plan.visits
        drawing, worse = plan.supportive.rerandomisation, safety.deterioration
        alpha, death = plan.inference.alpha, outcome.death_level
        randomised = ("disposition", "n")
        found: list[Rule] = [
            (rf"({NUMBER}) of ({NUMBER}) randomised have no", self._missing),
            (r"of the (\d+) without a day-(\d+) mRS, (\d+) are known alive on day (\d+) "
             r"\((\d+) of them died later\) and (\d+) are of unknown status", self._known),
            (rf"({NUMBER}) known alive on day (\d+)(?: \(({NUMBER}) of them died later\))?, "
             rf"({NUMBER}) of unknown status", self._said_known),
            (r"dead by day (\d+) \(at (\d+) h\) or (\d+) \(at day (\d+)\) counts (\d+)",
             self._in_order(deaths.h24_last_day, visits.nihss_h24_hours, deaths.d7_last_day,
                            visits.nihss_d7_day, deaths.score)),
            (r"(\d+) of the (\d+) planned were randomised", lambda found: fits(
                found[1], self._number(*randomised, level="randomised")
            ) and found[2] == str(plan.trial.n_randomised)),
            (r"(\d+) planned|the (\d+) planned|Planned: (\d+)",
             self._plan(plan.trial.n_randomised)),
            (r"(\d+) statistics recomputed", self._plan(self.verdicts.compared)),
            (r"(\d+) more are not estimable by either", self._plan(self.verdicts.without)),
            (r"(\d+) more are not checked", self._plan(self.verdicts.others)),
            (r"Win probability #", self._is("win_odds", "win_probability")),
            (r"Win probability over all subjects: #",
             self._is("marginal_win_odds", "win_probability")),
            (r"(\d+) sites randomised", self._is("recruitment", "n_sites")),
            (r"(\d+) characteristics of (\d+) subjects", self._baseline),
            (r"(?:(?:From|In|Between|from) )?([A-Z][a-z]+),? (\d{4})(?: through| to|, and)? ?"
             r"(?:([A-Z][a-z]+),? (\d{4}))?", self._months),
            (r"(\d{4}-\d\d) (\d+)", lambda found: fits(found[2], self._number(
                "recruitment", "n_cumulative", level=found[1], variable="RANDDT"))),
            (r"^Site (\d\d)$", self._asked_site),
            (r"(?<=By site: )(\d\d) (\d+)|(?<=; )(\d\d) (\d+)", self._site),
            (rf"({self.arm}): (\d+) of (\d+) died", self._died),
            (r"(?:[Dd]eath on or before|else a death on or before) day (\d+)",
             self._plan(safety.death_day, outcome.day, outcome.day + outcome.window_days)),
            (r"(?:inside|Assessed on|assessments on) day (\d+) (?:\+/-|±) (\d+)", self._window),
            (r"From day (\d+) on numbers at risk",
             self._plan(outcome.day - outcome.window_days)),
            (r"alive on day (\d+)", self._plan(mi.alive_on_day, outcome.day)),
            (r"(?<=day \d, )mRS at day (\d+)", self._plan(visits.mrs_d30_day)),
            (r"^mRS at day (\d+)$", self._plan(outcome.day, visits.mrs_d30_day)),
            (r"(?:mRS\)?|Scale|EQ-VAS|utility|weighted mRS|followed) (?:at|to) day (\d+)",
             self._plan(outcome.day)),
            (r"[Dd]ay-(\d+) mRS|Until day (\d+)", self._plan(outcome.day)),
            (r"(?:(?<=EQ-5D-5L)|(?<=utility)) at day (\d+)", self._plan(outcome.day)),
            (r"NIHSS at (\d+) h|\(at (\d+) h\)", self._plan(visits.nihss_h24_hours)),
            (r"NIHSS at day (\d+)", self._plan(visits.nihss_d7_day)),
            (r"dead by day (\d+) count # and #",
             self._in_order(eq5d.death_last_day, eq5d.death_utility, eq5d.death_vas)),
            (r"dead by day (\d+) without a score: (\d+)", lambda found: found.groups() in {
                (str(day), str(deaths.score)) for day in (deaths.h24_last_day, deaths.d7_last_day)
            }),
            (r"dead by day (\d+): #\)", self._plan(
                eq5d.death_last_day, eq5d.death_utility, eq5d.death_vas)),
            (r"\(dead: #\)", self._plan(secondary.mrs_utilities[-1])),
            (r"within (\d+) days of day (\d+)", self._in_order(eq5d.window_days, outcome.day)),
            (r"[Tt]ime to death within (\d+) days|Death within (\d+) days|censored at day (\d+)|"
             r"(?:[Dd]eath|Died) by day (\d+)|Alive on day (\d+)|By day (\d+)",
             self._plan(safety.death_day)),
            (r"(?:up to|on or before) day (\d+)", self._plan(plan.adverse_events.last_day)),
            (r"within # (?:h|hours)\b", self._plan(safety.haemorrhage_hours)),
            (r"(?:alive on|alive by|days alive,) day (\d+)", self._plan(safety.death_day)),
            (r"rise of the NIHSS by (\d+) points or more, or a death on day (\d+)",
             self._in_order(worse.nihss_points, worse.death_last_day)),
            (r"image of class (\d\w?) from # to # hours",
             self._in_order(*safety.sits_most.types, *safety.sits_most.hours)),
            (r"NIHSS fell by (\d+) points or more in a day, or to (\d+) or less",
             self._in_order(safety.early_improvement.points, safety.early_improvement.at_most)),
            (r"^Class ([123][A-D]?)$", lambda found: found[1] in CLASSES),
            (r"# mg intra-arterially, then # mg per kg intravenously on day "
             r"(\d)(?:, (\d))?(?:, (\d))?\.", self._doses),
            (r"# (?:to|-) ?# ?% of the dose|Compliance of # to #%",
             self._plan(*dosing.accepted_percent)),
            (r"imputed (\d+) times", self._plan(mi.imputations)),
            (r"\((\d+) cycles\)", self._plan(mi.cycles)),
            (r"seed (\d+)", self._plan(mi.seed, drawing.seed)),
            (r"(\d+) random assignments", self._plan(drawing.draws)),
            (r"with (\d+) nodes", self._plan(plan.sensitivity.quadrature_nodes)),
            (r"by # to # in steps of #",
             self._in_order(grid.lowest, grid.highest, grid.step)),
            (rf"(?:{self.arm}) #, (?:{self.arm}) #(?=[,. ]|$)",
             self._plan(*plan.sensitivity.tipping.shifts)),
            (rf"^(?:{self.arm}) #$", self._plan(*plan.sensitivity.tipping.shifts)),
            (r"A category of fewer than (\d+)", self._plan(plan.primary.rare_category_below)),
            (r"fewer than # for each column", self._plan(plan.sparse.events_per_variable)),
            (r"fewer than (\d+) in all", self._plan(plan.sparse.fewest_events)),
            (r"(?:mRS (\d)(?:-(\d))?|Time to death): sparse data, (\d+) (with|without|deaths)"
             r"[\w ]* for (\d+) columns? of the model", self._sparse),
            (r"Strata with fewer than (\d+)", self._plan(plan.co_reported.strata_fewest_per_arm)),
            (r"(\d+) further analyses", self._plan(len(plan.analyses.run))),
            (r"(\d+) (?:prespecified|subgroup) factors", self._plan(len(plan.subgroups.factors))),
            (r"(\d+) dichotomies of the mRS and (\d+) scores",
             self._in_order(len(secondary.dichotomies), len(secondary.outcomes))),
            (r"Phase (\d)", self._plan(plan.trial.phase)),
            (r"[Aa]llocation (\d+):(\d+)", self._in_order(*plan.trial.allocation_ratio)),
            (r"two-sided at #|would cross #|p < # (?:in favour|against)|"
             r"p of # or more|p crosses #", self._plan(alpha)),
            (r"#% or more of the outcomes", self._plan(plan.missing_data.warn_from_percent)),
            (r"(?<!interval; )(?:[Aa]bove|below|[<>]) (\d) favours? ", self._plan(1)),
            (r"mRS \((\d) to (\d)(?:-6)?\) on arm", self._in_order(0, death)),
            (r"(?:death = | is mRS |composite \(mRS |is given mRS |A missing mRS is |on [A-Z]\w+, )"
             r"(\d)(?:-6)?", self._plan(death)),
            (r"mRS (\d)(?:-(\d))? versus (\d)(?:-(\d))?", self._levels),
            (r"[Tt]he primary model with mRS (\d)-(\d) as one|mRS (\d)-(\d) merged", self._merged),
            (r"[Ss]core of (\d)(?: to |-)(\d) was reached", self._in_order(0, 2)),
            (r"(?:Grotta|dichotomy|^|: |, )mRS (\d)(?:-(\d))?(?= \d|:|$|,|\.)", self._levels),
            (r"(\d) of (\d+)(?=$)", lambda found: int(found[1]) <= int(found[2]) == 1 + len(
                dosing.iv_days)),
            (r"^Day (\d)$", self._plan(0, *dosing.iv_days)),
        ]  # fmt: skip
        return [(pattern.replace("#", SLOT), check) for pattern, check in found]

    def _window(self, found: re.Match[str]) -> bool:
        outcome = self.plan.outcome
        return int(found[1]) == outcome.day and int(found[2]) in (
            outcome.window_days, outcome.late_window_days,
        )  # fmt: skip

    def _sparse(self, found: re.Match[str]) -> bool:
        """As many as are counted, of whom fewer than the rule asks of the model's terms."""
        first, last, few, who, columns = found.groups()
        terms = {one.level for one in self.facts.of("primary_coefficients")
                 if "estimate" in one.stats}  # fmt: skip
        counted = self._count_deaths() if who == "deaths" else self._count_up_to(last or first)[
            who == "without"
        ]  # fmt: skip
        is_few = counted < self.plan.sparse.events_per_variable * len(terms)
        return int(columns) == len(terms) and int(few) == counted and is_few

    def _count_deaths(self) -> int:
        own = [one for one in self.facts.of("death_90d") if one.population == "SAF"]
        return int(sum(one.stats.get("events") or 0 for one in own if one.group))

    def _count_up_to(self, level: str) -> tuple[int, int]:
        """Subjects with an mRS up to a level, and those above it."""
        rows = [
            one
            for one in self.facts.of("mrs_distribution")
            if (one.population, one.group and one.level[:1].isdigit())
            == (self.plan.primary.population, True)
        ]
        counts = [(one.level[0] <= level, int(one.stats.get("n") or 0)) for one in rows]
        return sum(n for is_up, n in counts if is_up), sum(n for is_up, n in counts if not is_up)

    def _doses(self, found: re.Match[str]) -> bool:
        dosing = self.plan.dosing
        known = [dosing.ia_mg, dosing.iv_mg_per_kg, *dosing.iv_days]
        return [float(text) for text in found.groups() if text] == [float(one) for one in known]

    def _merged(self, found: re.Match[str]) -> bool:
        first, last = (int(text) for text in found.groups() if text)
        return first == self.plan.sensitivity.merged_levels[0] and last == 6

    def _levels_loose(self, found: re.Match[str]) -> bool:
        return int(found[1] or found[2]) in (0, *self.plan.secondary.dichotomies,
                                             self.plan.outcome.death_level)  # fmt: skip

    def _months(self, found: re.Match[str]) -> bool:
        held = [
            place.level
            for place in self.facts.of("recruitment")
            if place.variable == "RANDDT" and place.stats.get("n") and place.level[:1] == "2"
        ]
        ends = [held[0], held[-1]]
        pairs = [(found[1], found[2]), *([(found[3], found[4])] if found[4] else [])]
        if any(name not in MONTHS for name, _ in pairs):
            return False
        shown = [f"{year}-{MONTHS.index(name):02}" for name, year in pairs]
        return shown == ends if len(shown) == 2 else shown[0] in ends

    def _missing(self, found: re.Match[str]) -> bool:
        names = ("outcome_missing", "randomised")
        return all(fits(text, self._number("disposition", "n", level=level))
                   for text, level in zip(found.groups(), names, strict=True))  # fmt: skip

    def _known(self, found: re.Match[str]) -> bool:
        day = str(self.plan.outcome.day)
        shown = (found[1], found[3], found[5], found[6])
        return found[2] == found[4] == day and all(map(fits, shown, self._missing_by_status()))

    def _said_known(self, found: re.Match[str]) -> bool:
        shown = (found[1], found[3] or "0", found[4])
        known = self._missing_by_status()[1:]
        return found[2] == str(self.plan.outcome.day) and all(map(fits, shown, known))

    def _missing_by_status(self) -> list[float | None]:
        levels = ("", "KNOWN ALIVE", "DIED LATER", "STATUS UNKNOWN")
        return [self._number("missing_outcome", "n", level=level) for level in levels]

    def _baseline(self, found: re.Match[str]) -> bool:
        names = {place.variable for place in self.facts.of("baseline")}
        return found[1] == str(len(names)) and fits(
            found[2], self._number("populations", "n", population="ITT")
        )

    def _asked_site(self, found: re.Match[str]) -> bool:
        """A site that has data queries."""
        asked = self._number("queries_by_site", "n", level=f"{found[1]} all rules")
        return bool(asked)

    def _site(self, found: re.Match[str]) -> bool:
        site, count = (text for text in found.groups() if text is not None)
        return fits(count, self._number("recruitment", "n", level=site, variable="SITEID"))

    def _died(self, found: re.Match[str]) -> bool:
        return all(
            fits(text, self._number("death_hr", name, self.codes[found[1]]))
            for text, name in zip(found.groups()[1:], ("events", "n"), strict=True)
        )
