"""Ordinal multiple imputation against R within Monte Carlo error (``README.md``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.models.imputation import (
    Auxiliary,
    Imputations,
    Kind,
    PooledEstimate,
    combine_rubin,
    impute_ordinal,
)
from analysis.models.imputation.conditional_models import augment
from analysis.models.proportional_odds import fit_proportional_odds

FOLDER = Path(__file__).parent
REFERENCE = json.loads((FOLDER / "imputation.json").read_text())
ERRORS = 4.5
"""Monte Carlo errors allowed: 1 in 150,000 for one comparison, and there are some hundreds."""
COEFFICIENTS = 1e-8
"""Relative. R's fit stops at a gradient of 1e-10."""
COVARIANCES = 1e-7
EXACT = 1e-12
WITHIN = 0.01
"""Relative. The variance of the estimate hardly differs between imputations."""
SEED = 5

Floats = NDArray[np.float64]


@cache
def read_rows() -> dict[str, Floats]:
    table = np.genfromtxt(FOLDER / "rows.csv", delimiter=",", names=True)
    return {name: table[name] for name in table.dtype.names}


def read_columns(*names: str) -> Floats:
    return np.column_stack([read_rows()[name] for name in names])


@cache
def impute_directly() -> Imputations:
    """No auxiliaries: one model per arm, whose parameters are drawn a thousand times."""
    rows = read_rows()
    return impute_ordinal(
        rows["y"],
        read_columns("age", "female"),
        rows["arm"],
        imputations=1000,
        never_worst=np.isnan(rows["y"]),
        seed=SEED,
    )


@cache
def impute_in_chains() -> Imputations:
    rows = read_rows()
    auxiliaries = [
        Auxiliary(rows["early"], Kind.ORDINAL),
        Auxiliary(rows["score"], Kind.CONTINUOUS),
        Auxiliary(rows["fever"], Kind.BINARY),
    ]
    return impute_ordinal(
        rows["y"],
        read_columns("age", "female"),
        rows["arm"],
        auxiliaries=auxiliaries,
        imputations=80,
        cycles=10,
        seed=SEED,
    )


@cache
def pool_chains() -> PooledEstimate:
    """Log odds ratio of the arm, adjusted for the columns, over the imputations."""
    x = read_columns("arm", "age", "female")
    fits = [fit_proportional_odds(y, x) for y in impute_in_chains().completed]
    return combine_rubin(
        [fit.beta[0] for fit in fits], [fit.beta_errors[0] ** 2 for fit in fits], 360 - 9, 0.05
    )


@pytest.mark.parametrize("arm", [0, 1])
@pytest.mark.parametrize("case", ["plain", "worse"])
def test_each_missing_row_gets_its_levels_as_often_as_in_r(case: str, arm: int) -> None:
    expected: dict[str, Any] = REFERENCE["direct"][case][str(arm)]
    rows = read_rows()
    own = np.isnan(rows["y"]) & (rows["arm"] == arm)
    if case == "worse":
        completed = impute_directly().shift((1.0, 1.0)).completed
    else:
        completed = impute_ordinal(
            rows["y"], read_columns("age", "female"), rows["arm"], imputations=1000, seed=SEED
        ).completed
    given = completed[:, own, None] == np.array(expected["levels"])
    probabilities = np.array(expected["probabilities"])
    m = len(given)
    cell = np.sqrt(probabilities * (1 - probabilities) / m)
    gap = np.abs(given.mean(axis=0) - probabilities)
    assert (gap <= ERRORS * cell + 5 / m).all()  # a handful of rare levels is not normal
    shares = given.mean(axis=1)
    error = shares.std(axis=0, ddof=1) / np.sqrt(m)
    assert (np.abs(shares.mean(axis=0) - probabilities.mean(axis=0)) <= ERRORS * error).all()


@pytest.mark.parametrize("arm", [0, 1])
def test_draws_are_thrown_away_as_often_as_in_r(arm: int) -> None:
    expected = 1000 * REFERENCE["direct"]["plain"][str(arm)]["redraws"]
    redraws = impute_directly().arms[arm].redraws
    assert redraws == pytest.approx(expected, abs=ERRORS * np.sqrt(expected + 1))


@pytest.mark.parametrize("method", ["stock", "proper"])
def test_pooled_log_odds_ratio(method: str) -> None:
    pooled, expected = pool_chains(), REFERENCE["chained"][method]
    error = np.sqrt(pooled.between / pooled.imputations + expected["between"] / expected["m"])
    assert pooled.estimate == pytest.approx(expected["log_odds"], abs=ERRORS * error)
    assert pooled.within == pytest.approx(expected["within"], rel=WITHIN)


@pytest.mark.parametrize("method", ["stock", "proper"])
def test_variance_between_imputations(method: str) -> None:
    """mice's polr does not draw its parameters: its variance may be smaller, not larger."""
    pooled, expected = pool_chains(), REFERENCE["chained"][method]
    own = pooled.between * np.sqrt(2 / (pooled.imputations - 1))
    gap = ERRORS * np.hypot(own, expected["between_error"])
    assert pooled.between > expected["between"] - gap
    if method == "proper":
        assert pooled.between < expected["between"] + gap


@pytest.mark.parametrize("arm", [0, 1])
@pytest.mark.parametrize("method", ["stock", "proper"])
def test_mean_of_the_imputed_levels(method: str, arm: int) -> None:
    rows, expected = read_rows(), REFERENCE["chained"][method]
    own = np.isnan(rows["y"]) & (rows["arm"] == arm)
    means = impute_in_chains().completed[:, own].mean(axis=1)
    error = np.hypot(
        means.std(ddof=1) / np.sqrt(len(means)),
        expected["imputed_mean_sd"][arm] / np.sqrt(expected["m"]),
    )
    assert means.mean() == pytest.approx(expected["imputed_mean"][arm], abs=ERRORS * error)


def test_augmented_rows_are_those_of_mice() -> None:
    expected = REFERENCE["augmented"]
    y = np.array(expected["levels"], dtype=float)
    x = np.column_stack([expected["flag"], expected["size"]]).astype(float)
    rows = augment(y, x)
    mine = np.column_stack([rows.y, rows.x])[len(y) :]
    theirs = np.column_stack([expected["pseudo_levels"], expected["pseudo_x"]])
    np.testing.assert_allclose(
        mine[np.lexsort(np.round(mine, 9).T)], theirs[np.lexsort(np.round(theirs, 9).T)], rtol=EXACT
    )
    np.testing.assert_allclose(rows.weights[len(y) :], expected["weight"], rtol=EXACT)


def test_augmented_fit_is_that_of_clm() -> None:
    expected = REFERENCE["augmented"]
    x = np.column_stack([expected["flag"], expected["size"]]).astype(float)
    rows = augment(np.array(expected["levels"], dtype=float), x)
    fit = fit_proportional_odds(rows.y, rows.x, weights=rows.weights)
    np.testing.assert_allclose(fit.theta, expected["cut_points"], rtol=COEFFICIENTS)
    np.testing.assert_allclose(fit.beta, expected["effects"], rtol=COEFFICIENTS)
    sign = np.repeat([1.0, -1.0], [3, 2])  # clm's effects are those of a higher level
    np.testing.assert_allclose(
        fit.covariance, np.outer(sign, sign) * expected["covariance"], rtol=COVARIANCES
    )
