"""Secondary outcomes: adjusted differences in means, and win odds beside them (SAP 8.2, 8.3).

The secondary outcomes that are compared by their means, and their values by subject (SAP 8).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.analyses.description.baseline import summarise_numbers
from analysis.analyses.model_data.arms import iter_groups
from analysis.analyses.model_data.covariates import SUBJECT, Prepared, prepare_covariates
from analysis.analyses.model_data.design import Design, build_design, require_two_arms
from analysis.analyses.statistics.direction import describe_odds, turn_probability
from analysis.analyses.statistics.estimates import (
    describe_difference,
    describe_no_difference,
    describe_not_estimable,
)
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.blocks.secondary import OutcomeId
from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.means_and_risks import fit_linear
from analysis.models.numerics import t_interval
from analysis.models.win_odds import estimate_win_odds

DEATH = "DEATH"
SURVIVORS = "subjects alive, a group that the treatment may have shaped: no randomised comparison"


@dataclass(frozen=True)
class SecondaryOutcome:
    """One outcome: parameter and visit of ADQS (None: any), label, and whether lower is better."""

    parameter: str
    visit: str | None
    label: str
    lower_is_better: bool


@dataclass(frozen=True)
class Values:
    """The outcome by subject, none missing; ``died`` (same subjects): it stands for a death."""

    values: pd.Series
    died: pd.Series


OUTCOMES: dict[OutcomeId, SecondaryOutcome] = {
    "nihss_h24": SecondaryOutcome("NIHSS", "H24", "NIHSS at 24 h", True),
    "nihss_d7": SecondaryOutcome("NIHSS", "D7", "NIHSS at day 7", True),
    "eq5d": SecondaryOutcome("EQ5DUTIL", None, "EQ-5D-5L utility", False),
    "eqvas": SecondaryOutcome("EQVAS", None, "EQ-VAS", False),
    "uw_mrs": SecondaryOutcome("UWMRS", None, "utility-weighted mRS", False),
}


def read_values(outcome: OutcomeId, adsl: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> Values:
    """Return the values of an outcome: the records analysed, or the utility of the day-90 mRS."""
    if outcome == "uw_mrs":
        return _weigh_mrs(adsl, plan)
    wanted = OUTCOMES[outcome]
    rows = adqs[(adqs["PARAMCD"] == wanted.parameter) & (adqs["ANL01FL"] == "Y")]
    if wanted.visit is not None:
        rows = rows[rows["AVISIT"] == wanted.visit]
    rows = rows.set_index(SUBJECT)
    return Values(rows["AVAL"].astype("float64"), rows["DTYPE"].eq(DEATH).fillna(False))


def describe_estimand(outcome: OutcomeId, plan: Plan) -> str:
    """Return the outcome in words, with what the dead count."""
    rule, eq5d = plan.secondary.nihss_deaths, plan.secondary.eq5d
    day = f"day {plan.outcome.day}"
    dead = {
        "nihss_h24": f"death by day {rule.h24_last_day} without a score = {rule.score}",
        "nihss_d7": f"death by day {rule.d7_last_day} without a score = {rule.score}",
        "eq5d": f"{day}; death by day {eq5d.death_last_day} = {eq5d.death_utility:g}",
        "eqvas": f"{day}; death by day {eq5d.death_last_day} = {eq5d.death_vas:g}",
        "uw_mrs": f"{day}; death = {plan.secondary.mrs_utilities[-1]:g}",
    }[outcome]
    return f"{OUTCOMES[outcome].label}; {dead}"


def _weigh_mrs(adsl: pd.DataFrame, plan: Plan) -> Values:
    observed = adsl[adsl["MRS90"].notna()].set_index(SUBJECT)
    utility = dict(zip(plan.outcome.levels, plan.secondary.mrs_utilities, strict=True))
    values = observed["MRS90"].map(utility).astype("float64")
    return Values(values, observed["MRS90SCR"].eq(DEATH_SCORE))


MEAN_METHOD = "difference in means, analysis of covariance, t interval"
WIN_METHOD = "Wilcoxon-Mann-Whitney win odds, ties split, delta method on the log odds"


@dataclass(frozen=True)
class _Means:
    """One outcome of the subjects of the set who have it; ``died``: in the order of the design."""

    design: Design
    died: pd.Series
    lower_is_better: bool


def analyse_secondary(adsl: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the difference in means of every outcome of the plan, in its analysis set.

    Beside it stand the win odds of the outcomes that the plan names (above 1 favours the
    treatment), and for EQ-VAS the difference among survivors.
    """
    prepared = prepare_covariates(adsl, plan)
    results: list[AnalysisResult] = []
    for outcome in plan.secondary.outcomes:
        values, estimand = read_values(outcome, adsl, adqs, plan), describe_estimand(outcome, plan)
        data = _collect(adsl, values, OUTCOMES[outcome], plan, prepared)
        results.append(_compare_means(outcome, data, estimand, plan))
        if outcome in plan.secondary.win_odds:
            results.append(_compare_wins(f"{outcome}_win_odds", data, estimand, plan))
        if outcome == "eqvas":
            alive = Values(values.values[~values.died], values.died[~values.died])
            data = _collect(adsl, alive, OUTCOMES[outcome], plan, prepared)
            words = f"{OUTCOMES[outcome].label} at day {plan.outcome.day}, {SURVIVORS}"
            results.append(_compare_means("eqvas_survivors", data, words, plan))
    return results


def _collect(
    adsl: pd.DataFrame, values: Values, outcome: SecondaryOutcome, plan: Plan, prepared: Prepared
) -> _Means:
    population, by_row = plan.secondary.population, adsl[SUBJECT].map(values.values)
    design = build_design(adsl, population, plan, prepared, by_row, outcome.parameter)
    return _Means(design, values.died.loc[list(design.subjects)], outcome.lower_is_better)


def _count(data: _Means, plan: Plan) -> list[Statistic]:
    """Analysed and dead by arm, and the summary of each arm's values."""
    keys, counts = {"variable": data.design.variable}, data.design.counts
    frame = pd.DataFrame(
        {"arm": data.design.groups.to_numpy(), "value": data.design.y, "died": data.died.to_numpy()}
    )
    for group, rows in iter_groups(frame, plan, "arm"):
        counts.append(Statistic("n_died", int(rows["died"].sum()), group=group, **keys))
        if group:
            summary = summarise_numbers(rows["value"], "missing", group=group, **keys)
            counts += [one for one in summary if one.name != "n"]
    return counts


def _compare_means(analysis_id: str, data: _Means, estimand: str, plan: Plan) -> AnalysisResult:
    keys = {"variable": data.design.variable}
    try:
        require_two_arms(data.design)
        fit = fit_linear(data.design.y, data.design.x)
    except EstimationError as error:
        reason = error.reason.with_columns(data.design.names)
        effect = describe_no_difference(reason, "df", **keys)
    else:
        estimate, standard_error = float(fit.beta[0]), float(fit.beta_errors[0])
        degrees = fit.degrees_of_freedom
        interval = t_interval(estimate, standard_error, degrees, plan.alpha_of(analysis_id))
        effect = describe_difference(estimate, interval, standard_error, **keys)
        effect.append(Statistic("df", degrees, **keys))
    better = "below" if data.lower_is_better else "above"
    return AnalysisResult(
        analysis_id, plan.secondary.population, f"{MEAN_METHOD}; {better} 0 favours the treatment",
        (*_count(data, plan), *effect), estimand, warnings=data.design.notes,
    )  # fmt: skip


def _compare_wins(analysis_id: str, data: _Means, estimand: str, plan: Plan) -> AnalysisResult:
    keys = {"variable": data.design.variable}
    distinct, ranks = np.unique(data.design.y, return_inverse=True)
    worse = ranks if data.lower_is_better else -ranks
    try:
        require_two_arms(data.design)
        if len(distinct) == 1:
            raise EstimationError(ReasonCode.SAME_OUTCOME, value=f"{distinct[0]:g}")
        win_odds = estimate_win_odds(worse, data.design.x[:, 0])
    except EstimationError as error:
        effect = describe_not_estimable(error.reason, "win_probability", **keys)
    else:
        effect = describe_odds(
            analysis_id, win_odds.log_odds, win_odds.log_odds_error, plan, **keys
        )
        share = turn_probability(win_odds.win_probability, plan)
        effect.append(Statistic("win_probability", share, **keys))
    return AnalysisResult(
        analysis_id, plan.secondary.population, WIN_METHOD, (*data.design.counts, *effect), estimand
    )
