"""Level probabilities at rows and averaged, after proportional and partial fits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import logit

from analysis.errors import EstimationError
from analysis.models.predictions.at_rows import predict_levels
from analysis.models.predictions.averages import average_levels, contrast_levels
from analysis.models.predictions.derivatives import Fit
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.proportionality.partial_odds.fit import fit_partial_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample
from tests.unit.models.samples.two_arm_tables import build_two_arms

WITHIN = 1e-8
"""Relative: what an estimate within 1e-12 leaves."""
Z = 1.959963984540054
COUNTS = np.array([[10, 8, 6, 5], [4, 9, 2, 10]])


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample(n=300, p=3)


@pytest.fixture(scope="module", params=["proportional", "partial"])
def fit(sample: Sample, request: pytest.FixtureRequest) -> Fit:
    if request.param == "proportional":
        return fit_proportional_odds(sample.y, sample.x)
    return fit_partial_odds(sample.y, sample.x, (2, 0))


def saturated() -> Fit:
    data = build_two_arms(*COUNTS)
    return fit_partial_odds(data.y, data.x, (0,), weights=data.w)


def test_a_saturated_model_gives_the_observed_shares() -> None:
    """Each arm is a multinomial: standard error sqrt(p (1 - p) / n), limits on the logit scale."""
    found = predict_levels(saturated(), [[0.0], [1.0]], alpha=0.05)
    n = COUNTS.sum(axis=1, keepdims=True)
    below = np.cumsum(COUNTS, axis=1)[:, :3] / n
    for part, share in ((found.level, COUNTS / n), (found.cumulative, below)):
        error = np.sqrt(share * (1 - share) / n)
        assert_allclose(part.estimate, share, WITHIN)
        assert_allclose(part.standard_error, error, WITHIN)
        half = Z * error / (share * (1 - share))
        assert_allclose(logit(part.low), logit(share) - half, WITHIN, WITHIN)
        assert_allclose(logit(part.high), logit(share) + half, WITHIN, WITHIN)


def test_without_columns_everybody_has_the_observed_shares() -> None:
    y = np.repeat([0, 1, 3], [20, 30, 50])
    found = predict_levels(fit_proportional_odds(y, np.zeros((100, 0))), [[], []], alpha=0.1)
    assert found.levels == (0, 1, 3)
    assert_allclose(found.level.estimate, [[0.2, 0.3, 0.5]] * 2, WITHIN)
    assert_allclose(found.level.standard_error[0], np.sqrt([0.0016, 0.0021, 0.0025]), WITHIN)


def test_the_difference_of_two_arms_by_hand() -> None:
    found = contrast_levels(saturated(), [[0.0]], 0, 1, 0, alpha=0.05).level
    n = COUNTS.sum(axis=1, keepdims=True)
    share = COUNTS / n
    error = np.sqrt(np.sum(share * (1 - share) / n, axis=0))
    assert_allclose(found.estimate[0], share[1] - share[0], WITHIN, 1e-12)
    assert_allclose(found.standard_error[0], error, WITHIN)
    assert_allclose(found.high[0] - found.low[0], 2 * Z * error, WITHIN)


def test_probabilities_are_probabilities(fit: Fit, sample: Sample) -> None:
    found = predict_levels(fit, sample.x, alpha=0.05)
    assert_allclose(found.level.estimate.sum(axis=1), 1.0, rtol=1e-14)
    assert_allclose(
        np.cumsum(found.level.estimate, axis=1)[:, :-1], found.cumulative.estimate, rtol=1e-13
    )
    for part in (found.level, found.cumulative):
        assert np.all((part.low > 0) & (part.low < part.estimate))
        assert np.all((part.estimate < part.high) & (part.high < 1))


def test_an_average_is_the_mean_of_predictions(fit: Fit, sample: Sample) -> None:
    averages = average_levels(fit, sample.x, 0, (1, 0), alpha=0.05)
    for row, value in enumerate((1.0, 0.0)):
        rows = sample.x.copy()
        rows[:, 0] = value
        each = predict_levels(fit, rows, alpha=0.05)
        assert_allclose(averages.level.estimate[row], each.level.estimate.mean(axis=0), 1e-12)
    one = average_levels(fit, sample.x[:1], 0, (sample.x[0, 0],), alpha=0.05).level
    alone = predict_levels(fit, sample.x[:1], alpha=0.05).level
    assert_allclose(one.standard_error, alone.standard_error, 1e-10)
    assert_allclose(one.low, alone.low, 1e-10)


def test_a_contrast_is_the_difference_of_averages(fit: Fit, sample: Sample) -> None:
    averages = average_levels(fit, sample.x, 0, (1, 0), alpha=0.05).cumulative.estimate
    contrast = contrast_levels(fit, sample.x, 0, 1, 0, alpha=0.05).cumulative
    assert_allclose(contrast.estimate[0], averages[0] - averages[1], 1e-10)
    back = contrast_levels(fit, sample.x, 0, 0, 1, alpha=0.05).cumulative
    assert_allclose(back.low, -contrast.high, 1e-12)


def test_weights_are_repeated_rows(fit: Fit, sample: Sample) -> None:
    times = np.arange(300) % 3 + 1
    weighted = average_levels(fit, sample.x, 0, (1,), alpha=0.05, weights=times).level
    repeated = average_levels(fit, np.repeat(sample.x, times, axis=0), 0, (1,), alpha=0.05).level
    assert_allclose(weighted.estimate, repeated.estimate, 1e-12)
    assert_allclose(weighted.standard_error, repeated.standard_error, 1e-10)


def test_a_free_effect_shows_what_the_assumption_does() -> None:
    """The arm helps at the top of the scale; proportional odds spread that over all levels."""
    data = build_two_arms([30, 30, 30, 30], [30, 30, 50, 10])
    given: dict[str, Any] = {"alpha": 0.05, "weights": data.w}
    partial = fit_partial_odds(data.y, data.x, (0,), weights=data.w)
    proportional = fit_proportional_odds(data.y, data.x, weights=data.w)
    freed = contrast_levels(partial, data.x, 0, 1, 0, **given).cumulative.estimate[0]
    assumed = contrast_levels(proportional, data.x, 0, 1, 0, **given).cumulative.estimate[0]
    assert_allclose(freed, [0, 0, 20 / 120], atol=1e-10)
    assert np.all(assumed > 0.03)


def test_another_covariance_may_be_used(fit: Fit, sample: Sample) -> None:
    plain = predict_levels(fit, sample.x[:3], alpha=0.05).level
    wide = predict_levels(fit, sample.x[:3], alpha=0.05, covariance=4 * fit.covariance).level
    assert_allclose(wide.standard_error, 2 * plain.standard_error, 1e-12)


def test_small_probabilities_keep_their_digits() -> None:
    """P(Y = 0) = F(theta_0 + x beta), far out e^-250; its logit has the error of the predictor."""
    sample = draw_sample(n=200, p=1)
    fit = fit_proportional_odds(sample.y, sample.x)
    x = -250.0 / fit.beta[0]
    found = predict_levels(fit, [[x]], alpha=0.05).level
    predictor = fit.theta[0] + x * fit.beta[0]
    row = np.zeros(len(fit.covariance))
    row[[0, -1]] = 1.0, x
    assert found.estimate[0, 0] == pytest.approx(np.exp(predictor), rel=1e-12)
    error = np.sqrt(row @ fit.covariance @ row)
    assert found.standard_error[0, 0] == pytest.approx(error * found.estimate[0, 0], rel=1e-10)


def test_rows_where_a_partial_model_gives_no_probabilities_are_an_error() -> None:
    with pytest.raises(EstimationError, match=r"cross at row 1 of x \(2 in all\)"):
        predict_levels(saturated(), [[0.0], [20.0], [-20.0]], alpha=0.05)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"alpha": 0.0}, "alpha must lie between 0 and 1"),
        ({"alpha": float("nan")}, "alpha must lie between 0 and 1"),
        ({"x": np.zeros((2, 2))}, "x has 2 columns, the fit 3"),
        ({"x": np.zeros(3)}, "x must have rows and columns"),
        ({"x": np.zeros((0, 3))}, "x must have rows and columns"),
        ({"x": [[0.0, 1.0, np.nan]]}, "NaN or infinity"),
        ({"x": [[0.0, 1e6, 1.0]]}, "logit beyond 300"),
        ({"covariance": np.eye(2)}, "the covariance must be finite, with shape"),
    ],
)
def test_bad_rows_are_an_estimation_error(
    sample: Sample, given: dict[str, Any], message: str
) -> None:
    fit = fit_proportional_odds(sample.y, sample.x)
    with pytest.raises(EstimationError, match=message):
        predict_levels(fit, **{"x": sample.x, "alpha": 0.05, **given})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"column": 3}, "3 is not one of the columns"),
        ({"values": ()}, "values must hold at least one number"),
        ({"values": 1.0}, "values must hold"),
        ({"values": (np.inf,)}, "values must hold"),
        ({"weights": np.zeros(300)}, "weights must be positive"),
    ],
)
def test_bad_averages_are_an_estimation_error(
    sample: Sample, given: dict[str, Any], message: str
) -> None:
    fit = fit_proportional_odds(sample.y, sample.x)
    with pytest.raises(EstimationError, match=message):
        average_levels(fit, **{"x": sample.x, "column": 0, "values": (1,), "alpha": 0.05, **given})
