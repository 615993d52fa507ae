"""Covariances of the proportional-odds engine against R: polr, vglm, robcov, sandwich (README)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.proportional_odds import ProportionalOddsFit, fit_proportional_odds
from analysis.models.types import Matrix
from tests.reference.models.made_data.made_data import (
    draw_data_set,
    draw_sites,
    load_specifications,
)

COEFFICIENTS = 1e-8
"""Relative. The farthest, a cut point of 80 near 0 by Fisher scoring, agrees to 1e-10."""
STANDARD_ERRORS = 1e-7
"""Relative; of a covariance, in products of standard errors. polr's are differences of gradients
and agree to 1e-9, the others to 1e-12."""
LOG_LIKELIHOOD = 1e-10
"""Relative. Flat at the maximum, so it is good to twice the digits of the coefficients."""

SPECIFICATIONS = load_specifications()
RESULTS = json.loads(Path(__file__).with_name("covariances.json").read_text())["data_sets"]
BY_MODEL = [
    (name, kind)
    for name, result in RESULTS.items()
    for kind in ("observed", "expected")
    if kind in result
]
SANDWICHES = [
    (name, program, kind)
    for name, result in RESULTS.items()
    for program in ("by_rms", "by_clm")
    for kind in ("robust", "clustered")
    if program in result
]

Reference = dict[str, Any]


@cache
def fit(name: str, clustered: bool = False) -> ProportionalOddsFit:
    data = draw_data_set(SPECIFICATIONS[name])
    sites = draw_sites(len(data.y)) if clustered else None
    return fit_proportional_odds(
        data.y, data.x, weights=data.weights, offset=data.offset, clusters=sites
    )


COVARIANCES: dict[str, Callable[[str], Matrix]] = {
    "observed": lambda name: fit(name).covariance,
    "expected": lambda name: fit(name).covariance_expected,
    "robust": lambda name: fit(name).covariance_robust,
    "clustered": lambda name: fit(name, clustered=True).covariance_robust,
}


def require_equal_covariances(own: Matrix, expected: Reference) -> None:
    errors = np.sqrt(np.diag(own))
    np.testing.assert_allclose(errors, expected["std_error"], rtol=STANDARD_ERRORS)
    if "covariance_lower_triangle" in expected:
        rows, columns = np.triu_indices(len(errors))  # R writes the lower triangle by columns
        difference = own[rows, columns] - expected["covariance_lower_triangle"]
        assert np.abs(difference / errors[rows] / errors[columns]).max() < STANDARD_ERRORS


def test_every_data_set_has_a_reference() -> None:
    assert list(RESULTS) == list(SPECIFICATIONS)
    without_polr = [name for name, result in RESULTS.items() if "observed" not in result]
    assert without_polr == ["two_levels"]
    without_robcov = [name for name, result in RESULTS.items() if "by_rms" not in result]
    assert without_robcov == ["no_columns", "real_weights", "offset"]


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_r_drew_the_same_sites(name: str) -> None:
    sites = draw_sites(SPECIFICATIONS[name]["n"])
    assert RESULTS[name]["sites"] == len(np.unique(sites))
    assert RESULTS[name]["sum_sites_by_row"] == (sites * np.arange(1, len(sites) + 1)).sum()


@pytest.mark.parametrize(("name", "kind"), BY_MODEL)
def test_estimates(name: str, kind: str) -> None:
    expected: Reference = RESULTS[name][kind]
    np.testing.assert_allclose(fit(name).theta, expected["theta"], rtol=COEFFICIENTS)
    np.testing.assert_allclose(fit(name).beta, expected["beta"], rtol=COEFFICIENTS)
    assert fit(name).log_likelihood == pytest.approx(expected["log_likelihood"], rel=LOG_LIKELIHOOD)


@pytest.mark.parametrize(("name", "kind"), BY_MODEL)
def test_covariance_of_the_information(name: str, kind: str) -> None:
    require_equal_covariances(COVARIANCES[kind](name), RESULTS[name][kind])


@pytest.mark.parametrize(("name", "program", "kind"), SANDWICHES)
def test_sandwich(name: str, program: str, kind: str) -> None:
    require_equal_covariances(COVARIANCES[kind](name), RESULTS[name][program][kind])


@pytest.mark.parametrize(("name", "kind"), [pair for pair in BY_MODEL if pair[1] == "observed"])
def test_standard_errors_of_cut_points_and_effects(name: str, kind: str) -> None:
    errors = np.concatenate([fit(name).theta_errors, fit(name).beta_errors])
    np.testing.assert_allclose(errors, RESULTS[name][kind]["std_error"], rtol=STANDARD_ERRORS)


def test_the_references_tell_the_covariances_apart() -> None:
    # Were the four the same in these data, a mix-up would not be seen.
    for name in ("trial", "heavy_ties", "integer_weights"):
        errors = [np.sqrt(np.diag(covariance(name))) for covariance in COVARIANCES.values()]
        for first in range(4):
            for second in range(first):
                assert np.abs(errors[first] / errors[second] - 1).max() > 1e3 * STANDARD_ERRORS
