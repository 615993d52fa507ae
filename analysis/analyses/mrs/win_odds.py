"""Win odds: unadjusted, within strata, adjusted for the covariates of the primary (SAP 5.4)."""

from dataclasses import dataclass, replace

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
from analysis.errors.reason import Reason
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.data.residuals import Residuals
from analysis.models.win_odds import StrataUse, WinOdds, estimate_win_odds

WIN_PROBABILITY = "win_probability"
DELTA = "delta method on the log odds"
METHODS = {
    "win_odds": f"Wilcoxon-Mann-Whitney win odds, ties split, {DELTA}",
    "win_odds_stratified": f"win odds within strata, weights n1 n0 / (n1 + n0), {DELTA}",
    "win_odds_adjusted": f"win odds, adjusted by randomisation-based covariance, {DELTA}",
    "win_odds_stratified_adjusted": "win odds within strata, weights n1 n0 / (n1 + n0), adjusted "
    f"by randomisation-based covariance, {DELTA}",
}
STRATA_NAMES = (
    "n_strata", "n_strata_analysed", "n_strata_pooled", "n_pooled", "n_strata_left_out",
    "n_left_out",
)  # fmt: skip


@dataclass(frozen=True)
class ComparedWins:
    """Win odds of the subjects of ``design``, without those of strata left out, and notes."""

    design: Design
    odds: WinOdds
    notes: tuple[str, ...]

    def describe(self, analysis_id: str, plan: Plan) -> list[Statistic]:
        """Return the odds and the probability as the plan reports them, and what strata came to."""
        odds, use = self.odds, self.odds.strata
        share = turn_probability(odds.win_probability, plan)
        return [
            *describe_odds(
                analysis_id, odds.log_odds, odds.log_odds_error, plan, variable=OUTCOME
            ),
            Statistic(WIN_PROBABILITY, share, variable=OUTCOME),
            *(_describe_strata(use) if use else ()),
        ]  # fmt: skip


def is_stratified(measure: str) -> bool:
    """Return whether win odds compare within strata alone."""
    return "_stratified" in measure


def is_adjusted(measure: str) -> bool:
    """Return whether win odds are adjusted for the covariates of the primary model."""
    return measure.endswith("_adjusted")


def name_method(measure: str, plan: Plan) -> str:
    """Return how win odds are estimated by the plan."""
    method = METHODS[measure]
    if not is_adjusted(measure):
        return method
    return name_residuals(method, Residuals(plan.inference.adjusted_residuals))


def analyse_win_odds(
    analysis_id: str, adsl: pd.DataFrame, plan: Plan, prepared: Prepared
) -> AnalysisResult:
    """Return the win odds by their id, one of ``METHODS``; not estimable with the reason.

    Within strata the n is that of the subjects compared, without those of strata left out.
    """
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared if is_adjusted(analysis_id) else None)
    method, estimand = name_method(analysis_id, plan), ESTIMANDS[population]
    try:
        found = compare_wins(analysis_id, design, adsl, plan)
    except EstimationError as error:
        effect = describe_no_wins(analysis_id, error.reason)
        return AnalysisResult(
            analysis_id, population, method, (*design.counts, *effect), estimand,
            warnings=_note_design(analysis_id, design, adsl, plan),
        )  # fmt: skip
    statistics = (*found.design.counts, *found.describe(analysis_id, plan))
    return AnalysisResult(
        analysis_id, population, method, statistics, estimand, warnings=found.notes
    )


def describe_no_wins(measure: str, reason: Reason) -> list[Statistic]:
    """Return the statistics of win odds without values, for a reason."""
    names = (WIN_PROBABILITY, *(STRATA_NAMES if is_stratified(measure) else ()))
    return describe_not_estimable(reason, *names, variable=OUTCOME)


def compare_wins(measure: str, design: Design, adsl: pd.DataFrame, plan: Plan) -> ComparedWins:
    """Return the win odds of a design by a measure, one of ``METHODS``.

    ``adsl`` holds the columns of ``co_reported.strata``. Raises EstimationError, in words of the
    design, if there are none.
    """
    notes = _note_design(measure, design, adsl, plan)
    labels = _label(measure, design, adsl, plan)
    if not is_adjusted(measure):  # their columns say nothing then
        design = replace(design, x=design.x[:, :1], names=design.names[:1], constant=())
    try:
        odds = estimate_win_odds(
            design.y, design.x[:, 0].astype(np.int64), strata=labels,
            covariates=design.x[:, 1:] if is_adjusted(measure) else None,
            fewest_per_arm=plan.co_reported.strata_fewest_per_arm,
            residuals=Residuals(plan.inference.adjusted_residuals),
        )  # fmt: skip
    except EstimationError as error:
        raise EstimationError(error.reason.with_columns(design.names[1:])) from error
    use = odds.strata
    if use is None or labels is None:
        return ComparedWins(design, odds, notes)
    compared = keep_rows(design, ~_find_small(labels, design, plan)) if use.left_out else design
    return ComparedWins(compared, odds, (*notes, *_warn_of_strata(use, len(design.y), plan)))


def _label(measure: str, design: Design, adsl: pd.DataFrame, plan: Plan) -> NDArray[np.str_] | None:
    if not is_stratified(measure):
        return None
    return label_strata(adsl, design, plan.co_reported.strata)[0]


def _note_design(measure: str, design: Design, adsl: pd.DataFrame, plan: Plan) -> tuple[str, ...]:
    """What the reader must know of columns and strata."""
    columns = design.notes if is_adjusted(measure) else ()
    if not is_stratified(measure):
        return columns
    return (*columns, *label_strata(adsl, design, plan.co_reported.strata)[1])


def _find_small(labels: NDArray[np.str_], design: Design, plan: Plan) -> NDArray[np.bool_]:
    """Which subjects are in a stratum with too few subjects in an arm to stand alone."""
    by_arm = pd.crosstab(labels, design.groups.to_numpy())
    few = by_arm.reindex(columns=list(plan.arms.codes), fill_value=0).min(axis=1)
    small = few.index[few < plan.co_reported.strata_fewest_per_arm].to_numpy(dtype=np.str_)
    return np.isin(labels, small)


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
