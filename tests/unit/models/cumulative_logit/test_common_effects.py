"""The log likelihood of the cumulative-logit model and its derivatives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.special import expit

from analysis.models.cumulative_logit import common_effects as cumulative_logit
from analysis.models.cumulative_logit.common_effects import CumulativeLogit
from tests.unit.models.samples.random_samples import draw_sample

STEP = 1e-5
DERIVATIVE = 1e-7
"""Relative. Central differences with a step h are good to h^2 times the third derivative."""

POINT = np.array([-2.0, -0.5, 0.3, 1.7, 0.4, -0.8])  # four cut points, two effects


@dataclass(frozen=True)
class Rows:
    """200 rows, five levels, two columns, weights and an offset."""

    codes: np.ndarray
    x: np.ndarray
    weights: np.ndarray
    offset: np.ndarray

    def model(self) -> CumulativeLogit:
        return CumulativeLogit.build(
            self.x.T[None], self.codes[None], 5, self.weights[None], self.offset[None]
        )


@pytest.fixture(scope="module")
def rows() -> Rows:
    sample = draw_sample()
    rng = np.random.default_rng(2)
    n = len(sample.y)
    return Rows(sample.y, sample.x, rng.uniform(0.5, 2, n), rng.normal(size=n))


@pytest.fixture(scope="module")
def model(rows: Rows) -> CumulativeLogit:
    return rows.model()


def central_differences(function, point: np.ndarray) -> np.ndarray:
    """Derivative of ``function`` in each parameter."""
    steps = STEP * np.eye(len(point))
    return np.array([(function(point + s) - function(point - s)) / (2 * STEP) for s in steps])


def test_the_value_is_the_weighted_sum_of_log_probabilities(rows: Rows) -> None:
    eta = rows.x @ POINT[4:] + rows.offset
    cumulative = expit(POINT[:4] + eta[:, None])
    shares = np.diff(cumulative, axis=1, prepend=0.0, append=1.0)
    expected = rows.weights @ np.log(shares[np.arange(len(eta)), rows.codes])
    assert rows.model().at(POINT).value == pytest.approx(expected, rel=1e-13)


def test_the_gradient_is_the_derivative_of_the_value(model: CumulativeLogit) -> None:
    expected = central_differences(lambda at: model.at(at).value, POINT)
    np.testing.assert_allclose(model.at(POINT).gradient, expected, rtol=DERIVATIVE)


def test_the_information_is_minus_the_derivative_of_the_gradient(model: CumulativeLogit) -> None:
    expected = -central_differences(lambda at: model.at(at).gradient, POINT)
    information = model.at(POINT).information
    np.testing.assert_allclose(information, expected, rtol=DERIVATIVE, atol=1e-7)


@pytest.mark.parametrize("cuts", [[0.0, -1.0, 1.0, 2.0], [0.0, 0.0, 1.0, 2.0]])
def test_cut_points_must_increase(model: CumulativeLogit, cuts: list[float]) -> None:
    assert model.at(np.array([*cuts, 0.0, 0.0])) is None


@pytest.mark.parametrize("far", [-1e5, -800.0, 800.0, 1e5])
def test_nothing_underflows_far_out(model: CumulativeLogit, far: float) -> None:
    """At a logit of -800 a probability is 1e-348; its logarithm is -800 all the same."""
    found = model.at(POINT + np.array([far] * 4 + [0.0, 0.0]))
    unlikely = slice(1, None) if far > 0 else slice(-1)
    assert found.value == pytest.approx(-abs(far) * model.totals[0, unlikely].sum(), rel=0.01)
    assert np.all(np.isfinite(found.gradient))
    assert np.all(np.isfinite(found.information))


@pytest.mark.parametrize("gap", [1e-1, 1e-8, 1e-15])
def test_close_cut_points_keep_their_digits(gap: float) -> None:
    """Three rows around cut points at 0 and d: F(d) - F(0) = tanh(d / 2) / 2, and the information
    of its distance is 1 / (2 sinh(d / 2))^2."""
    model = CumulativeLogit.build(np.empty((1, 0, 3)), np.arange(3)[None], 3)
    found = model.at(np.array([0.0, gap]))
    expected = np.log(0.5) + np.log(np.tanh(gap / 2) / 2) + np.log(expit(-gap))
    assert found.value == pytest.approx(expected, rel=1e-14)
    assert found.information[0, 1] == pytest.approx(-((2 * np.sinh(gap / 2)) ** -2.0), rel=1e-13)


def test_rows_in_many_blocks_are_the_same_rows(
    rows: Rows, model: CumulativeLogit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of the blocks of seven rows lack a level."""
    monkeypatch.setattr(cumulative_logit, "BLOCK_ROWS", 7)
    cut = rows.model()
    assert len(cut.blocks) == 29
    whole, parts = model.at(POINT), cut.at(POINT)
    assert parts.value == pytest.approx(whole.value, rel=1e-13)
    np.testing.assert_allclose(parts.gradient, whole.gradient, rtol=1e-12)
    np.testing.assert_allclose(parts.information, whole.information, rtol=1e-12)
    np.testing.assert_allclose(cut.start(), model.start(), rtol=1e-12)


def test_the_ends_do_not_diverge() -> None:
    model = CumulativeLogit.build(np.zeros((1, 0, 3)), np.arange(3)[None], 3)
    parameters = np.array([[-2.0, 5.0]])
    assert model.diverges(parameters, 4.99)
    assert not model.diverges(parameters, 5.0)
