"""Proportional odds: Brant's test, a free treatment effect (SAP 5.5)."""

import numpy as np

from analysis.analyses.model_data.design import (
    ARM,
    OUTCOME,
    TREATMENT_COLUMN,
    Design,
)
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.statistics.direction import describe_odds
from analysis.analyses.statistics.estimates import describe_not_estimable, describe_test, diagnose
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.data import TermTest
from analysis.models.proportionality import (
    PartialOddsFit,
    brant_test,
    fit_partial_odds,
    likelihood_ratio_test,
)


def analyse_brant(design: Design, plan: Plan) -> AnalysisResult:
    """Return Brant's test of all terms together (level empty) and of each term (its name).

    The columns of a categorical covariate are one term.
    """
    terms = _group_columns(design)
    try:
        brant = brant_test(design.y, design.x, terms)
        tests = {"": brant.overall} | {term.name: term for term in brant.terms}
    except EstimationError as error:
        reason = error.reason.with_columns(design.names)
        tests = dict.fromkeys(["", *terms], TermTest("", (), None, 0, None, reason))
    statistics = [
        statistic for level, test in tests.items() for statistic in _describe(test, level)
    ]
    method = "Brant's test of proportional odds, probabilities of the separate binary fits"
    return AnalysisResult(
        "brant", plan.primary.population, method, (*design.counts, *statistics),
        ESTIMANDS[plan.primary.population], warnings=design.notes,
    )  # fmt: skip


def analyse_likelihood_ratio(design: Design, plan: Plan) -> AnalysisResult:
    """Return the likelihood-ratio test of one treatment effect against one at every cut point."""
    try:
        (test,) = likelihood_ratio_test(design.y, design.x, {ARM: (TREATMENT_COLUMN,)}).terms
    except EstimationError as error:
        test = TermTest(ARM, (), None, 0, None, error.reason.with_columns(design.names))
    method = "likelihood ratio of a treatment effect of its own at every cut point, adjusted"
    return AnalysisResult(
        "po_lr_treatment", plan.primary.population, method,
        (*design.counts, *_describe(test)), ESTIMANDS[plan.primary.population],
        warnings=design.notes,
    )  # fmt: skip


def analyse_free_effect(design: Design, plan: Plan) -> AnalysisResult:
    """Return the odds ratio at each cut point in the model whose treatment effect alone is free.

    A cut point at a level that nobody has is that at the next lower level somebody has.
    """
    method = "partial proportional odds, treatment effect free at every cut point, Wald interval"
    statistics, population = list(design.counts), plan.primary.population
    try:
        fit = fit_partial_odds(design.y, design.x, (TREATMENT_COLUMN,))
    except EstimationError as error:
        reason = error.reason.with_columns(design.names)
        for level in plan.co_reported.cut_points:
            statistics += describe_not_estimable(reason, variable=OUTCOME, level=str(level))
        return AnalysisResult(
            "partial_po", population, method, tuple(statistics), ESTIMANDS[population],
            warnings=design.notes,
        )  # fmt: skip
    for level in plan.co_reported.cut_points:
        statistics += _describe_cut(fit, level, plan)
    diagnostics = diagnose(fit)
    return AnalysisResult(
        "partial_po", population, method, tuple(statistics), ESTIMANDS[population], diagnostics,
        design.notes,
    )  # fmt: skip


def _describe_cut(fit: PartialOddsFit, level: int, plan: Plan) -> list[Statistic]:
    keys = {"variable": OUTCOME, "level": str(level)}
    cut = int(np.searchsorted(fit.levels, level, side="right")) - 1
    if cut < 0 or cut == len(fit.gamma):
        code = ReasonCode.NOBODY_UP_TO_MRS if cut < 0 else ReasonCode.EVERYBODY_UP_TO_MRS
        return describe_not_estimable(Reason.of(code, level=level), **keys)
    log_odds, error = float(fit.gamma[cut, 0]), float(fit.gamma_errors[cut, 0])
    return describe_odds("partial_po", log_odds, error, plan, **keys)


def _group_columns(design: Design) -> dict[str, list[int]]:
    terms: dict[str, list[int]] = {}
    for column, name in enumerate(design.names):
        terms.setdefault(name.partition("=")[0], []).append(column)
    return terms


def _describe(test: TermTest, level: str = "") -> list[Statistic]:
    found = (test.statistic, test.df, test.p_value, test.reason)
    return describe_test(*found, variable=OUTCOME, level=level)
