"""The one confirmatory analysis and what its test says, for all that speak of it (SAP 1.3, 5.5, 7).

Headline, abstract, CONSORT, captions and documents take the analysis, its effect and its verdict
from here alone, so that no two of them can contradict each other.
"""

from dataclasses import dataclass
from enum import Enum

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.text.conclusion.measure import common_odds_effect, name_measure
from analysis.display.text.favours import is_better, odds_of
from analysis.display.text.language import say
from analysis.display.text.wording import PRIMARY, effect_clause, primary_effect

IMPUTED = "sens_mi"
CONFIRMATORY = {
    PRIMARY: "primary analysis",
    IMPUTED: "analysis with missing outcomes imputed",
    "win_odds": "analysis of the win odds",
    "win_odds_stratified": "analysis of the stratified win odds",
    "win_odds_adjusted": "analysis of the adjusted win odds",
    "win_odds_stratified_adjusted": "analysis of the stratified, adjusted win odds",
}
"""What may be confirmatory, by id, in words."""


class Verdict(Enum):
    """What the two-sided test of the confirmatory analysis says at the plan's alpha."""

    BETTER = "better with the treatment"
    WORSE = "worse with the treatment"
    NOT_SHOWN = "no difference shown"
    NOT_ESTIMABLE = "not estimable"


@dataclass(frozen=True)
class Conclusion:
    """The confirmatory analysis, its effect and its verdict.

    ``name``: the measure as it was estimated, ``adjusted common odds ratio``.
    """

    analysis_id: str
    name: str
    effect: Effect
    verdict: Verdict

    @property
    def is_primary(self) -> bool:
        """Whether it is the primary analysis, as it is unless the plan says otherwise."""
        return self.analysis_id == PRIMARY


def conclude(ard: Ard, plan: Plan) -> Conclusion:
    """Return the conclusion of the trial on its primary outcome.

    Raises AnalysisError if the frame lacks the confirmatory analysis.
    """
    chosen = find_confirmatory(ard, plan)
    effect = ard.effect(chosen, plan.primary.population)
    return Conclusion(chosen, name_measure(ard, plan, chosen), effect, judge(plan, effect))


def primary_clause(ard: Ard, plan: Plan, name: str) -> str:
    """Return the effect of the primary analysis, ``name 1.36 (95% CI ...), p = 0.006``.

    Where the plan makes another analysis confirmatory, that stands behind it, so that no caption
    shows the nominal p-value alone.
    """
    clause, found = effect_clause(plan, name, primary_effect(ard, plan)), conclude(ard, plan)
    if found.is_primary:
        return clause
    confirmatory = effect_clause(plan, say(CONFIRMATORY[found.analysis_id]), found.effect)
    return say("{effect} (nominal; confirmatory: {other})", effect=clause, other=confirmatory)


def find_confirmatory(ard: Ard, plan: Plan) -> str:
    """Return the id of the analysis whose p-value is confirmatory."""
    for name in CONFIRMATORY:
        row = ard.find(name, "confirmatory", plan.primary.population)
        if row is not None and row.value == 1:
            return name
    return PRIMARY


def judge(plan: Plan, effect: Effect) -> Verdict:
    """Return what the test of an odds ratio of the mRS, or of win odds, says at alpha."""
    if effect.estimate is None or effect.p_value is None:
        return Verdict.NOT_ESTIMABLE
    if effect.p_value >= plan.inference.alpha:
        return Verdict.NOT_SHOWN
    return Verdict.BETTER if is_better(effect.estimate, plan) else Verdict.WORSE


def common_odds_clause(ard: Ard, plan: Plan, name: str) -> str:
    """Return the common odds ratio as ``primary_clause`` does; nominal if it is beside it."""
    if plan.primary.is_common_odds:
        return primary_clause(ard, plan, name)
    return effect_clause(plan, name, common_odds_effect(ard, plan))


def name_ratio(ard: Ard, plan: Plan, analysis_id: str = PRIMARY) -> str:
    """Return the measure with its direction, ``adjusted common odds ratio for a lower score``."""
    return f"{name_measure(ard, plan, analysis_id)} for a {odds_of(plan)} score"
