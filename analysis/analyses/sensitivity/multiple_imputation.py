"""Multiple imputation of the outcome, and the tipping-point analysis (SAP 6)."""

from functools import cached_property
from itertools import pairwise

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared
from analysis.analyses.model_data.design import OUTCOME, Design, build_design
from analysis.analyses.mrs.primary_measure import name_effect_method
from analysis.analyses.sensitivity.imputed_trials import (
    CompletedTrial,
    complete_trial,
    describe_imputation,
    pool_effect,
)
from analysis.analyses.sensitivity.single_imputation import count_replaced, describe_everybody
from analysis.analyses.statistics.direction import describe_pooled_odds
from analysis.analyses.statistics.estimates import describe_not_estimable, give_reason
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.imputation import PooledEstimate
from analysis.models.numerics import t_interval

IMPUTED, TIPPING = "sens_mi", "sens_tipping"
NO_SHIFT = (0.0, 0.0)
RUBIN_NAMES = ("df", "missing_information")
FRONTIERS = {"benefit": "frontier_benefit", "harm": "frontier_harm"}
"""Significant benefit ends where the lower limit of the odds of a lower mRS crosses 1, harm where
the upper one does."""

Grid = dict[tuple[float, float], PooledEstimate | Reason]
"""Shifts of treatment and reference arm: the pooled estimate, or why there is none."""


class Imputer:
    """The imputation, made once for the analyses that use it."""

    def __init__(self, adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> None:
        self.adsl, self.plan, self.prepared = adsl, plan, prepared

    @cached_property
    def trial(self) -> CompletedTrial | Reason:
        """The completed trial, or why there is none."""
        try:
            return complete_trial(self.adsl, self.plan, self.prepared)
        except EstimationError as error:
            return error.reason

    def pool(self, analysis_id: str, shifts: tuple[float, float]) -> PooledEstimate | Reason:
        """Return the pooled effect at shifts of treatment and reference arm, or the reason.

        Its interval has the confidence of the analysis (``plan.alpha_of``).
        """
        if isinstance(self.trial, Reason):
            return self.trial
        try:
            return pool_effect(self.trial, shifts, self.plan, self.plan.alpha_of(analysis_id))
        except EstimationError as error:
            return error.reason

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must know of the imputation."""
        return () if isinstance(self.trial, Reason) else describe_imputation(self.trial, self.plan)

    @property
    def counts(self) -> list[Statistic]:
        """Subjects analysed, and those whose outcome is imputed, together and by arm."""
        filled = self.adsl["MRS90"].fillna(self.plan.outcome.death_level)
        population = self.plan.primary.population
        design: Design = build_design(self.adsl, population, self.plan, None, filled)
        return [*design.counts, *count_replaced(self.adsl, filled, self.plan)]


def analyse_imputed(imputer: Imputer) -> AnalysisResult:
    """Return ``sens_mi``: the primary measure, pooled over the imputed data sets."""
    settings = imputer.plan.sensitivity.imputation
    count = Statistic("n_imputations", settings.imputations, variable=OUTCOME)
    effect = _describe(imputer.pool(IMPUTED, NO_SHIFT), imputer.plan)
    return AnalysisResult(
        IMPUTED, imputer.plan.primary.population, _name_method(imputer.plan),
        (*imputer.counts, count, *effect), describe_everybody(imputer.plan), warnings=imputer.notes,
    )  # fmt: skip


def analyse_tipping(imputer: Imputer) -> AnalysisResult:
    """Return ``sens_tipping``: the effect at every pair of shifts, and the frontiers.

    A shift moves the cumulative logits of the imputed outcomes of an arm towards worse. Level
    ``ARM=shift;ARM=shift`` is a pair, ``ARM=shift`` of the reference arm a row of the grid.
    """
    plan = imputer.plan
    shifts = plan.sensitivity.tipping.shifts
    grid = {
        (treated, reference): imputer.pool(TIPPING, (treated, reference))
        for reference in shifts
        for treated in shifts
    }
    statistics = [*imputer.counts]
    for (treated, reference), pooled in grid.items():
        statistics += _describe(pooled, plan, _name_cell(treated, reference, plan))
    for reference in shifts:
        statistics += _describe_frontier(grid, reference, plan)
    method = f"delta-adjusted: {_name_method(plan)}"
    return AnalysisResult(
        TIPPING, plan.primary.population, method, tuple(statistics),
        describe_everybody(plan), warnings=imputer.notes,
    )  # fmt: skip


def _describe(pooled: PooledEstimate | Reason, plan: Plan, level: str = "") -> list[Statistic]:
    keys = {"variable": OUTCOME, "level": level}
    if isinstance(pooled, Reason):
        return describe_not_estimable(pooled, *RUBIN_NAMES, **keys)
    return [
        *describe_pooled_odds(pooled, plan, **keys),
        Statistic("df", pooled.degrees_of_freedom, **keys),
        Statistic("missing_information", pooled.missing_information, **keys),
    ]


def _describe_frontier(grid: Grid, reference: float, plan: Plan) -> list[Statistic]:
    """The shift of the treatment arm at which p crosses alpha, at one shift of the reference arm.

    There a limit at the confidence 1 - alpha is 1, whatever the confidence of the grid's own
    intervals. Between two shifts of the grid it is interpolated on the log scale.
    """
    level = _name_shift(plan.arms.reference.code, reference)
    row = {treated: pooled for (treated, other), pooled in grid.items() if other == reference}
    statistics = []
    for side, name in FRONTIERS.items():
        limits = {
            shift: _limit_at_alpha(pooled, side, plan)
            for shift, pooled in row.items()
            if not isinstance(pooled, Reason)
        }
        crossing = _find_crossing(limits)
        keys = {"variable": OUTCOME, "level": level}
        if not limits:
            statistics += give_reason(Reason.of(ReasonCode.NO_ESTIMATE_IN_ROW), (name,), **keys)
        else:
            note = _explain_none(limits, side, plan) if crossing is None else ""
            statistics.append(Statistic(name, crossing, **keys, warning=note))
    return statistics


def _limit_at_alpha(pooled: PooledEstimate, side: str, plan: Plan) -> float:
    """The limit that crosses 0 where p crosses alpha."""
    interval = t_interval(
        pooled.estimate, pooled.standard_error, pooled.degrees_of_freedom, plan.inference.alpha
    )
    return interval.low if side == "benefit" else interval.high


def _find_crossing(limits: dict[float, float]) -> float | None:
    for (left, before), (right, after) in pairwise(sorted(limits.items())):
        if (before > 0.0) != (after > 0.0):
            return left + (right - left) * before / (before - after)
    return None


def _explain_none(limits: dict[float, float], side: str, plan: Plan) -> str:
    is_benefit = side == "benefit"
    significant = all((limit > 0.0) == is_benefit for limit in limits.values())
    share = "every" if significant else "no"
    alpha = f"{plan.inference.alpha:g}"
    return str(Reason.of(ReasonCode.NOT_CROSSED, alpha=alpha, side=side, share=share))


def _name_cell(treated: float, reference: float, plan: Plan) -> str:
    treatment, other = plan.arms.codes
    return f"{_name_shift(treatment, treated)};{_name_shift(other, reference)}"


def _name_shift(code: str, shift: float) -> str:
    return f"{code}={shift:g}"


def _name_method(plan: Plan) -> str:
    settings = plan.sensitivity.imputation
    imputed = f"{settings.imputations} imputations within arm by proportional odds"
    method, _, _ = name_effect_method(plan).rpartition(", ")
    return f"{method}, {imputed}, Rubin's rules, t interval"
