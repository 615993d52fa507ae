"""What the boxes of the flow diagram say (CONSORT 2025)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.config.reasons import describe_reasons
from analysis.display.ard import Ard
from analysis.display.format import format_count
from analysis.display.typography import TIE
from analysis.display.wording import SCREENED, SCREENING_REASONS, outcome_name


@dataclass(frozen=True)
class Entry:
    """The content of one box: a heading, lines beneath it and what the last line splits into."""

    heading: str
    lines: tuple[str, ...] = ()
    details: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The whole content as one text."""
        return ", ".join((self.heading, *self.lines, *self.details)).replace(TIE, " ")


@dataclass(frozen=True)
class Stage:
    """One row of the diagram: its tag and a box for each arm."""

    tag: str
    entries: tuple[Entry, Entry]


def build_screening(ard: Ard) -> tuple[Entry, Entry] | None:
    """Return those screened, and those excluded by reason; None if no log was exported."""
    if ard.find("disposition", "n", "ITT", level="screened") is None:
        return None
    numbers = {words: _disposition(ard, level) for level, words in SCREENING_REASONS.items()}
    lines = tuple(_n(words, number) for words, number in numbers.items())
    screened = _n(SCREENED, _disposition(ard, "screened"))
    return Entry(screened), Entry(_n("Excluded", _disposition(ard, "excluded")), lines)


def build_randomised(ard: Ard) -> Entry:
    """Return the box of all randomised."""
    return Entry(_n("Randomised", _disposition(ard, "randomised")))


def build_stages(ard: Ard, plan: Plan) -> tuple[Stage, ...]:
    """Return the rows of the diagram after randomisation, each with an entry per arm."""
    arms = (plan.arms.treatment, plan.arms.reference)
    builders = {
        "Allocation": _allocation,
        "Follow-up": _follow_up,
        "Analysis": _analysis,
        "Per protocol": _per_protocol,
    }
    return tuple(
        Stage(tag, (build(ard, plan, arms[0]), build(ard, plan, arms[1])))
        for tag, build in builders.items()
    )


def _disposition(ard: Ard, level: str, arm: str = "") -> float:
    return ard.require("disposition", "n", "ITT", arm, level)


def _n(words: str, number: float) -> str:
    return f"{words} (n{TIE}={TIE}{format_count(number)})"


def _allocation(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    return Entry(
        _n(f"Allocated to {arm.label}", _disposition(ard, "randomised", arm.code)),
        (
            _n("Received study drug", _disposition(ard, "treated", arm.code)),
            _n("Did not receive study drug", _disposition(ard, "not_treated", arm.code)),
        ),
    )


def _follow_up(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    return Entry(
        f"Until day {plan.outcome.day}",
        (
            _n("Died", _disposition(ard, "died", arm.code)),
            _n("Withdrew", _disposition(ard, "withdrew", arm.code)),
            _n("Lost to follow-up", _disposition(ard, "lost", arm.code)),
        ),
    )


def _analysis(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    outcome = outcome_name(plan)
    return Entry(
        _n("Intention to treat", ard.require("populations", "n", "ITT", arm.code)),
        (
            _n(f"With {outcome}", _disposition(ard, "outcome_observed", arm.code)),
            _n(f"Without {outcome}", _disposition(ard, "outcome_missing", arm.code)),
            _n("Safety set, as treated", ard.require("populations", "n", "SAF", arm.code)),
        ),
    )


def _per_protocol(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    """The set and every reason that took a subject of either arm out of it."""
    labels = describe_reasons(plan)
    shown = [row.level for row in ard.select("pp_reasons", "ITT", group="") if row.value]
    reasons = tuple(
        _n(labels.get(code, code), ard.require("pp_reasons", "n", "ITT", arm.code, code))
        for code in shown
    )
    excluded = _n("Excluded from per protocol", _disposition(ard, "pp_excluded", arm.code))
    return Entry(_n("Per protocol", _disposition(ard, "pp", arm.code)), (excluded,), reasons)
