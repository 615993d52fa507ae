"""The results paragraph of an abstract for each of three journals, from the frame and the plan."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.enrolment import say_enrolment
from analysis.display.prose.journal import JOURNALS, Journal, Passage, join_passages
from analysis.display.prose.key_secondaries import say_key_secondaries
from analysis.display.prose.primary import say_primary
from analysis.display.prose.safety import say_safety
from analysis.display.prose.secondary import say_independence, say_win_odds
from analysis.display.prose.sensitivity import say_sensitivity

PASSAGES: tuple[Callable[[Ard, Plan, Journal], Passage], ...] = (
    say_enrolment, say_primary, say_win_odds, say_independence, say_key_secondaries,
    say_sensitivity, say_safety,
)  # fmt: skip
"""What a paragraph speaks of, in order."""

NOT_ADJUSTED = (
    "The confidence intervals of outcomes other than the primary one are not adjusted for "
    "multiplicity and are not to be used in the place of tests."
)
NOMINAL = "values other than the confirmatory one{adjusted} are nominal."
ADJUSTED = " and the adjusted ones"


@dataclass(frozen=True)
class Abstract:
    """One paragraph: its journal, the heading that journal gives it, and its text."""

    journal: str
    heading: str
    text: str


def build_abstracts(ard: Ard, plan: Plan, stamp: str) -> tuple[Abstract, ...]:
    """Return the paragraphs in the order of the journals; each begins with the stamp, if any.

    Raises AnalysisError if the frame lacks a row that the plan asks for.
    """
    return tuple(_build(ard, plan, stamp, journal) for journal in JOURNALS)


def list_left_out(ard: Ard, plan: Plan) -> tuple[str, ...]:
    """Return what the paragraphs leave out, or cannot give, and why: sentences."""
    return _say_all(ard, plan, JOURNALS[0]).left_out


def _build(ard: Ard, plan: Plan, stamp: str, journal: Journal) -> Abstract:
    adjusted = ADJUSTED if plan.inference.testing.outcomes else ""
    nominal = f"{journal.numbers.p_sign} {NOMINAL.format(adjusted=adjusted)}"
    last = nominal if journal.shows_nominal_p else NOT_ADJUSTED
    sentences = (*_say_all(ard, plan, journal).sentences, last)
    text = journal.spell(" ".join(sentences))
    return Abstract(journal.name, journal.heading, f"{stamp}. {text}" if stamp else text)


def _say_all(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    return join_passages(say(ard, plan, journal) for say in PASSAGES)
