"""Missing outcomes in sentences: how many, and what is known of those subjects (SAP 7)."""

from dataclasses import dataclass
from typing import Self

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.format import format_count, format_plain
from analysis.display.text.wording import outcome_name

ANALYSIS, POPULATION = "missing_outcome", "ITT"


@dataclass(frozen=True)
class MissingOutcomes:
    """Of the ``randomised``, those without the outcome, and what is known of them.

    ``alive``: known alive on the day of the outcome; ``died_later`` are among these. ``unknown``:
    neither known alive then nor known dead. ``out_of_window``: have an outcome, assessed outside
    the window.
    """

    randomised: int
    missing: int
    alive: int
    died_later: int
    unknown: int
    out_of_window: int

    @classmethod
    def find(cls, ard: Ard) -> Self:
        """Return the counts of the ITT set; raises AnalysisError if one is absent."""

        def count(level: str) -> int:
            return int(ard.require(ANALYSIS, "n", POPULATION, level=level, variable="MRS"))

        return cls(
            randomised=int(ard.require(ANALYSIS, "N", POPULATION, variable="MRS")),
            missing=count(""),
            alive=count("KNOWN ALIVE"),
            died_later=count("DIED LATER"),
            unknown=count("STATUS UNKNOWN"),
            out_of_window=count("OUT OF WINDOW"),
        )

    def is_share_reached(self, percent: float, count: int) -> bool:
        """Whether ``count`` subjects, one at least, are ``percent`` of the randomised or more."""
        return count > 0 and 100 * count >= percent * self.randomised


def missing_sentence(ard: Ard, plan: Plan) -> str:
    """Return how many outcomes are missing, and what is known of these subjects (SAP 7)."""
    found = MissingOutcomes.find(ard)
    if found.missing == 0:
        return f"All {format_count(found.randomised)} randomised have an {outcome_name(plan)}."
    return (
        f"{format_count(found.missing)} of {format_count(found.randomised)} randomised have no "
        f"{outcome_name(plan)} and are left out of the {_name_analysis(plan)}: "
        f"{say_known(found, plan)}."
    )


def _name_analysis(plan: Plan) -> str:
    return "model" if plan.primary.is_common_odds else "primary analysis"


def say_known(found: MissingOutcomes, plan: Plan) -> str:
    """Return ``20 known alive on day 90 (2 of them died later), 4 of unknown status``."""
    later = f" ({format_count(found.died_later)} of them died later)" if found.died_later else ""
    return (
        f"{format_count(found.alive)} known alive on day {plan.outcome.day}{later}, "
        f"{format_count(found.unknown)} of unknown status"
    )


def missing_warning(ard: Ard, plan: Plan) -> str:
    """Return a warning from the plan's share of missing outcomes on, else nothing (SAP 7)."""
    found, limit = MissingOutcomes.find(ard), plan.missing_data.warn_from_percent
    if not found.is_share_reached(limit, found.missing):
        return ""
    return (
        f"Warning: {format_plain(limit)}% or more of the outcomes are missing; the primary "
        "analysis is to be read beside the multiple imputation."
    )
