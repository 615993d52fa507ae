"""Key secondary outcomes in an abstract: what was tested behind the primary outcome (SAP 1.3)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.journal import EffectMeasure, Journal, Passage
from analysis.display.prose.secondary import DIFFERENCE
from analysis.display.text.conclusion.key_secondaries import (
    MEANS,
    KeySecondary,
    is_gate_open,
    read_key_secondaries,
)
from analysis.display.text.language import join_words

MRS = "mRS "
UTILITIES = ("eq5d", "uw_mrs")
"""They lie between 0 and 1: a difference has three decimals."""
PROCEDURES = {"fixed_sequence": "in a fixed sequence", "graphical": "by a graphical procedure"}


def say_key_secondaries(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return which key secondary outcomes were tested, their effects and adjusted p-values."""
    found = read_key_secondaries(ard, plan)
    if not found:
        return Passage()
    if not is_gate_open(ard, plan):
        names = join_words([each.name for each in found])
        return Passage(
            (f"As the confirmatory test did not reject, no key secondary outcome was tested "
             f"({names}).",)
        )  # fmt: skip
    how = PROCEDURES[plan.inference.testing.procedure]
    parts = [
        _say_part(ard, plan, journal, found, "a difference was shown for", True),
        _say_part(ard, plan, journal, found, "no difference was shown for", False),
        _say_untested(found),
    ]
    clauses = "; ".join(part for part in parts if part)
    return Passage((f"Of the key secondary outcomes, tested {how}, {clauses}.",))


def _say_part(
    ard: Ard, plan: Plan, journal: Journal, found: tuple[KeySecondary, ...], words: str,
    rejected: bool,
) -> str:  # fmt: skip
    texts = [
        _say_one(ard, plan, journal, each)
        for each in found
        if each.is_tested and each.is_rejected == rejected
    ]
    return f"{words} {join_words(texts)}" if texts else ""


def _say_untested(found: tuple[KeySecondary, ...]) -> str:
    names = [each.name for each in found if not each.is_tested]
    return f"{join_words(names)} {'was' if len(names) == 1 else 'were'} not tested" if names else ""


def _say_one(ard: Ard, plan: Plan, journal: Journal, each: KeySecondary) -> str:
    effect = ard.effect(each.analysis_id, plan.secondary.population)
    clause = journal.clause(_measure(each), effect, plan, has_p=False)
    adjusted = journal.numbers.p_value(each.adjusted_p, *plan.inference.boundaries)
    return f"{_spell(each.outcome, journal)} ({clause}; adjusted {adjusted})"


def _spell(outcome: str, journal: Journal) -> str:
    """The levels of a dichotomy as the journal joins them, ``mRS 0 to 2``."""
    return outcome.replace("-", journal.numbers.joint) if outcome.startswith(MRS) else outcome


def _measure(each: KeySecondary) -> EffectMeasure:
    if "risk difference" in each.measure:
        return EffectMeasure(each.measure, *DIFFERENCE)
    if each.measure == MEANS:
        return EffectMeasure(each.measure, 0.0, 3 if each.analysis_id in UTILITIES else 2)
    return EffectMeasure(each.measure)
