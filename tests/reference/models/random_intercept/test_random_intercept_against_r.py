"""Random-intercept fits equal to ordinal::clmm's likelihood, and that to R's integrate().

``random_intercept.R`` says how clmm's objective is brought to its maximum.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.random_intercept import (
    InterceptConvergence,
    RandomInterceptFit,
    fit_random_intercept,
)
from analysis.models.random_intercept.likelihood import RandomIntercept
from analysis.models.random_intercept.logits import stack_logits
from analysis.models.random_intercept.quadrature import gauss_hermite
from tests.reference.models.random_intercept.made_groups import (
    GroupedData,
    draw_data_set,
    load_specifications,
)

COEFFICIENT = 1e-8
"""Found: 1e-10."""
STANDARD_ERROR = 1e-7
"""Found: 5e-8, from R's extrapolated second differences."""
LOG_LIKELIHOOD = 1e-10
"""Relative. Found: 3e-15 against clmm's quadrature, 1e-13 against integrate()."""
CLMM_STOPS = 1e-3
"""clmm's own fit ends where a finite-difference gradient is about 1e-4."""

REFERENCE = json.loads(Path(__file__).with_name("random_intercept.json").read_text())["data_sets"]
SPECIFICATIONS = load_specifications()
INSIDE = [name for name, found in REFERENCE.items() if found["integral"] is not None]


@cache
def draw(name: str) -> GroupedData:
    return draw_data_set(SPECIFICATIONS[name])


@cache
def fit(name: str, nodes: int) -> RandomInterceptFit:
    data = draw(name)
    return fit_random_intercept(data.y, data.x, data.groups, nodes=nodes)


def list_fits(names: list[str]) -> list[tuple[str, int]]:
    return [
        (name, int(key.removeprefix("nodes_"))) for name in names for key in REFERENCE[name]["fits"]
    ]


def get_reference(name: str, nodes: int) -> dict[str, Any]:
    found: dict[str, Any] = REFERENCE[name]["fits"][f"nodes_{nodes}"]
    return found


def most_nodes(name: str) -> int:
    """Of R's fits: the last."""
    return list_fits([name])[-1][1]


def evaluate(name: str, parameters: np.ndarray, nodes: int) -> float:
    """The log likelihood at (theta, beta, log sigma) of the columns as they are."""
    data = draw(name)
    codes = np.unique(data.y, return_inverse=True)[1]
    model = RandomIntercept(stack_logits(codes, data.x, data.groups - 1), np.bincount(codes)[1:-1])
    found = model.evaluate(parameters, gauss_hermite(nodes))
    assert found is not None
    return found.value


def test_every_data_set_has_a_reference() -> None:
    assert list(REFERENCE) == list(SPECIFICATIONS)
    assert len(INSIDE) == len(REFERENCE) - 1


@pytest.mark.parametrize("name", REFERENCE)
def test_both_languages_draw_the_same_data(name: str) -> None:
    data, sums = draw(name), REFERENCE[name]["data"]
    assert len(data.y) == sums["n"]
    assert data.y.sum() == sums["sum_y"]
    assert data.y @ np.arange(1, len(data.y) + 1) == sums["sum_y_by_row"]
    assert data.groups.sum() == sums["sum_groups"]
    assert data.x.sum(axis=0) == pytest.approx(sums["sum_x"], abs=1e-9)  # R sums in long double


@pytest.mark.parametrize(("name", "nodes"), list_fits(INSIDE))
def test_estimates(name: str, nodes: int) -> None:
    found, expected = fit(name, nodes), get_reference(name, nodes)
    assert found.theta == pytest.approx(expected["theta"], rel=0, abs=COEFFICIENT)
    assert found.beta == pytest.approx(expected["beta"], rel=0, abs=COEFFICIENT)
    assert found.sigma == pytest.approx(expected["sigma"], rel=0, abs=COEFFICIENT)
    assert found.standard_errors == pytest.approx(expected["std_error"], rel=0, abs=STANDARD_ERROR)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], rel=LOG_LIKELIHOOD)
    assert found.convergence is InterceptConvergence.CONVERGED


@pytest.mark.parametrize(("name", "nodes"), list_fits(INSIDE))
def test_group_effects(name: str, nodes: int) -> None:
    found, expected = fit(name, nodes), get_reference(name, nodes)
    assert found.group_effects == pytest.approx(expected["group_effects"], rel=0, abs=COEFFICIENT)
    errors = expected["group_effect_errors"]
    assert found.group_effect_errors == pytest.approx(errors, rel=0, abs=COEFFICIENT)


@pytest.mark.parametrize(("name", "nodes"), list_fits(list(REFERENCE)))
def test_likelihood_ratio_test(name: str, nodes: int) -> None:
    found, expected = fit(name, nodes), get_reference(name, nodes)
    fixed = REFERENCE[name]["log_likelihood_fixed"]
    assert found.log_likelihood_fixed == pytest.approx(fixed, rel=LOG_LIKELIHOOD)
    # the statistic is a difference of numbers up to 4,000 that agree to 1e-14 of them
    assert found.p_value == pytest.approx(expected["p_value"], rel=1e-9)


@pytest.mark.parametrize("name", INSIDE)
def test_the_quadrature_is_the_integral(name: str) -> None:
    """The marginal likelihood by R's integrate(), at R's parameters: 101 nodes agree with it."""
    expected = get_reference(name, most_nodes(name))
    parameters = np.array([*expected["theta"], *expected["beta"], np.log(expected["sigma"])])
    found = evaluate(name, parameters, 101)
    assert found == pytest.approx(REFERENCE[name]["integral"], rel=LOG_LIKELIHOOD)


@pytest.mark.parametrize("name", INSIDE)
def test_clmm_itself_stops_below_this_maximum(name: str) -> None:
    nodes = most_nodes(name)
    found, own = fit(name, nodes), get_reference(name, nodes)["clmm"]
    parameters = np.array([*found.theta, *found.beta, np.log(found.sigma)])
    assert parameters == pytest.approx(own["parameters"], rel=0, abs=CLMM_STOPS)
    assert own["log_likelihood"] <= found.log_likelihood + 1e-11  # rounding of both


@pytest.mark.parametrize("name", INSIDE)
def test_fifteen_nodes_are_enough(name: str) -> None:
    """31 nodes move no parameter by 1e-4 standard errors, and by what the fit itself foretold."""
    found, finer = fit(name, 15), fit(name, 31)
    pairs = ((found.theta, finer.theta), (found.beta, finer.beta), (found.sigma, finer.sigma))
    moved = np.concatenate([np.atleast_1d(b - a) for a, b in pairs]) / found.standard_errors
    assert np.max(np.abs(moved)) < 1e-4
    assert np.max(np.abs(moved)) == pytest.approx(found.quadrature_error, rel=1e-2, abs=1e-9)


def test_no_group_effect_is_the_fit_without_intercept() -> None:
    """clmm goes towards a log standard deviation of minus infinity, and the same likelihood."""
    found, expected = fit("no_group_effect", 15), get_reference("no_group_effect", 15)
    assert found.convergence is InterceptConvergence.BOUNDARY
    assert (found.sigma, expected["sigma"]) == (0.0, 0.0)
    assert found.log_likelihood == pytest.approx(expected["log_likelihood"], rel=1e-9)
    assert (found.likelihood_ratio, found.p_value) == (0.0, 1.0)
