"""Win odds: unadjusted, stratified, adjusted for the covariates of the primary (SAP 5.4)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses.model_data.covariates import Prepared
from analysis.analyses.model_data.design import OUTCOME, Design, build_design, keep_rows
from analysis.analyses.model_data.sites import label_strata
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.statistics.direction import describe_odds, turn_probability
from analysis.analyses.statistics.estimates import describe_not_estimable
from analysis.analyses.statistics.residuals import name_residuals
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.data.residuals import Residuals
from analysis.models.win_odds import StrataUse, WinOdds, estimate_win_odds

PLAIN = "win_odds"
METHODS = {
    PLAIN: "Wilcoxon-Mann-Whitney win odds, ties split, delta method on the log odds",
    "win_odds_stratified": "win odds within strata, weights n1 n0 / (n1 + n0), delta method on the "
    "log odds",
    "win_odds_adjusted": "win odds, adjusted by randomisation-based covariance, delta method on "
    "the log odds",
}
STRATA_NAMES = (
    "n_strata", "n_strata_analysed", "n_strata_pooled", "n_pooled", "n_strata_left_out",
    "n_left_out",
)  # fmt: skip


def analyse_win_odds(
    analysis_id: str, adsl: pd.DataFrame, plan: Plan, prepared: Prepared
) -> AnalysisResult:
    """Return the win odds by its id: ``win_odds``, ``_stratified`` or ``_adjusted``."""
    if analysis_id == "win_odds_stratified":
        return _analyse_stratified(analysis_id, adsl, plan)
    is_adjusted = analysis_id != PLAIN
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared if is_adjusted else None)
    effect = _estimate(
        analysis_id, design, plan, covariates=design.x[:, 1:] if is_adjusted else None
    )
    return AnalysisResult(
        analysis_id, population, _name_method(analysis_id, plan), (*design.counts, *effect),
        ESTIMANDS[population], warnings=design.notes,
    )  # fmt: skip


def _name_method(analysis_id: str, plan: Plan) -> str:
    method = METHODS[analysis_id]
    if analysis_id == PLAIN:
        return method
    return name_residuals(method, Residuals(plan.inference.adjusted_residuals))


def _analyse_stratified(analysis_id: str, adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """The n is that of the subjects compared, without those of strata left out."""
    population = plan.primary.population
    design = build_design(adsl, population, plan, None)
    labels, notes = label_strata(adsl, design, plan.co_reported.strata)
    try:
        win_odds, use = _compare(design, labels, plan)
    except EstimationError as error:
        names = ("win_probability", *STRATA_NAMES)
        statistics = [
            *design.counts, *describe_not_estimable(error.reason, *names, variable=OUTCOME)
        ]  # fmt: skip
        return AnalysisResult(
            analysis_id, population, METHODS[analysis_id], tuple(statistics),
            ESTIMANDS[population], warnings=notes,
        )  # fmt: skip
    compared = keep_rows(design, ~_find_small(labels, design, plan)) if use.left_out else design
    effect = _describe(analysis_id, win_odds, plan)
    statistics = [*compared.counts, *effect, *_describe_strata(use)]
    return AnalysisResult(
        analysis_id, population, METHODS[analysis_id], tuple(statistics), ESTIMANDS[population],
        warnings=(*notes, *_warn_of_strata(use, len(design.y), plan)),
    )  # fmt: skip


def _compare(design: Design, labels: NDArray[np.str_], plan: Plan) -> tuple[WinOdds, StrataUse]:
    win_odds = estimate_win_odds(
        design.y,
        design.x[:, 0].astype(np.int64),
        strata=labels,
        fewest_per_arm=plan.co_reported.strata_fewest_per_arm,
    )
    if win_odds.strata is None:
        raise EstimationError("there is no stratum")
    return win_odds, win_odds.strata


def _find_small(labels: NDArray[np.str_], design: Design, plan: Plan) -> NDArray[np.bool_]:
    """Which subjects are in a stratum with too few subjects in an arm to stand alone."""
    by_arm = pd.crosstab(labels, design.groups.to_numpy())
    few = by_arm.reindex(columns=list(plan.arms.codes), fill_value=0).min(axis=1)
    small = few.index[few < plan.co_reported.strata_fewest_per_arm].to_numpy(dtype=np.str_)
    return np.isin(labels, small)


def _estimate(
    analysis_id: str, design: Design, plan: Plan, covariates: NDArray[np.float64] | None
) -> list[Statistic]:
    arm = design.x[:, 0].astype(np.int64)
    try:
        win_odds = estimate_win_odds(
            design.y,
            arm,
            covariates=covariates,
            residuals=Residuals(plan.inference.adjusted_residuals),
        )
    except EstimationError as error:
        reason = error.reason.with_columns(design.names[1:])
        return describe_not_estimable(reason, "win_probability", variable=OUTCOME)
    return _describe(analysis_id, win_odds, plan)


def _describe(analysis_id: str, win_odds: WinOdds, plan: Plan) -> list[Statistic]:
    share = turn_probability(win_odds.win_probability, plan)
    log_odds, error = win_odds.log_odds, win_odds.log_odds_error
    return [
        *describe_odds(analysis_id, log_odds, error, plan, variable=OUTCOME),
        Statistic("win_probability", share, variable=OUTCOME),
    ]


def _describe_strata(use: StrataUse) -> list[Statistic]:
    values = (
        use.given, use.analysed, use.pooled, use.pooled_rows, use.left_out, use.left_out_rows
    )  # fmt: skip
    return [
        Statistic(name, value, variable=OUTCOME)
        for name, value in zip(STRATA_NAMES, values, strict=True)
    ]


def _warn_of_strata(use: StrataUse, n: int, plan: Plan) -> list[str]:
    """How many strata and subjects were pooled or left out; a warning above the plan's share."""
    fewest, noun = plan.co_reported.strata_fewest_per_arm, " x ".join(plan.co_reported.strata)
    small, rows = use.pooled + use.left_out, use.pooled_rows + use.left_out_rows
    if not small:
        return []
    done = "pooled into one stratum" if use.pooled else "left out, too few even together"
    notes = [
        f"{small} of {use.given} strata of {noun} ({rows} of {n} subjects) have fewer than "
        f"{fewest} analysed subjects in an arm: {done}"
    ]
    limit = plan.co_reported.strata_pooled_warn_above_percent
    if use.pooled and 100.0 * rows / n > limit:
        notes.append(
            f"more than {limit:g} % of the subjects are in pooled strata: the comparison is "
            "largely one without strata"
        )
    return notes
