"""Standardised effects: closed forms, derivatives, symmetries, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.data.residuals import Residuals
from analysis.models.predictions.by_arm import row_scores, standardise_arm
from analysis.models.predictions.contrasts import (
    ArmDistributions,
    Effect,
    StandardisedEffects,
    Variance,
)
from analysis.models.predictions.g_computation import standardise
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample

ALPHA = 0.05
EXACT = 1e-9
"""Relative. Fits converge to about 1e-14 standard errors; variances are sums of 200 products."""
DIFFERENCES = 1e-7
"""Central differences with a step of 1e-5 keep 9 digits of a derivative near 1."""
STEP = 1e-5
every_variance = pytest.mark.parametrize("variance", Variance)


def standardise_sample(
    sample: Sample,
    variance: Variance = Variance.COVARIATES_FIXED,
    weights: np.ndarray | None = None,
) -> StandardisedEffects:
    fit = fit_proportional_odds(sample.y, sample.x, weights=weights)
    return standardise(fit, sample.y, sample.x, 0, alpha=ALPHA, weights=weights, variance=variance)


def moved(fit: ProportionalOddsFit, step: np.ndarray) -> ProportionalOddsFit:
    """The fit with its parameters (theta, beta) moved."""
    cuts = len(fit.theta)
    return replace(fit, theta=fit.theta + step[:cuts], beta=fit.beta + step[cuts:])


@every_variance
def test_two_arms_without_covariates_are_two_proportions(variance: Variance) -> None:
    """12 of 30 against 5 of 25: difference 0.2, variance .4 .6 / 30 + .2 .8 / 25."""
    arm = np.repeat([1.0, 0.0], [30, 25])
    event = np.concatenate([np.arange(30) < 12, np.arange(25) < 5])
    effects = standardise_sample(Sample((~event).astype(np.int64), arm[:, None]), variance)
    difference = effects.risk_differences[0]
    assert difference.estimate == pytest.approx(0.2, rel=EXACT)
    assert difference.standard_error == pytest.approx(
        np.sqrt(0.4 * 0.6 / 30 + 0.2 * 0.8 / 25), rel=EXACT
    )
    ratio = effects.risk_ratios[0]
    assert ratio.estimate == pytest.approx(2.0, rel=EXACT)
    assert ratio.standard_error == pytest.approx(
        np.sqrt(1 / 12 - 1 / 30 + 1 / 5 - 1 / 25), rel=EXACT
    )
    odds = np.sqrt(1 / 12 + 1 / 18 + 1 / 5 + 1 / 20)
    assert effects.odds_ratios[0].standard_error == pytest.approx(odds, rel=EXACT)
    assert effects.common_odds_ratio.standard_error == pytest.approx(odds, rel=EXACT)


def test_interval_and_p_value_by_hand() -> None:
    arms = ArmDistributions(np.array([0.4, 0.6]), np.array([0.2, 0.8]), 1e-3 * np.eye(4))
    effects = arms.contrast((0, 1), Variance.COVARIATES_FIXED, ALPHA)
    difference = effects.risk_differences[0]
    error = np.sqrt(2e-3)
    assert difference.standard_error == pytest.approx(error, rel=EXACT)
    assert difference.low == pytest.approx(0.2 - 1.959963984540054 * error, rel=EXACT)
    assert difference.high == pytest.approx(0.2 + 1.959963984540054 * error, rel=EXACT)
    assert difference.p_value == pytest.approx(
        7.744216431044087e-06, rel=EXACT
    )  # R: 2*pnorm(-4.47)


def test_every_limit_stays_in_its_range() -> None:
    effects = standardise_sample(draw_sample(n=40, levels=4))
    for effect in (*effects.treatment, *effects.reference, *effects.treatment_risks):
        assert 0.0 < effect.low < effect.estimate < effect.high < 1.0
        assert effect.p_value is None
    for effect in (*effects.risk_ratios, effects.common_odds_ratio, effects.win_odds):
        assert 0.0 < effect.low < effect.estimate < effect.high


def test_slopes_of_the_level_probabilities_are_those_of_differences() -> None:
    sample = draw_sample()
    fit = fit_proportional_odds(sample.y, sample.x)
    share = np.full(len(sample.y), 1 / len(sample.y))

    def mean(step: np.ndarray) -> np.ndarray:
        return standardise_arm(moved(fit, step), sample.x, 0, 1.0, share).mean

    steps = STEP * np.eye(len(fit.covariance))
    numeric = np.array([(mean(step) - mean(-step)) / (2 * STEP) for step in steps]).T
    analytic = standardise_arm(fit, sample.x, 0, 1.0, share).jacobian
    np.testing.assert_allclose(analytic, numeric, atol=DIFFERENCES)


def test_row_scores_are_those_of_differences() -> None:
    sample = draw_sample(levels=4)
    fit = fit_proportional_odds(sample.y, sample.x)

    def log_likelihoods(step: np.ndarray) -> np.ndarray:
        own = moved(fit, step)
        cumulative = 1 / (1 + np.exp(-((sample.x @ own.beta)[:, None] + own.theta)))
        edges = np.hstack([np.zeros((len(sample.y), 1)), cumulative, np.ones((len(sample.y), 1))])
        return np.log(np.diff(edges)[np.arange(len(sample.y)), sample.y])

    steps = STEP * np.eye(len(fit.covariance))
    numeric = [(log_likelihoods(step) - log_likelihoods(-step)) / (2 * STEP) for step in steps]
    scores = row_scores(fit, sample.y, sample.x)
    np.testing.assert_allclose(scores, np.array(numeric).T, atol=DIFFERENCES)


def test_the_average_is_over_the_rows_of_both_arms() -> None:
    sample = draw_sample(levels=3)
    fit = fit_proportional_odds(sample.y, sample.x)
    columns = sample.x.copy()
    columns[:, 0] = 1.0
    first = 1 / (1 + np.exp(-(fit.theta[0] + columns @ fit.beta)))
    effects = standardise(fit, sample.y, sample.x, 0, alpha=ALPHA)
    assert effects.treatment[0].estimate == pytest.approx(first.mean(), rel=EXACT)
    assert sum(effect.estimate for effect in effects.reference) == pytest.approx(1.0, rel=EXACT)


@pytest.mark.parametrize("variance", [Variance.COVARIATES_FIXED, Variance.COVARIATES_SAMPLED])
def test_weights_are_frequencies(variance: Variance) -> None:
    sample = draw_sample(n=80, levels=4)
    weights = np.arange(80) % 3 + 1.0
    rows = np.repeat(np.arange(80), weights.astype(int))
    repeated = standardise_sample(Sample(sample.y[rows], sample.x[rows]), variance)
    weighted = standardise_sample(sample, variance, weights)
    np.testing.assert_allclose(weighted.covariance, repeated.covariance, rtol=EXACT, atol=1e-15)
    assert weighted.win_odds.estimate == pytest.approx(repeated.win_odds.estimate, rel=EXACT)


@pytest.mark.parametrize("variance", [Variance.COVARIATES_FIXED, Variance.COVARIATES_SAMPLED])
def test_swapped_arms_invert_every_ratio(variance: Variance) -> None:
    sample = draw_sample()
    swapped = Sample(sample.y, np.column_stack([1.0 - sample.x[:, 0], sample.x[:, 1:]]))
    one, other = standardise_sample(sample, variance), standardise_sample(swapped, variance)
    for mine, theirs in (
        (one.common_odds_ratio, other.common_odds_ratio),
        (one.win_odds, other.win_odds),
        *zip(one.risk_ratios, other.risk_ratios, strict=True),
    ):
        assert mine.estimate == pytest.approx(1 / theirs.estimate, rel=EXACT)
        assert mine.standard_error == pytest.approx(theirs.standard_error, rel=EXACT)


def test_covariates_that_are_sampled_add_variance_to_a_risk() -> None:
    """With one strong covariate the risk of an arm moves with who is sampled."""
    sample = draw_sample(n=400, effect=2.0)
    fixed = standardise_sample(sample, Variance.COVARIATES_FIXED)
    drawn = standardise_sample(sample, Variance.COVARIATES_SAMPLED)
    assert drawn.treatment[0].standard_error > 1.1 * fixed.treatment[0].standard_error


def refused(sample: Sample, **changes: object) -> str:
    """The message that ``standardise`` ends with under changed arguments."""
    arguments: dict[str, object] = {
        "fit": fit_proportional_odds(sample.y, sample.x),
        "y": sample.y,
        "x": sample.x,
        "arm": 0,
        "alpha": ALPHA,
    }
    with pytest.raises(EstimationError) as caught:
        standardise(**{**arguments, **changes})  # type: ignore[arg-type]
    return str(caught.value)


def test_other_data_than_those_of_the_fit_are_refused() -> None:
    sample = draw_sample()
    foreign = "the fit does not belong to these data and weights"
    assert foreign in refused(sample, x=sample.x[::-1])
    assert foreign in refused(sample, weights=np.arange(200) % 2 + 1.0)
    shifted = fit_proportional_odds(sample.y, sample.x, offset=sample.x[:, 1] ** 2)
    assert foreign in refused(sample, fit=shifted)
    assert "other levels or columns" in refused(sample, y=sample.y + 1)
    assert "other levels or columns" in refused(sample, x=sample.x[:, :1])


def test_an_arm_must_be_a_column_of_both_arms() -> None:
    sample = draw_sample()
    assert "column 1 of x must hold 0 and 1" in refused(sample, arm=1)
    for arm in (-1, 2, 0.5, True):
        assert "number of a column" in refused(sample, arm=arm)


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.1, np.nan])
def test_alpha_must_be_a_probability(alpha: float) -> None:
    assert "alpha" in refused(draw_sample(), alpha=alpha)


def test_the_randomised_variance_is_for_two_levels() -> None:
    assert "two levels" in refused(draw_sample(), variance=Variance.RANDOMISED)


def test_residuals_that_leave_one_out_are_for_the_randomised_variance() -> None:
    assert "randomised variance" in refused(draw_sample(), residuals=Residuals.LEAVE_ONE_OUT)


def test_residuals_that_leave_one_out_without_covariates() -> None:
    """Leverage is 1 / n of the arm: each arm's variance is p (1 - p) n / (n - 1)^2."""
    arm = np.repeat([1.0, 0.0], [30, 25])
    event = np.concatenate([np.arange(30) < 12, np.arange(25) < 5])
    y = (~event).astype(np.int64)
    effects = standardise(
        fit_proportional_odds(y, arm[:, None]), y, arm[:, None], 0, alpha=ALPHA,
        variance=Variance.RANDOMISED, residuals=Residuals.LEAVE_ONE_OUT,
    )  # fmt: skip
    expected = np.sqrt(0.4 * 0.6 * 30 / 29**2 + 0.2 * 0.8 * 25 / 24**2)
    assert effects.risk_differences[0].standard_error == pytest.approx(expected, rel=EXACT)


def test_an_effect_without_a_finite_interval_is_refused() -> None:
    def contrast(covariance: np.ndarray) -> Effect:
        arms = ArmDistributions(np.array([0.4, 0.6]), np.array([0.2, 0.8]), covariance)
        return arms.contrast((0, 1), Variance.COVARIATES_FIXED, ALPHA).win_odds

    with pytest.raises(EstimationError, match="no finite value and standard error"):
        contrast(np.zeros((4, 4)))
    with pytest.raises(EstimationError, match="a limit of a standardised ratio is infinite"):
        contrast(1e8 * np.eye(4))
    with pytest.raises(EstimationError, match="is 0 to double precision"):
        ArmDistributions(np.array([0.0, 1.0]), np.array([0.5, 0.5]), np.eye(4)).contrast(
            (0, 1), Variance.COVARIATES_FIXED, ALPHA
        )
