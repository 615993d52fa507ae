"""Adjusted contrasts of a dichotomy, and what stands in their place where data are sparse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from analysis.analyses.model_data.design import OUTCOME, Design
from analysis.analyses.mrs.binary_fits import (
    fit_odds_ratio,
    fit_penalised_odds,
    fit_risk_difference,
    fit_risk_ratio,
)
from analysis.analyses.statistics.residuals import name_residuals
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    RATIO_METHOD,
    describe_risk_difference,
    describe_risk_ratio,
)
from analysis.analyses.statistics.sparse import Estimator, Sparsity, judge_binary, name_crude
from analysis.config import Plan
from analysis.config.blocks.sparse import FIRTH
from analysis.io.result import Statistic
from analysis.models.data.residuals import Residuals

RATIO_ADJUSTED = (
    "risk ratio, adjusted, Poisson regression with robust (HC0) variance, Wald interval"
)
DIFFERENCE_ADJUSTED = (
    "risk difference, standardised after logistic regression, variance from the influence "
    "function, Wald interval"
)
ODDS_ADJUSTED = "odds ratio, adjusted, logistic regression, Wald interval"
ODDS_FIRTH = (
    f"odds ratio, adjusted, logistic regression with {FIRTH}, profile penalised-likelihood "
    "interval and p"
)
ODDS_CRUDE = name_crude("odds ratio, logistic regression, Wald interval")


@dataclass(frozen=True)
class Contrast:
    """Statistics of one contrast, their method, and what the reader must know of them."""

    method: str
    statistics: Sequence[Statistic]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cut:
    """A dichotomy: the data of its models, events of subjects by arm, and how it is estimated.

    The event is an mRS up to ``level``; arms stand in the plan's order. ``name``: ``0-2`` in ids,
    ``span``: ``mRS 0-2`` in words.
    """

    design: Design
    level: int
    name: str
    span: str
    events: tuple[int, ...]
    totals: tuple[int, ...]
    sparsity: Sparsity

    @classmethod
    def of(cls, design: Design, level: int, plan: Plan) -> Cut:
        """Return the dichotomy of a design at a level."""
        happened = design.y <= level
        members = [(design.groups == code).to_numpy() for code in plan.arms.codes]
        events = tuple(int((happened & member).sum()) for member in members)
        totals = tuple(int(member.sum()) for member in members)
        columns = design.x.shape[1]
        sparsity = judge_binary(sum(events), sum(totals), columns, plan.sparse)
        best = plan.outcome.levels[0]
        span = f"mRS {plan.outcome.name_scores(best, level)}"
        return cls(design, level, f"{best}-{level}", span, events, totals, sparsity)

    def note(self, estimator: Estimator) -> tuple[str, ...]:
        """Return what the reader must know of a contrast by an estimator."""
        columns = () if estimator is Estimator.CRUDE else self.design.notes
        return (*columns, *self.sparsity.note(self.span, estimator))


@dataclass(frozen=True)
class _Measure:
    """A measure of two risks: from the model with covariates, and from the counts alone."""

    adjusted: str
    fit: Callable[[Design, int, float], list[Statistic]]
    crude: str
    describe: Callable[..., list[Statistic]]

    def adjust(self, cut: Cut, plan: Plan) -> Contrast:
        alpha, estimator = plan.inference.other_alpha, cut.sparsity.others
        notes = cut.note(estimator)
        if estimator is Estimator.CRUDE:
            counted = self.describe(cut.events, cut.totals, alpha, variable=OUTCOME)
            return Contrast(name_crude(self.crude), counted, notes)
        return Contrast(self.adjusted, self.fit(cut.design, cut.level, alpha), notes)


_RATIO = _Measure(RATIO_ADJUSTED, fit_risk_ratio, RATIO_METHOD, describe_risk_ratio)


def adjust_risk_ratio(cut: Cut, plan: Plan) -> Contrast:
    """Return the risk ratio by Poisson regression; of sparse data the crude one."""
    return _RATIO.adjust(cut, plan)


def adjust_risk_difference(cut: Cut, plan: Plan) -> Contrast:
    """Return the standardised risk difference; of sparse data the crude one."""
    residuals = Residuals(plan.inference.adjusted_residuals)
    fit = partial(fit_risk_difference, residuals=residuals)
    name = name_residuals(DIFFERENCE_ADJUSTED, residuals)
    return _Measure(name, fit, DIFFERENCE_METHOD, describe_risk_difference).adjust(cut, plan)


def adjust_odds_ratio(cut: Cut, plan: Plan) -> Contrast:
    """Return the odds ratio by logistic regression; of sparse data Firth's, or the crude one."""
    alpha, estimator = plan.inference.other_alpha, cut.sparsity.odds
    notes = cut.note(estimator)
    if estimator is Estimator.FIRTH:
        return Contrast(ODDS_FIRTH, fit_penalised_odds(cut.design, cut.level, alpha), notes)
    if estimator is Estimator.CRUDE:
        crude = fit_odds_ratio(leave_arm_alone(cut.design), cut.level, alpha)
        return Contrast(ODDS_CRUDE, crude, notes)
    return Contrast(ODDS_ADJUSTED, fit_odds_ratio(cut.design, cut.level, alpha), notes)


def leave_arm_alone(design: Design) -> Design:
    """Return the design without covariates."""
    return replace(design, x=design.x[:, :1], names=design.names[:1], constant=())
