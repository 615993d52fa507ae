"""Pooled treatment effects of small, sparse, tied and large trials against mice (``sizes.R``).

Tolerances are Monte Carlo errors of the difference of two runs of m imputations each, of mice and
of this package: sqrt(e^2 + e'^2). A pooled log odds ratio, the mean of m independent Q_i, has the
error e = sqrt(B / m). A total variance is the mean of
t_i = U_i + (1 + 1/m) m / (m - 1) (Q_i - mean Q)^2, so that e = sd(t_i) / sqrt(m).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.imputation import Imputations, PooledEstimate, combine_rubin, impute_ordinal
from analysis.models.proportional_odds import fit_proportional_odds_batch
from tests.reference.models.made_data.made_data import (
    Floats,
    draw_data_set,
    draw_uniform,
    load_specifications,
)

FOLDER = Path(__file__).parent
REFERENCE = json.loads((FOLDER / "sizes_by_mice.json").read_text())["trials"]
CASES = {k: v for k, v in json.loads((FOLDER / "sizes.json").read_text()).items() if k != "about"}
ERRORS = 4.0
"""Monte Carlo errors allowed: 1 in 16,000 for each of 8 comparisons; the seed is fixed."""
MISSING_STREAM = 300
MORE_IN_ARM_1 = 0.1
SEED = 7

each_trial = pytest.mark.parametrize("name", CASES)


@dataclass(frozen=True)
class Trial:
    """``y`` is NaN where missing; the first column of ``x`` is the arm."""

    y: Floats
    x: Floats


@cache
def draw_trial(name: str) -> Trial:
    case = CASES[name]
    n = case["rows"]
    drawn = draw_data_set(load_specifications()[case["drawn_as"]] | {"n": n})
    lost = draw_uniform(MISSING_STREAM, n) < case["share"] + MORE_IN_ARM_1 * drawn.x[:, 0]
    return Trial(np.where(lost, np.nan, drawn.y), drawn.x)


@cache
def impute(name: str) -> Imputations:
    trial, m = draw_trial(name), CASES[name]["imputations"]
    return impute_ordinal(trial.y, trial.x[:, 1:], trial.x[:, 0], imputations=m, seed=SEED)


@cache
def pool(name: str) -> tuple[PooledEstimate, float]:
    """The pooled log odds ratio of the arm, and the Monte Carlo error of its total variance."""
    trial = draw_trial(name)
    fits = fit_proportional_odds_batch(impute(name).completed, trial.x)
    assert not fits.problems
    estimates, variances = fits.beta[:, 0], fits.beta_covariance[:, 0, 0]
    n, parameters = len(trial.y), len(fits.levels) - 1 + trial.x.shape[1]
    pooled = combine_rubin(estimates, variances, n - parameters, 0.05)
    m = pooled.imputations
    terms = variances + (1 + 1 / m) * m / (m - 1) * (estimates - pooled.estimate) ** 2
    assert terms.mean() == pytest.approx(pooled.standard_error**2)
    return pooled, float(terms.std(ddof=1) / np.sqrt(m))


@each_trial
def test_r_drew_the_same_trial(name: str) -> None:
    y, drawn = draw_trial(name).y, REFERENCE[name]["drawn"]
    assert np.sum(1 + np.flatnonzero(np.isnan(y))) == drawn["lost"]
    assert np.nansum(y) == drawn["observed"]


@each_trial
def test_both_fit_the_data_as_they_are(name: str) -> None:
    """R's method does not augment: what is compared would not be the same."""
    assert all(not arm.augmented and not arm.left_out for arm in impute(name).arms)


@each_trial
def test_pooled_log_odds_ratio(name: str) -> None:
    expected: dict[str, Any] = REFERENCE[name]["po"]
    pooled, _ = pool(name)
    error = np.hypot(np.sqrt(pooled.between / pooled.imputations), expected["log_odds_error"])
    assert pooled.estimate == pytest.approx(expected["log_odds"], rel=0, abs=ERRORS * error)


@each_trial
def test_total_variance(name: str) -> None:
    expected: dict[str, Any] = REFERENCE[name]["po"]
    pooled, own = pool(name)
    error = np.hypot(own, expected["total_error"])
    total = pooled.standard_error**2
    assert total == pytest.approx(expected["total"], rel=0, abs=ERRORS * error)


def test_the_comparison_tells_imputation_without_drawn_parameters() -> None:
    """mice with the estimates in place of drawn parameters: its variance is too small."""
    (pooled, own), fixed = pool("sparse_levels"), REFERENCE["sparse_levels"]["fixed"]
    error = np.hypot(own, fixed["total_error"])
    assert pooled.standard_error**2 > fixed["total"] + ERRORS * error
