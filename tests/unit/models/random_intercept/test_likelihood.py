"""The marginal log likelihood and its derivatives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from analysis.models.numerics.newton import Derivatives
from analysis.models.random_intercept import likelihood as mixed_likelihood
from analysis.models.random_intercept.likelihood import RandomIntercept
from analysis.models.random_intercept.quadrature import gauss_hermite
from tests.unit.models.samples.grouped_samples import GroupedSample, draw_groups

STEP = 1e-5
"""Of the central differences, whose error is STEP^2 and rounding / STEP."""
DERIVATIVE = 1e-7
"""Relative to the largest derivative."""
INTEGRAL = 1e-12
"""Relative: 61 nodes and the trapezoid rule are both at rounding."""
PARAMETERS = np.array([-1.1, 0.2, 1.3, 0.4, -0.3, -0.1])


@pytest.fixture(scope="module")
def sample() -> GroupedSample:
    """A group of one row, a group of one level, and larger ones."""
    sample = draw_groups([1, 2, 3, 8, 20])
    sample.y[1:3] = 3
    return sample


@pytest.fixture(scope="module")
def model(sample: GroupedSample) -> RandomIntercept:
    return sample.build_model()


def evaluate(model: RandomIntercept, parameters: np.ndarray, nodes: int) -> Derivatives:
    found = model.evaluate(parameters, gauss_hermite(nodes))
    assert found is not None
    return found


def integrate_by_trapezoids(sample: GroupedSample, parameters: np.ndarray) -> float:
    """Plain definition: P = F(upper) - F(lower), on a fine grid of intercepts."""
    theta = np.concatenate([[-np.inf], parameters[:3], [np.inf]])
    sigma = np.exp(parameters[-1])
    grid = np.arange(-12.0, 12.0, 0.01)
    density = np.exp(-0.5 * grid**2) / np.sqrt(2 * np.pi)
    eta = (sample.x @ parameters[3:-1])[:, None] + sigma * grid
    p = expit(theta[sample.y + 1][:, None] + eta) - expit(theta[sample.y][:, None] + eta)
    by_group = [np.prod(p[sample.groups == g], axis=0) for g in np.unique(sample.groups)]
    return float(sum(np.log(np.sum(density * likelihood) * 0.01) for likelihood in by_group))


@pytest.mark.parametrize("log_sigma", [-3.0, -0.1, 1.0])
def test_the_integral(sample: GroupedSample, model: RandomIntercept, log_sigma: float) -> None:
    parameters = np.append(PARAMETERS[:-1], log_sigma)
    expected = integrate_by_trapezoids(sample, parameters)
    assert evaluate(model, parameters, 61).value == pytest.approx(expected, rel=INTEGRAL)


@pytest.mark.parametrize("nodes", [1, 2, 3, 7, 16])
@pytest.mark.parametrize("log_sigma", [-1.5, -0.1, 1.5])
def test_gradient_and_information_are_derivatives(
    model: RandomIntercept, nodes: int, log_sigma: float
) -> None:
    """Of the quadrature itself, however coarse, and not of the integral."""
    parameters = np.append(PARAMETERS[:-1], log_sigma)
    found = evaluate(model, parameters, nodes)
    ahead = [evaluate(model, parameters + step, nodes) for step in STEP * np.eye(6)]
    behind = [evaluate(model, parameters - step, nodes) for step in STEP * np.eye(6)]
    pairs = list(zip(ahead, behind, strict=True))
    gradient = np.array([(a.value - b.value) / (2 * STEP) for a, b in pairs])
    information = -np.array([(a.gradient - b.gradient) / (2 * STEP) for a, b in pairs])
    assert found.gradient == pytest.approx(gradient, rel=0, abs=DERIVATIVE * 20)
    largest = np.max(np.abs(information))
    assert found.information == pytest.approx(information, rel=0, abs=DERIVATIVE * largest)


def test_no_spread_is_the_model_without_intercept(
    sample: GroupedSample, model: RandomIntercept
) -> None:
    parameters = np.append(PARAMETERS[:-1], np.log(1e-7))
    theta = np.concatenate([[-np.inf], PARAMETERS[:3], [np.inf]])
    eta = sample.x @ PARAMETERS[3:-1]
    expected = np.sum(np.log(expit(theta[sample.y + 1] + eta) - expit(theta[sample.y] + eta)))
    assert evaluate(model, parameters, 5).value == pytest.approx(expected, rel=INTEGRAL)


def test_parts_add_up(model: RandomIntercept, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = evaluate(model, PARAMETERS, 7)
    monkeypatch.setattr(mixed_likelihood, "LARGEST_PART", 35)
    parts = evaluate(model, PARAMETERS, 7)
    assert len(list(model.logits.split(35 // 7))) == 3
    assert parts.value == pytest.approx(whole.value, rel=INTEGRAL)
    assert parts.gradient == pytest.approx(whole.gradient, rel=1e-9, abs=INTEGRAL)
    assert parts.information == pytest.approx(whole.information, rel=1e-9, abs=INTEGRAL)


def test_cut_points_must_increase(model: RandomIntercept) -> None:
    crossed = PARAMETERS[[1, 0, 2, 3, 4, 5]]
    assert model.evaluate(crossed, gauss_hermite(7)) is None
