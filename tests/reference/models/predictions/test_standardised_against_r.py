"""Standardised effects against finite differences in R (``README.md``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.models.predictions import StandardisedEffects, Variance, standardise
from analysis.models.proportional_odds import fit_proportional_odds

FOLDER = Path(__file__).parent
REFERENCE = json.loads((FOLDER / "standardised.json").read_text())
ESTIMATES = 1e-8
"""Relative, or absolute near 0. R's fit stops at a gradient of 1e-12."""
STANDARD_ERRORS = 1e-7
"""Relative. R's central differences of fourth order leave about 1e-9."""
EMMEANS = 1e-6
"""Relative, of a standard error: emmeans takes its derivatives by one-sided differences."""
RATIOS = ("risk_ratios", "odds_ratios")
PROBABILITIES = ("treatment", "reference", "treatment_risks", "reference_risks")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    y: NDArray[np.int64]
    x: Floats


def read_rows(name: str) -> Rows:
    """The rows of one analysis of ``standardised.R``; the arm is column 0."""
    y, arm, age, severity, site = np.loadtxt(
        FOLDER / "rows.csv", delimiter=",", skiprows=1, dtype=np.int64
    ).T
    columns = {"arm": [arm], "age": [age], "severity": [severity], "site": [site == 1, site == 2]}
    chosen = REFERENCE["ordinal"][name]["columns"]
    x = np.column_stack([part for column in chosen for part in columns[column]]).astype(float)
    if name == "binary":
        y = (y > 2).astype(np.int64)
    elif name == "one_arm_level":
        y = np.where((y == 0) & (arm == 0), 1, y)
    n = REFERENCE["ordinal"][name]["n"]
    return Rows(y[:n], x[:n])


@cache
def standardised(name: str, variance: Variance) -> StandardisedEffects:
    rows = read_rows(name)
    fit = fit_proportional_odds(rows.y, rows.x)
    return standardise(fit, rows.y, rows.x, 0, alpha=0.05, variance=variance)


def on_scales(effects: StandardisedEffects) -> tuple[Floats, Floats]:
    """Every estimate on the scale of its interval, and its standard error, in R's order."""
    lists = [getattr(effects, name) for name in (*PROBABILITIES, "risk_differences", *RATIOS)]
    odds = [effects.common_odds_ratio, effects.win_odds]
    errors = [effect.standard_error for effect in (*(e for each in lists for e in each), *odds)]
    logits = [np.log(e.estimate / (1 - e.estimate)) for each in lists[:4] for e in each]
    logs = [np.log(e.estimate) for each in (*lists[5:], odds) for e in each]
    return np.array([*logits, *(e.estimate for e in lists[4]), *logs]), np.array(errors)


analyses = pytest.mark.parametrize("name", REFERENCE["ordinal"])
kinds = pytest.mark.parametrize(
    ("variance", "key"),
    [(Variance.COVARIATES_FIXED, "fixed"), (Variance.COVARIATES_SAMPLED, "sampled")],
)


@analyses
def test_estimates(name: str) -> None:
    estimates, _ = on_scales(standardised(name, Variance.COVARIATES_FIXED))
    expected = REFERENCE["ordinal"][name]["effects"]
    np.testing.assert_allclose(estimates, expected, rtol=ESTIMATES, atol=ESTIMATES)


@analyses
@kinds
def test_standard_errors(name: str, variance: Variance, key: str) -> None:
    _, errors = on_scales(standardised(name, variance))
    np.testing.assert_allclose(errors, REFERENCE["ordinal"][name][key], rtol=STANDARD_ERRORS)


@analyses
@kinds
def test_covariance_of_the_level_probabilities(name: str, variance: Variance, key: str) -> None:
    covariance = standardised(name, variance).covariance
    expected = np.array(REFERENCE["ordinal"][name][f"covariance_{key}"])
    scale = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    np.testing.assert_allclose(covariance / scale, expected / scale, atol=STANDARD_ERRORS)


def test_risk_difference_by_the_influence_function_of_the_plan() -> None:
    effects = standardised("binary", Variance.RANDOMISED)
    expected: dict[str, Any] = REFERENCE["randomised"]
    difference = effects.risk_differences[0]
    assert difference.estimate == pytest.approx(expected["difference"], rel=ESTIMATES)
    assert difference.standard_error == pytest.approx(
        expected["standard_error"], rel=STANDARD_ERRORS
    )
    assert effects.treatment_risks[0].estimate == pytest.approx(
        expected["treatment"], rel=ESTIMATES
    )


def test_level_probabilities_by_emmeans() -> None:
    effects = standardised("factor", Variance.COVARIATES_FIXED)
    errors = np.sqrt(np.diag(effects.covariance))
    k = len(effects.levels)
    for row in REFERENCE["emmeans"]:
        own, offset = (effects.treatment, 0) if row["arm"] == "1" else (effects.reference, k)
        level = int(row["y"])
        assert own[level].estimate == pytest.approx(row["prob"], rel=ESTIMATES)
        assert errors[offset + level] == pytest.approx(row["SE"], rel=EMMEANS)
