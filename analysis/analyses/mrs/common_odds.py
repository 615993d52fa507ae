"""The common odds ratio of the mRS, as the primary analysis gives it (SAP 5.1)."""

import math
from collections.abc import Sequence

from analysis.analyses.model_data.design import OUTCOME, Design, fit_design
from analysis.analyses.statistics.direction import describe_odds, turn_limits
from analysis.analyses.statistics.estimates import describe_not_estimable, diagnose
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.cumulative_logit import OrdinalFit
from analysis.models.proportional_odds import ProportionalOddsFit, profile_interval

TREATMENT_POLICY = "mRS at day 90 (death = 6), treatment policy for intercurrent events"
ESTIMANDS = {
    "ITT": f"{TREATMENT_POLICY}, all randomised subjects with an outcome",
    "PP": "mRS at day 90 (death = 6) without protocol deviations, subjects of the per-protocol set",
    "SAF": "mRS at day 90 (death = 6) by the treatment received, subjects of the safety set with "
    "an outcome",
}
PRIMARY_METHOD = "proportional odds, adjusted, Wald interval"
UNADJUSTED_METHOD = "proportional odds, unadjusted, Wald interval"
PROFILE_NAMES = ("ci_low_profile", "ci_high_profile", "p_value_lr")


def analyse_common_odds(
    analysis_id: str,
    population: str,
    design: Design,
    plan: Plan,
    *,
    method: str = PRIMARY_METHOD,
    estimand: str = "",
    merged: Sequence[int] = (),
    further: Sequence[Statistic] = (),
    warnings: Sequence[str] = (),
) -> AnalysisResult:
    """Return the common odds ratio of a design, with Wald and profile-likelihood interval.

    ``estimand``: that of the population unless given. ``merged``: levels that are part of another
    one here. ``further``: statistics that stand beside the estimate. Not estimable with the reason
    where there is none (SAP 5.3).
    """
    estimand = estimand or ESTIMANDS[population]
    counts = (*design.counts, *further)
    try:
        fit, effect = estimate_common_odds(analysis_id, design, plan)
    except EstimationError as error:
        effect = describe_not_estimable(error.reason, *PROFILE_NAMES, variable=OUTCOME)
        return AnalysisResult(
            analysis_id, population, method, (*counts, *effect), estimand, warnings=tuple(warnings)
        )
    return AnalysisResult(
        analysis_id, population, method, (*counts, *effect), estimand, diagnose(fit),
        (*note_model(fit, design, plan, merged), *warnings),
    )  # fmt: skip


def estimate_common_odds(
    analysis_id: str, design: Design, plan: Plan
) -> tuple[ProportionalOddsFit, list[Statistic]]:
    """Return the fit and its effect with Wald and profile interval, Wald and LR p-value.

    Raises EstimationError, in words of the design, if there is none.
    """
    fit = fit_design(design)
    profile = profile_interval(fit, design.y, design.x, 0, plan.alpha_of(analysis_id))
    low, high = turn_limits(profile.low, profile.high, plan)
    values = (math.exp(low), math.exp(high), profile.p_value)
    return fit, [
        *describe_effect(analysis_id, fit, plan),
        *(
            Statistic(name, value, variable=OUTCOME)
            for name, value in zip(PROFILE_NAMES, values, strict=True)
        ),
    ]


def describe_effect(
    analysis_id: str, fit: OrdinalFit, plan: Plan, level: str = ""
) -> list[Statistic]:
    """Return the effect of the arm: the odds ratio of the mRS, treatment over reference."""
    return describe_odds(
        analysis_id, float(fit.beta[0]), float(fit.beta_errors[0]), plan, variable=OUTCOME,
        level=level,
    )  # fmt: skip


def note_model(
    fit: OrdinalFit, design: Design, plan: Plan, merged: Sequence[int] = ()
) -> tuple[str, ...]:
    """Return what the reader must know of a model: columns and levels that are not in it."""
    expected = [level for level in plan.outcome.levels if level not in merged]
    unused = ", ".join(
        plan.outcome.name_level(level) for level in expected if level not in fit.levels
    )
    absent = Reason.of(ReasonCode.NO_LEVEL_OF_MODEL, levels=unused)
    return (*design.notes, *([f"{absent}"] if unused else []))
