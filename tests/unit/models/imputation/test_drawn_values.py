"""The models that missing values are drawn from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logit

from analysis.errors import EstimationError
from analysis.models.imputation.conditional_models import (
    LevelDraw,
    LevelModel,
    fit_levels,
    fit_normal,
    select_predictors,
)
from analysis.models.proportional_odds.fit import fit_proportional_odds
from tests.unit.models.samples.random_samples import draw_sample

EXACT = 1e-10
GRID = 4000
"""Uniform numbers in the middle of equal intervals: shares are exact to 1 in 4000."""

LEVELS = np.array([0.0, 2.0, 3.0, 6.0])
DRAW = LevelDraw(LEVELS, np.array([-1.0, 0.2, 1.5]), np.zeros(0), redraws=0)


def shares(eta: float, below: bool) -> np.ndarray:
    """How often each level is given at one linear predictor."""
    uniform = (np.arange(GRID) + 0.5) / GRID
    drawn = DRAW.levels_at(np.full(GRID, eta), uniform, np.full(GRID, below))
    return np.array([np.mean(drawn == level) for level in LEVELS])


@pytest.mark.parametrize("eta", [-3.0, 0.0, 2.0])
def test_levels_have_their_probabilities(eta: float) -> None:
    expected = np.diff(np.concatenate([[0.0], expit(DRAW.theta + eta), [1.0]]))
    np.testing.assert_allclose(shares(eta, below=False), expected, atol=1 / GRID)


@pytest.mark.parametrize("eta", [-3.0, 0.0, 2.0])
def test_without_the_last_level_the_others_are_renormalised(eta: float) -> None:
    expected = np.diff(np.concatenate([[0.0], expit(DRAW.theta + eta)])) / expit(1.5 + eta)
    np.testing.assert_allclose(shares(eta, below=True), [*expected, 0.0], atol=1 / GRID)


@pytest.mark.parametrize("eta", [-800.0, -60.0, 60.0, 800.0])
def test_no_linear_predictor_is_too_large(eta: float) -> None:
    """At -800 no level but the last has a probability in double precision; its logit still has."""
    assert shares(eta, below=False)[0 if eta > 0 else 3] == 1.0
    assert shares(eta, below=True)[3] == 0.0
    if eta < 0:  # odds of the levels below the last approach e^(theta_j - theta_3)
        ratios = np.exp(DRAW.theta - DRAW.theta[2])
        expected = np.diff(np.concatenate([[0.0], ratios]))
        np.testing.assert_allclose(shares(eta, below=True)[:3], expected, atol=1 / GRID)


def test_a_lower_predictor_gives_no_row_a_lower_level() -> None:
    uniform = (np.arange(GRID) + 0.5) / GRID
    eta = logit((np.arange(GRID) * 7 % GRID + 0.5) / GRID)
    for below in (np.zeros(GRID, dtype=bool), np.ones(GRID, dtype=bool)):
        higher = DRAW.levels_at(eta - 0.3, uniform, below) - DRAW.levels_at(eta, uniform, below)
        assert higher.min() == 0.0
        assert higher.max() > 0.0


def test_parameters_are_drawn_from_the_normal_distribution_of_the_fit() -> None:
    """Means and covariance of 4000 draws; cut points far apart, so that no draw is lost."""
    sample = draw_sample(n=400, levels=3)
    model = fit_levels(sample.y.astype(float), sample.x)
    fit = fit_proportional_odds(sample.y, sample.x)
    rng = np.random.default_rng(4)
    draws = [model.draw(rng) for _ in range(GRID)]
    drawn = np.array([np.append(draw.theta, draw.beta) for draw in draws])
    errors = fit.standard_errors
    standardised = (drawn - np.append(fit.theta, fit.beta)) / errors
    limit = 4.5 / np.sqrt(GRID)  # of a mean; a correlation varies less
    np.testing.assert_allclose(standardised.mean(axis=0), 0.0, atol=limit)
    correlation = fit.covariance / np.outer(errors, errors)
    np.testing.assert_allclose(np.cov(standardised.T), correlation, atol=1.5 * limit)
    assert sum(draw.redraws for draw in draws) == 0


def test_cut_points_out_of_order_are_drawn_again_and_counted() -> None:
    """Two cut points 1 standard deviation of their difference apart: out of order in 16 %."""
    model = LevelModel(LEVELS[:3], np.array([0.0, 1.0]), np.zeros(0), np.eye(2) / np.sqrt(2.0), "")
    rng = np.random.default_rng(6)
    draws = [model.draw(rng) for _ in range(GRID)]
    assert all(np.diff(draw.theta)[0] > 0.0 for draw in draws)
    thrown = sum(draw.redraws for draw in draws)
    out_of_order = 0.15865525393145707
    expected = GRID * out_of_order / (1 - out_of_order)
    assert thrown == pytest.approx(expected, abs=4.5 * np.sqrt(expected / (1 - out_of_order)))


def test_cut_points_that_never_come_in_order_are_an_error() -> None:
    model = LevelModel(LEVELS[:3], np.array([0.0, -9.0]), np.zeros(0), 0.1 * np.eye(2), "")
    with pytest.raises(EstimationError, match="no ordered cut points in 1000 draws"):
        model.draw(np.random.default_rng(1))


def test_separated_levels_are_augmented_and_said_so() -> None:
    y = np.repeat([0.0, 1.0, 2.0], 10)
    x = np.column_stack([y > 0, np.arange(30) % 7])
    model = fit_levels(y, x.astype(float))
    assert model.separation == "separation along column [0]: no finite estimate exists"
    assert np.isfinite(model.root).all()
    again = fit_levels(y, x.astype(float), "as before")
    assert np.array_equal(again.beta, model.beta)
    assert again.separation == "as before"


def test_levels_that_are_not_separated_are_not_augmented() -> None:
    sample = draw_sample()
    model = fit_levels(sample.y.astype(float), sample.x)
    assert model.separation == ""
    assert np.array_equal(model.beta, fit_proportional_odds(sample.y, sample.x).beta)


def test_another_failure_is_not_taken_for_separation() -> None:
    sample = draw_sample()
    with pytest.raises(EstimationError, match="collinear column"):
        fit_levels(sample.y.astype(float), np.column_stack([sample.x, sample.x[:, 0]]))
    with pytest.raises(EstimationError, match="one observed level"):
        fit_levels(np.zeros(200), sample.x)


def test_unusable_columns_are_left_out() -> None:
    """Constant or collinear among the fitted rows; the others are standardised on these rows."""
    rng = np.random.default_rng(2)
    columns = rng.normal(3.0, 2.0, size=(30, 5))
    columns[:20, 1] = 4.0
    columns[:, 3] = columns[:, 0] - 2.0 * columns[:, 2]
    found = select_predictors(columns, np.arange(20))
    assert found.left_out == (1, 3)
    np.testing.assert_allclose(found.columns[:20].mean(axis=0), 0.0, atol=EXACT)
    np.testing.assert_allclose(found.columns[:20].std(axis=0), 1.0, rtol=EXACT)
    slope = np.diff(columns[:, 4]) / np.diff(found.columns[:, 2])
    np.testing.assert_allclose(slope, slope[0], rtol=EXACT)
    assert select_predictors(np.zeros((30, 0)), np.arange(20)).columns.shape == (30, 0)


def test_as_many_columns_as_rows_are_refused() -> None:
    with pytest.raises(EstimationError, match="4 columns for 4 rows"):
        select_predictors(np.random.default_rng(2).normal(size=(9, 4)), np.arange(4))


def test_continuous_values_are_drawn_from_the_predictive_distribution() -> None:
    """At one row: t with n - q degrees of freedom around the prediction (Rubin 1987)."""
    rng = np.random.default_rng(9)
    x = rng.normal(size=(12, 1))
    y = 2.0 + x[:, 0] + rng.normal(size=12)
    model = fit_normal(y, x)
    row = np.array([[0.7]])
    drawn = np.array([model.draw(row, rng)[0] for _ in range(GRID)])
    design = np.column_stack([np.ones(12), x])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ y
    residual = y - design @ coefficients
    place = np.array([1.0, 0.7])
    variance = residual @ residual / 10 * (1 + place @ inverse @ place) * 10 / 8  # t on 10 df
    assert drawn.mean() == pytest.approx(
        float(place @ coefficients), abs=4.5 * np.sqrt(variance / GRID)
    )
    assert drawn.var() == pytest.approx(variance, rel=0.12)  # 4.5 errors of a variance on t(10)


def test_too_few_rows_for_a_linear_model_are_refused() -> None:
    with pytest.raises(EstimationError, match="3 coefficients for 3 rows"):
        fit_normal(np.arange(3.0), np.random.default_rng(2).normal(size=(3, 2)))
