"""Disposition: the texts and counts in the boxes of the flow diagram (CONSORT 2025)."""

from dataclasses import dataclass

from analysis.config import Plan
from analysis.config.per_protocol_reasons import REASONS, list_limits
from analysis.config.plan import Arm
from analysis.display.ard import Ard, ArdRow
from analysis.display.drawing.letters import TIE
from analysis.display.text.format import NOT_COLLECTED, format_count
from analysis.display.text.language import is_chinese, say, say_label
from analysis.display.text.wording import SCREENED, SCREENING_REASONS, outcome_name


@dataclass(frozen=True)
class Entry:
    """The content of one box: a heading and lines beneath it."""

    heading: str
    lines: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The whole content as one text."""
        return say(", ").join((self.heading, *self.lines)).replace(TIE, " ")


@dataclass(frozen=True)
class Stage:
    """One row of the diagram: its tag and a box for each arm."""

    tag: str
    entries: tuple[Entry, Entry]


@dataclass(frozen=True)
class Reason:
    """Why subjects are not in the per-protocol set: in words, and how many of each arm.

    ``n`` is None where what the reason needs was not collected.
    """

    words: str
    n: tuple[float, float] | None

    def describe(self, side: int) -> str:
        """Return the words with the number of one arm, or that it was not collected."""
        if self.n is None:
            return say("{name}: {numbers}", name=self.words, numbers=say(NOT_COLLECTED))
        return count_words(self.words, self.n[side])

    @property
    def counts(self) -> str:
        """Both numbers, treatment first, or that they were not collected."""
        if self.n is None:
            return say(NOT_COLLECTED)
        return " / ".join(format_count(number) for number in self.n)


def build_screening(ard: Ard) -> tuple[Entry, Entry] | None:
    """Return those screened, and those excluded by reason; None if no log was exported."""
    if ard.find("disposition", "n", "ITT", level="screened") is None:
        return None
    lines = tuple(
        _count_screened(ard, say(words), level) for level, words in SCREENING_REASONS.items()
    )
    screened = count_words(say(SCREENED), _disposition(ard, "screened"))
    excluded = _count_screened(ard, say("Excluded"), "excluded")
    return Entry(screened), Entry(excluded, lines)


def build_randomised(ard: Ard) -> Entry:
    """Return the box of all randomised."""
    return Entry(count_words(say("Randomised"), _disposition(ard, "randomised")))


def build_stages(ard: Ard, plan: Plan) -> tuple[Stage, ...]:
    """Return the rows of the diagram after randomisation, each with an entry per arm."""
    treatment, reference = plan.arms.treatment, plan.arms.reference
    builders = {
        say("Allocation"): _allocation,
        say("Follow-up"): _follow_up,
        say("Analysis"): _analysis,
        say("Per protocol"): _per_protocol,
    }
    return tuple(
        Stage(tag, (build(ard, plan, treatment), build(ard, plan, reference)))
        for tag, build in builders.items()
    )


def read_reasons(ard: Ard, plan: Plan) -> tuple[Reason, ...]:
    """Return every reason that took a subject of either arm out of the per-protocol set.

    Those that could not be checked stand there too.
    """
    rows = ard.select("pp_reasons", "ITT", group="")
    shown = [row for row in rows if row.value or row.is_not_collected]
    return tuple(
        Reason(_describe_reason(plan, row.level), _read_counts(ard, plan, row)) for row in shown
    )


def _read_counts(ard: Ard, plan: Plan, row: ArdRow) -> tuple[float, float] | None:
    if row.is_not_collected:
        return None
    treatment, reference = (
        ard.require("pp_reasons", "n", "ITT", code, row.level) for code in plan.arms.codes
    )
    return treatment, reference


def _count_screened(ard: Ard, words: str, level: str) -> str:
    row = ard.row("disposition", "n", "ITT", level=level)
    if row.is_not_collected:
        return say("{name}: {numbers}", name=words, numbers=say(NOT_COLLECTED))
    return count_words(words, _disposition(ard, level))


def count_words(words: str, number: float) -> str:
    """Return ``Randomised (n = 1060)``, the number on one line."""
    counted = say("{name} (n = {n})", name=words, n=format_count(number))
    return counted.replace(" = ", f"{TIE}={TIE}")


def _disposition(ard: Ard, level: str, arm: str = "") -> float:
    return ard.require("disposition", "n", "ITT", arm, level)


def _allocation(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    allocated = say("Allocated to {arm}", arm=say_label(arm.label))
    treated, not_treated = say("Received study drug"), say("Did not receive study drug")
    return Entry(
        count_words(allocated, _disposition(ard, "randomised", arm.code)),
        (
            count_words(treated, _disposition(ard, "treated", arm.code)),
            count_words(not_treated, _disposition(ard, "not_treated", arm.code)),
        ),
    )


def _follow_up(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    return Entry(
        say("Until day {day}", day=plan.outcome.day),
        (
            count_words(say("Died"), _disposition(ard, "died", arm.code)),
            count_words(say("Withdrew"), _disposition(ard, "withdrew", arm.code)),
            count_words(say("Lost to follow-up"), _disposition(ard, "lost", arm.code)),
        ),
    )


def _analysis(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    outcome = outcome_name(plan)
    observed = say("With {outcome}", outcome=outcome)
    missing = say("Without {outcome}", outcome=outcome)
    treated = ard.require("populations", "n", "SAF", arm.code)
    return Entry(
        count_words(say("Intention to treat"), ard.require("populations", "n", "ITT", arm.code)),
        (
            count_words(observed, _disposition(ard, "outcome_observed", arm.code)),
            count_words(missing, _disposition(ard, "outcome_missing", arm.code)),
            count_words(say("Safety set, as treated"), treated),
        ),
    )


def _per_protocol(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    excluded = say("Excluded from per protocol")
    return Entry(
        count_words(say("Per protocol"), _disposition(ard, "pp", arm.code)),
        (count_words(excluded, _disposition(ard, "pp_excluded", arm.code)),),
    )


def _describe_reason(plan: Plan, code: str) -> str:
    limits = {name: limit if isinstance(limit, str) else _any_of(limit)
              for name, limit in list_limits(plan).items()}  # fmt: skip
    return say(REASONS[code], **limits) if code in REASONS else code


def _any_of(values: tuple[str, ...]) -> str:
    *first, last = values
    listed = ("、" if is_chinese() else ", ").join(first)
    return say("{first} or {last}", first=listed, last=last) if first else last
