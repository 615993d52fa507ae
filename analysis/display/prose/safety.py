"""Safety in an abstract: deaths and symptomatic intracranial haemorrhage (SAP 9.1, 9.2)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.journal import EffectMeasure, Journal, Passage, join_passages
from analysis.display.prose.secondary import DIFFERENCE, count_arms, list_reasons
from analysis.display.text.format import NOT_COLLECTED, format_plain
from analysis.display.text.wording import SETS
from analysis.errors.reason import read_reason

SET = "SAF"
DEATH, BLEEDING = "death_90d", "sich_48h"
RISK_RATIO = EffectMeasure("risk ratio")
RISK_DIFFERENCE = EffectMeasure("risk difference", *DIFFERENCE)


def say_safety(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return both outcomes of the safety set, as treated, with risk ratio and difference."""
    hours = format_plain(plan.safety.haemorrhage_hours).replace(".", journal.numbers.point)
    named = {
        DEATH: f"In the {SETS[SET]}, death by day {plan.safety.death_day}",
        BLEEDING: f"Symptomatic intracranial haemorrhage within {hours} hours",
    }
    parts = [_say(ard, plan, journal, name, words) for name, words in named.items()]
    return join_passages(parts)


def _say(ard: Ard, plan: Plan, journal: Journal, name: str, words: str) -> Passage:
    if ard.is_not_collected(name, "events", SET, plan.arms.treatment.code):
        reason = read_reason(ard.warning(name, "events", SET, plan.arms.treatment.code))
        return Passage((f"{words} was {NOT_COLLECTED}.",), (f"{words}: {reason}.",))
    effects = {
        RISK_RATIO: ard.effect(f"{name}_rr", SET),
        RISK_DIFFERENCE: ard.effect(f"{name}_rd", SET),
    }
    clauses = journal.contrast(effects, plan)
    both = count_arms(ard, plan, journal, name, SET)
    return Passage((f"{words} occurred in {both} ({clauses}).",), list_reasons(words, effects))
