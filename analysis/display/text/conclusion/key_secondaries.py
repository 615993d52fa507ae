"""Key secondary outcomes tested behind the primary one: what the results say of each (SAP 1.3)."""

from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.format import format_p_clause, format_plain
from analysis.display.text.language import join_words
from analysis.display.text.visits import name_visit
from analysis.display.text.wording import cut_span, is_crude, list_fitted

ANALYSIS = "multiplicity"
RISKS = {
    "_rr_adjusted": "adjusted risk ratio",
    "_rr": "risk ratio",
    "_rd": "risk difference",
    "_rd_adjusted": "adjusted risk difference",
    "_or_adjusted": "adjusted odds ratio",
}
"""Effect measure by the ending of the id of a dichotomy."""
WINS, MEANS = "_win_odds", "difference in means"
SHOWN, NOT_SHOWN, NOT_TESTED = "tested, rejected", "tested, not rejected", "not tested"


@dataclass(frozen=True)
class KeySecondary:
    """One hypothesis of the procedure: its analysis in words, and what became of it.

    ``outcome``, ``measure``: ``mRS 0-2``, ``adjusted risk ratio``. ``adjusted_p``: None if the
    analysis has no p-value.
    """

    analysis_id: str
    outcome: str
    measure: str
    adjusted_p: float | None
    is_tested: bool
    is_rejected: bool

    @property
    def name(self) -> str:
        """Outcome and measure: ``mRS 0-2 (adjusted risk ratio)``."""
        return f"{self.outcome} ({self.measure})"

    @property
    def verdict(self) -> str:
        """Whether it was tested, and whether its hypothesis of no difference was rejected."""
        if not self.is_tested:
            return NOT_TESTED
        return SHOWN if self.is_rejected else NOT_SHOWN


def read_key_secondaries(ard: Ard, plan: Plan) -> tuple[KeySecondary, ...]:
    """Return the key secondary outcomes in the order of the plan; none if it tests none."""
    return tuple(_read(ard, plan, name) for name in plan.inference.testing.outcomes)


def is_gate_open(ard: Ard, plan: Plan) -> bool:
    """Return whether the confirmatory analysis rejects, so that its alpha goes on."""
    ids = plan.primary.may_be_confirmatory
    rows = [ard.find(ANALYSIS, "rejected", plan.primary.population, level=name) for name in ids]
    return any(row is not None and row.value == 1 for row in rows)


def name_outcome(ard: Ard, plan: Plan, analysis_id: str) -> str:
    """Return outcome and measure of a secondary analysis: ``EQ-VAS at day 90 (win odds)``."""
    return "{} ({})".format(*_name(ard, plan, analysis_id))


def say_tests(ard: Ard, plan: Plan) -> str:
    """Return what was tested, with adjusted p-values, as a sentence; empty if none is tested."""
    found = read_key_secondaries(ard, plan)
    if not found:
        return ""
    limits = plan.inference.boundaries
    texts = [
        f"{each.name}: {each.verdict}, adjusted {format_p_clause(each.adjusted_p, *limits)}"
        for each in found
    ]
    return f"Key secondary outcomes: {'; '.join(texts)}."


def explain_tests(ard: Ard, plan: Plan) -> str:
    """Return what tested, rejected and adjusted mean, as a footnote; empty if none is tested."""
    testing = plan.inference.testing
    if testing.procedure == "none":
        return ""
    names = join_words([name_outcome(ard, plan, name) for name in testing.outcomes])
    how = {"fixed_sequence": "in this order", "graphical": "by a graphical procedure"}
    return (
        f"Key secondary outcomes, tested {how[testing.procedure]} behind the confirmatory analysis "
        f"(SAP 1.3): {names}. Not tested: no alpha got to it, or it has no p-value. Rejected: "
        f"adjusted p below {format_plain(plan.inference.alpha)}."
    )


def _read(ard: Ard, plan: Plan, analysis_id: str) -> KeySecondary:
    adjusted, tested, rejected = (
        ard.number(ANALYSIS, name, plan.secondary.population, level=analysis_id)
        for name in ("p_value_adjusted", "tested", "rejected")
    )
    names = _name(ard, plan, analysis_id)
    return KeySecondary(analysis_id, *names, adjusted, tested == 1, rejected == 1)


def _name(ard: Ard, plan: Plan, analysis_id: str) -> tuple[str, str]:
    first = plan.outcome.levels[0]
    for level in plan.secondary.dichotomies:
        ending = analysis_id.removeprefix(f"mrs_{first}_{level}")
        if ending in RISKS:
            words = RISKS[ending]
            crude = is_crude(ard.effect(analysis_id, plan.secondary.population))
            is_adjusted = list_fitted(ard, plan) and not crude
            return cut_span(plan, level), words if is_adjusted else words.removeprefix("adjusted ")
    outcome = analysis_id.removesuffix(WINS)
    return _name_score(plan, outcome), MEANS if outcome == analysis_id else "win odds"


def _name_score(plan: Plan, outcome: str) -> str:
    day = plan.outcome.day
    return {
        "nihss_h24": name_visit(plan, "NIHSS H24"),
        "nihss_d7": name_visit(plan, f"NIHSS D{plan.visits.nihss_d7_day}"),
        "eq5d": f"EQ-5D-5L utility at day {day}",
        "eqvas": f"EQ-VAS at day {day}",
        "uw_mrs": f"utility-weighted mRS at day {day}",
    }[outcome]
