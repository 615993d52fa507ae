"""The proportional-odds engine against ordinal::clm and a second program (``README.md``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.proportional_odds import (
    ProportionalOddsFit,
    fit_proportional_odds,
    profile_interval,
)
from tests.reference.models.made_data.made_data import DataSet, draw_data_set, load_specifications

COEFFICIENTS = 1e-8
"""Relative. R stops at a gradient of 1e-9; the farthest of its programs agrees to 1e-9."""
STANDARD_ERRORS = 1e-7
"""Relative; of a covariance, in products of standard errors."""
LOG_LIKELIHOOD = 1e-10
"""Relative. Flat at the maximum, so it is good to twice the digits of the coefficients."""
LIMITS = 1e-10
"""Profile-likelihood limits, in standard errors. Both sides find roots to 1e-12."""
P_VALUE = 1e-9
"""Relative. The rounding of two log likelihoods of 30,000 leaves 1e-11 in their difference."""
SUMS = 1e-14
"""Relative. R's numbers are written with 15 digits."""

SPECIFICATIONS = load_specifications()
RESULTS = json.loads(Path(__file__).with_name("proportional_odds.json").read_text())["data_sets"]
UNWEIGHTED = [
    name
    for name, specification in SPECIFICATIONS.items()
    if specification["columns"] and not {"weights", "offset"} & set(specification)
]

Reference = dict[str, Any]


@cache
def draw(name: str) -> DataSet:
    return draw_data_set(SPECIFICATIONS[name])


@cache
def fit(name: str) -> ProportionalOddsFit:
    data = draw(name)
    return fit_proportional_odds(data.y, data.x, weights=data.weights, offset=data.offset)


@pytest.fixture(params=["first", "second"])
def program(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_data_set_has_a_reference() -> None:
    assert list(RESULTS) == list(SPECIFICATIONS)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_r_drew_the_same_numbers(name: str) -> None:
    data, drawn = draw(name), RESULTS[name]["data"]
    assert drawn["n"] == len(data.y)
    assert drawn["sum_y"] == data.y.sum()
    assert drawn["sum_y_by_row"] == (data.y * np.arange(1, len(data.y) + 1)).sum()
    np.testing.assert_allclose(data.x.sum(axis=0), drawn["sum_x"], rtol=SUMS)
    for values, total in ((data.weights, "sum_weights"), (data.offset, "sum_offset")):
        if values is not None:
            assert values.sum() == pytest.approx(drawn[total], rel=SUMS)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_coefficients(name: str, program: str) -> None:
    expected: Reference = RESULTS[name][program]
    np.testing.assert_allclose(fit(name).theta, expected["theta"], rtol=COEFFICIENTS)
    np.testing.assert_allclose(fit(name).beta, expected["beta"], rtol=COEFFICIENTS)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_standard_errors(name: str, program: str) -> None:
    expected: Reference = RESULTS[name][program]
    np.testing.assert_allclose(
        fit(name).standard_errors, expected["std_error"], rtol=STANDARD_ERRORS
    )


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_log_likelihood(name: str, program: str) -> None:
    expected: Reference = RESULTS[name][program]
    assert fit(name).log_likelihood == pytest.approx(expected["log_likelihood"], rel=LOG_LIKELIHOOD)


@pytest.mark.parametrize(
    "name", [name for name in RESULTS if "covariance_lower_triangle" in RESULTS[name]["first"]]
)
def test_covariance(name: str) -> None:
    own, errors = fit(name).covariance, fit(name).standard_errors
    rows, columns = np.triu_indices(len(errors))  # R writes the lower triangle column by column
    difference = own[rows, columns] - RESULTS[name]["first"]["covariance_lower_triangle"]
    assert np.abs(difference / errors[rows] / errors[columns]).max() < STANDARD_ERRORS


@pytest.mark.parametrize("name", UNWEIGHTED)
def test_profile_likelihood_of_the_first_column(name: str) -> None:
    expected: Reference = RESULTS[name]["first"]["profile_first_column"]
    own = profile_interval(fit(name), draw(name).y, draw(name).x, 0, alpha=0.05)
    within = LIMITS * fit(name).beta_errors[0]
    assert own.low == pytest.approx(expected["ci_low"], abs=within)
    assert own.high == pytest.approx(expected["ci_high"], abs=within)
    assert own.p_value == pytest.approx(expected["p_value_lr"], rel=P_VALUE)


@pytest.mark.parametrize(
    ("name", "dropped"), [("skipped_level", (3, 4)), ("trial", ()), ("two_levels", ())]
)
def test_levels_that_nobody_has_are_told(name: str, dropped: tuple[int, ...]) -> None:
    assert fit(name).dropped_levels == dropped
