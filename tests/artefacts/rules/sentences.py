"""Every number of a sentence: of which analysis, of which key of the plan, or of which name."""

from __future__ import annotations

import re
from functools import cached_property

from analysis.config.per_protocol_reasons import describe_reasons
from tests.artefacts.rules.captions import CaptionRules
from tests.artefacts.rules.counts import CountRules
from tests.artefacts.rules.door import DoorRules
from tests.artefacts.rules.effects import EffectRules
from tests.artefacts.rules.figures import FigureRules
from tests.artefacts.rules.plan_keys import PlanRules
from tests.artefacts.text_reading import Reading

PLAIN = str.maketrans({"\N{MIDDLE DOT}": ".", "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-",
                       "\N{NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " "})  # fmt: skip
"""Journals' points and dashes, and spaces that do not break, as the house writes them."""

NAMES = (
    "EQ-5D-5L", "CONSORT 2025", "Hopewell et al, PLoS Med 2025;22:e1004587", "HC0", "(CR2)", "CR2",
    "ICH E9(R1)", "Koch 1998; Kawaguchi, Koch and Wang 2011", "Pustejovsky and Tipton 2018",
    "n1 n0 / (n1 + n0)", "on 1 - Kaplan-Meier", "add up to 100", "day 0.",
    "p-values have two decimals from 0.01 on and three below", "the standard deviation of the site "
    "intercept is 0", "0 is less than a tenth of the tolerance", "favours the treatment: above 0",
    "side of 1 favours the treatment", "above 0 favours the treatment",
    "below 0 favours the treatment", "below 0 better", "above 0 better",
    "less than 0.1 either way", "SAP 9.3", "SAP 3.2", "eq5d",
    "Pocock 2012", "Bebu and Lachin 2016", "Fan and Park 2010; Lu, Zhang and Ding 2020",
    "Ye 2023", "FDA (2023)", "Benefit per 100", "weights 1 / (n + 1)",
)  # fmt: skip
"""Names, references and sentences about zero and one: numbers that no trial changes."""

NO_ESTIMATE = "not estimable: "


class Sentences(PlanRules, CountRules, EffectRules, FigureRules, CaptionRules, DoorRules):
    """The rules for one run, in the order in which they read a text."""

    def explain(self, text: str, where: str = "") -> list[str]:
        """What in a text nothing accounts for; ``where``: the figure, else empty."""
        if not re.search(r"\d", text):
            return []
        reading = Reading(" ".join(text.translate(PLAIN).split()))
        self._take_factor(reading)
        for pattern, is_right in (*self.first_rules, *self.caption_rules, *self.door_rules):
            self._take(reading, pattern, is_right)
        self._take_names(reading)
        for pattern, is_right in self.rules:
            self._take(reading, pattern, is_right)
        self._take_effects(reading, where)
        for pattern, is_right in self.late_rules:
            self._take(reading, pattern, is_right)
        return reading.unexplained

    def _take_factor(self, reading: Reading) -> None:
        """A note on a subgroup factor: the warning of its own analysis."""
        for factor in self.plan.subgroups.factors:
            lead = f"{factor.label}: "
            own = self.facts.words_of(f"subgroup_{factor.name}")
            if reading.text.startswith(lead) and "left out: " in reading.text:
                is_right = reading.text.removeprefix(lead).rstrip(".") in own
                reading.take(0, len(reading.text), is_right)

    def _take_names(self, reading: Reading) -> None:
        for name in (one for one in self.names if one in reading.text):
            for found in re.finditer(rf"(?<![\d.]){re.escape(name)}(?![\d]|\.\d)", reading.text):
                if reading.is_free(*found.span()):
                    reading.take(*found.span(), is_right=True)

    @cached_property
    def names(self) -> list[str]:
        """Texts with digits that stand as they are: names, words of the plan and of the frame."""
        plan = self.plan
        factors = plan.subgroups.factors
        texts = {
            *NAMES, plan.trial.registry_id, plan.trial.acronym, plan.trial.title,
            *describe_reasons(plan).values(), f"MedDRA {plan.adverse_events.meddra_version}",
            *(f"{one.label}: {level}" for one in factors for level in one.levels),
            *(aid.name for aid in plan.sensitivity.imputation.auxiliaries), *plan.subgroups.made,
            *(f"({' or '.join(one.levels)})" for one in plan.primary.covariates),
            *(f"{one.label} {level} (" for one in factors for level in one.levels),
            *self.facts.words, *(text.removeprefix(NO_ESTIMATE) for text in self.facts.words),
        }  # fmt: skip
        texts |= {f"{text[:1].upper()}{text[1:]}" for text in texts}
        texts |= {
            text.replace(">=", "\N{GREATER-THAN OR EQUAL TO}").replace(
                "<=", "\N{LESS-THAN OR EQUAL TO}"
            )
            for text in texts
        }
        kept = {text.translate(PLAIN) for text in texts if re.search(r"\d", text)}
        return sorted(kept, key=len, reverse=True)
