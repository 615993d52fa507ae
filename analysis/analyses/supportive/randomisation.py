"""Tests that lean on the randomisation alone: van Elteren's, and arms drawn anew in the strata."""

import numpy as np
import pandas as pd

from analysis.analyses.model_data.design import OUTCOME, Design, require_two_arms
from analysis.analyses.model_data.sites import label_strata
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.statistics.estimates import TEST_NAMES, describe_test, give_reason
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.proportional_odds import RerandomisationTest, rerandomise
from analysis.models.win_odds import RankTest, van_elteren_test

VAN_ELTEREN, RERANDOMISATION = "van_elteren", "rerandomisation"
RANK_METHOD = "van Elteren's test: Wilcoxon rank sums within strata, weights 1 / (n + 1)"
RANK_COUNTS = ("n_strata", "n_strata_left_out", "n_left_out")
DRAWN_NAMES = ("n_strata", "n_left_out", "z", "draws", "as_extreme", "p_value", "monte_carlo_error")


def analyse_van_elteren(design: Design, adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Return van Elteren's test over the strata of the plan; strata of one arm are left out."""
    labels, notes = label_strata(adsl, design, plan.co_reported.strata)
    try:
        require_two_arms(design)
        found = van_elteren_test(design.y, design.x[:, 0], labels)
    except EstimationError as error:
        statistics = give_reason(error.reason, (*TEST_NAMES, *RANK_COUNTS), variable=OUTCOME)
    else:
        statistics = _describe_ranks(found)
    population = plan.primary.population
    return AnalysisResult(
        VAN_ELTEREN, population, RANK_METHOD, (*design.counts, *statistics),
        ESTIMANDS[population], warnings=notes,
    )  # fmt: skip


def analyse_rerandomisation(design: Design, adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Return the re-randomisation test; ``design``: that of the primary analysis.

    z is above 0 where the treatment has the lower mRS.
    """
    labels, notes = label_strata(adsl, design, plan.co_reported.strata)
    settings = plan.supportive.rerandomisation
    try:
        require_two_arms(design)
        found = rerandomise(
            design.y, design.x[:, 0], design.x[:, 1:], strata=labels,
            seed=np.random.SeedSequence(settings.seed), draws=settings.draws,
        )  # fmt: skip
    except EstimationError as error:
        reason = error.reason.with_columns(design.names[1:])
        statistics = give_reason(reason, DRAWN_NAMES, variable=OUTCOME)
    else:
        statistics = _describe_draws(found)
    population = plan.primary.population
    return AnalysisResult(
        RERANDOMISATION, population, _name_score(plan), (*design.counts, *statistics),
        ESTIMANDS[population], warnings=(*design.notes, *notes),
    )  # fmt: skip


def _name_score(plan: Plan) -> str:
    model = "primary" if plan.primary.is_common_odds else "proportional-odds"
    return (
        f"score of the treatment in the {model} model, arms drawn anew within strata, Monte Carlo"
    )


def _describe_ranks(found: RankTest) -> list[Statistic]:
    given = found.strata + found.strata_left_out
    counts = (given, found.strata_left_out, found.rows_left_out)
    return [
        *describe_test(found.chi_square, 1, found.p_value, variable=OUTCOME),
        *(
            Statistic(name, count, variable=OUTCOME)
            for name, count in zip(RANK_COUNTS, counts, strict=True)
        ),
    ]


def _describe_draws(found: RerandomisationTest) -> list[Statistic]:
    values = (
        found.strata, found.fixed_rows, found.z, found.draws, found.as_extreme, found.p_value,
        found.monte_carlo_error,
    )  # fmt: skip
    return [
        Statistic(name, value, variable=OUTCOME)
        for name, value in zip(DRAWN_NAMES, values, strict=True)
    ]
