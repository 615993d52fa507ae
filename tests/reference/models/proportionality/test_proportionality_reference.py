"""Tests of proportional odds and partial proportional odds against R.

``reference.json`` is the output of ``reference.R`` (its head says how it is run): ordinal::clm,
VGAM::vglm and our own R code written from the formulas for Brant's test (car::poTest 3.1 errs in
the off-diagonal blocks), the score tests, the sandwiches and the averaged probabilities.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from numpy.testing import assert_allclose

from analysis.errors import EstimationError
from analysis.models.cumulative_logit import Information
from analysis.models.data import ProportionalityTests, TermTest
from analysis.models.predictions import average_levels, contrast_levels, predict_levels
from analysis.models.proportional_odds import fit_proportional_odds
from analysis.models.proportionality import (
    PartialOddsFit,
    brant_test,
    fit_cut_points,
    fit_partial_odds,
    likelihood_ratio_test,
    score_test,
)
from tests.reference.models.proportionality.fit_agreement import (
    COEFFICIENT,
    ERROR,
    assert_covariance,
    assert_fit,
)
from tests.reference.models.proportionality.proportionality_data import Data, read_data

FOLDER = Path(__file__).parent
REFERENCE = json.loads((FOLDER / "reference.json").read_text())["results"]
SETS = json.loads((FOLDER / "sets.json").read_text())
PARTIAL = [(name, i) for name in REFERENCE for i in range(len(SETS[name]["partial"]))]

STATISTIC = 1e-7
"""A statistic is a quadratic form in coefficients (1e-8) and covariances (1e-7)."""
DIFFERENCED = 1e-6
"""Sandwiches and averages rest on R's numerical derivatives (numDeriv, Richardson)."""


def assert_tests(found: ProportionalityTests, expected: dict[str, Any]) -> None:
    pairs = [(found.overall, expected["overall"])]
    pairs += list(zip(found.terms, expected["terms"], strict=True))
    for test, statistic in pairs:
        assert_test(test, statistic)


def assert_test(test: TermTest, statistic: float | None) -> None:
    if statistic is None:
        assert test.statistic is None
        assert test.reason
    else:
        assert test.statistic == pytest.approx(statistic, rel=STATISTIC, abs=STATISTIC)


@pytest.mark.parametrize("name", REFERENCE)
def test_brant_equals_the_papers_formula(name: str) -> None:
    data, expected = read_data(name), REFERENCE[name]["brant"]
    if not expected:  # R's fit of a cut point ran away
        with pytest.raises(EstimationError, match=r"no logistic fit .* separation"):
            brant_test(data.y, data.x, weights=data.w)
        return
    assert_tests(brant_test(data.y, data.x, SETS[name]["terms"], weights=data.w), expected)


@pytest.mark.parametrize("information", Information)
@pytest.mark.parametrize("name", REFERENCE)
def test_score_test_equals_the_multinomial_formula(name: str, information: Information) -> None:
    data = read_data(name)
    found = score_test(data.y, data.x, SETS[name]["terms"], weights=data.w, information=information)
    assert_tests(found, REFERENCE[name][f"score_{information}"])


@pytest.mark.parametrize("name", REFERENCE)
def test_cut_points_equal_glm(name: str) -> None:
    data = read_data(name)
    found = fit_cut_points(data.y, data.x, weights=data.w)
    for cut, expected in zip(found, REFERENCE[name]["cuts"], strict=True):
        if not expected:
            assert "separation" in str(cut.reason)
            continue
        assert cut.fit is not None
        assert_allclose(cut.fit.beta, expected["beta"], COEFFICIENT, COEFFICIENT)
        assert_allclose(cut.fit.beta_errors, expected["se"], ERROR)


def fit(name: str, number: int) -> tuple[Data, PartialOddsFit, dict[str, Any]]:
    data = read_data(name)
    free = SETS[name]["partial"][number]
    found = fit_partial_odds(data.y, data.x, free, weights=data.w, clusters=data.site)
    return data, found, REFERENCE[name]["partial"][number]


@pytest.mark.parametrize(("name", "number"), PARTIAL)
def test_partial_odds_equal_clm(name: str, number: int) -> None:
    _, found, expected = fit(name, number)
    assert_fit(found, found.covariance, expected)


@pytest.mark.parametrize(("name", "number"), PARTIAL)
def test_partial_odds_equal_vglm(name: str, number: int) -> None:
    _, found, expected = fit(name, number)
    assert_fit(found, found.covariance_expected, expected["vglm"])


@pytest.mark.parametrize(("name", "number"), PARTIAL)
def test_sandwich(name: str, number: int) -> None:
    data, found, expected = fit(name, number)
    kind = "robust" if data.site is None else "cluster"
    assert_covariance(found.covariance_robust, expected[kind], DIFFERENCED)
    if data.site is not None:
        plain = fit_partial_odds(data.y, data.x, SETS[name]["partial"][number])
        assert_covariance(plain.covariance_robust, expected["robust"], DIFFERENCED)


@pytest.mark.parametrize(("name", "number"), PARTIAL)
def test_likelihood_ratio_equals_two_clm_fits(name: str, number: int) -> None:
    data, expected = read_data(name), REFERENCE[name]
    found = likelihood_ratio_test(data.y, data.x, [SETS[name]["partial"][number]], weights=data.w)
    rise = (
        expected["partial"][number]["log_likelihood"] - expected["proportional"]["log_likelihood"]
    )
    assert found.terms[0].statistic == pytest.approx(2 * rise, rel=STATISTIC, abs=STATISTIC)


@pytest.mark.parametrize(("name", "number"), [*PARTIAL, *((name, None) for name in REFERENCE)])
def test_probabilities(name: str, number: int | None) -> None:
    if number is None:
        data, expected = read_data(name), REFERENCE[name]["proportional"]
        found = fit_proportional_odds(data.y, data.x, weights=data.w)
    else:
        data, found, expected = fit(name, number)
    rows = predict_levels(found, data.x[[0, -1]], alpha=0.05).level
    assert_allclose(rows.estimate, expected["rows"]["estimate"], atol=COEFFICIENT)
    assert_allclose(rows.standard_error, expected["rows"]["se"], ERROR)
    assert_allclose(rows.low, expected["rows"]["low"], atol=ERROR)
    assert_allclose(rows.high, expected["rows"]["high"], atol=ERROR)


@pytest.mark.parametrize(("name", "number"), [*PARTIAL, *((name, None) for name in REFERENCE)])
def test_averaged_probabilities(name: str, number: int | None) -> None:
    if number is None:
        data, expected = read_data(name), REFERENCE[name]["proportional"]["averages"]
        found = fit_proportional_odds(data.y, data.x, weights=data.w)
    else:
        data, found, expected = fit(name, number)
        expected = expected["averages"]
    given = {"alpha": 0.05, "weights": data.w}
    values = SETS[name].get("values", (1, 0))
    averages = average_levels(found, data.x, 0, values, **given).level
    for row, average in enumerate(expected["values"]):
        assert_allclose(averages.estimate[row], average["estimate"], atol=COEFFICIENT)
        assert_allclose(averages.standard_error[row], average["se"], DIFFERENCED)
    difference = contrast_levels(found, data.x, 0, *values, **given).level
    assert_allclose(difference.estimate[0], expected["difference"], atol=COEFFICIENT)
    assert_allclose(difference.standard_error[0], expected["difference_se"], DIFFERENCED)
