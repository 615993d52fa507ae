"""Batches of proportional-odds fits: the same as one by one, whoever the neighbours are."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.data import batch as batch_inputs
from analysis.models.proportional_odds.batch import (
    ProportionalOddsBatch,
    fit_proportional_odds_batch,
)
from analysis.models.proportional_odds.fit import fit_proportional_odds

M, N = 12, 90
SAME = 1e-11
"""Absolute, of coefficients near 1. Both end with a Newton step below 1e-7 standard errors."""


def draw_outcomes(seed: int = 1, levels: int = 5, m: int = M) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, levels, (m, N))


def draw_columns(seed: int = 2, m: int | None = None) -> np.ndarray:
    """Two correlated columns of different place and scale, for each replicate if ``m``."""
    x = np.random.default_rng(seed).normal(size=(m or 1, N, 2))
    x[..., 1] = 100.0 + 7.0 * (x[..., 1] + x[..., 0])
    return x if m else x[0]


def take(values: np.ndarray | None, axes: int, i: int) -> np.ndarray | None:
    return values if values is None or values.ndim == axes else values[i]


def require_singles(
    batch: ProportionalOddsBatch, y: np.ndarray, x: np.ndarray, weights: np.ndarray | None = None
) -> None:
    """Each replicate has the numbers, or the problem, of the single fit."""
    for i in range(len(batch.beta)):
        arguments = take(y, 1, i), take(x, 2, i)
        if i in batch.problems:
            with pytest.raises(EstimationError) as raised:
                fit_proportional_odds(*arguments, weights=take(weights, 1, i))
            assert batch.problems[i] == raised.value.reason
            assert np.isnan(batch.beta[i]).all()
            assert np.isnan(batch.theta[i]).all()
            assert np.isnan(batch.log_likelihood[i])
            continue
        fit = fit_proportional_odds(*arguments, weights=take(weights, 1, i))
        cuts = [batch.levels.index(level) for level in fit.levels[:-1]]
        missing = np.delete(batch.theta[i], cuts)
        assert np.isnan(missing).all()
        np.testing.assert_allclose(batch.theta[i, cuts], fit.theta, atol=SAME * 100)
        np.testing.assert_allclose(batch.theta_errors[i, cuts], fit.theta_errors, rtol=1e-8)
        np.testing.assert_allclose(batch.beta[i], fit.beta, atol=SAME)
        np.testing.assert_allclose(batch.beta_errors[i], fit.beta_errors, rtol=1e-8)
        p = len(fit.beta)
        np.testing.assert_allclose(batch.beta_covariance[i], fit.covariance[-p:, -p:], rtol=1e-7)
        assert batch.log_likelihood[i] == pytest.approx(fit.log_likelihood, rel=1e-13)


def assert_same_bits(left: ProportionalOddsBatch, right: ProportionalOddsBatch, rows=...) -> None:
    for field in fields(ProportionalOddsBatch):
        if field.name not in ("levels", "problems"):
            assert np.array_equal(
                getattr(left, field.name)[rows], getattr(right, field.name), equal_nan=True
            )


CASES = {
    "shared columns": (draw_outcomes(), draw_columns(), None),
    "shared outcome": (draw_outcomes()[0], draw_columns(m=M), None),
    "everything stacked": (draw_outcomes(), draw_columns(m=M), None),
    "shared weights": (draw_outcomes(), draw_columns(), 1.0 + np.arange(N) % 4),
    "stacked weights": (
        draw_outcomes(), draw_columns(), np.random.default_rng(5).uniform(0.1, 1e4, (M, N))
    ),
    "two levels": (draw_outcomes(levels=2), draw_columns(), None),
    "levels far from zero": (draw_outcomes() * 3 - 500, draw_columns(), None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_replicate_is_the_single_fit(name: str) -> None:
    y, x, weights = CASES[name]
    batch = fit_proportional_odds_batch(y, x, weights=weights)
    assert not batch.problems
    require_singles(batch, y, x, weights)


def test_levels_may_differ_between_replicates() -> None:
    """Some lack an inner level, some an end; each is fitted with what it has."""
    y = draw_outcomes(levels=7)
    y[1][y[1] == 3] = 2
    y[4][y[4] == 6] = 5
    y[5][y[5] == 0] = 1
    y[7] += 10
    batch = fit_proportional_odds_batch(y, draw_columns())
    assert batch.levels == (*range(7), *range(10, 17))
    assert not batch.problems
    require_singles(batch, y, draw_columns())


def test_a_replicate_without_a_fit_says_why_and_disturbs_nobody() -> None:
    y, x = draw_outcomes().astype(float), draw_columns(m=M)
    clean = fit_proportional_odds_batch(y, x)
    y[0] = 2
    y[2, 5] = np.nan
    y[3, 5] = 1.5
    x[4, :, 0] = y[4] > 2
    x[6, :, 1] = 3 * x[6, :, 0]
    x[7, :, 1] = 4.0
    x[8, 3, 0] = np.inf
    batch = fit_proportional_odds_batch(y, x)
    assert sorted(batch.problems) == [0, 2, 3, 4, 6, 7, 8]
    assert "separation along column [0]" in str(batch.problems[4])
    require_singles(batch, y, x)
    kept = [1, 5, 9, 10, 11]
    assert np.array_equal(batch.beta[kept], clean.beta[kept])
    assert np.array_equal(batch.theta[kept], clean.theta[kept])


def test_without_columns_there_are_cut_points() -> None:
    batch = fit_proportional_odds_batch(draw_outcomes(), np.empty((N, 0)))
    assert batch.beta.shape == (M, 0)
    share = np.mean(draw_outcomes()[3] <= 1)
    assert batch.theta[3, 1] == pytest.approx(np.log(share / (1 - share)), rel=1e-12)


@pytest.mark.parametrize("stacked", [False, True])
def test_workers_chunks_and_order_change_no_bit(
    stacked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    y, x = draw_outcomes(), draw_columns(m=M if stacked else None)
    whole = fit_proportional_odds_batch(y, x)
    order = np.random.default_rng(0).permutation(M)
    shuffled = fit_proportional_odds_batch(y[order], x[order] if stacked else x)
    assert_same_bits(whole, shuffled, order)
    monkeypatch.setattr(batch_inputs, "VALUES_AT_ONCE", 3 * N)
    for workers in (1, 2, 3):
        assert_same_bits(whole, fit_proportional_odds_batch(y, x, workers=workers))


def test_the_input_is_not_changed() -> None:
    y, x, weights = draw_outcomes(), draw_columns(m=M), np.ones((M, N))
    copies = y.copy(), x.copy(), weights.copy()
    fit_proportional_odds_batch(y, x, weights=weights)
    for given, copy in zip((y, x, weights), copies, strict=True):
        assert np.array_equal(given, copy)


BAD = {
    "nothing stacked": ((draw_outcomes()[0], draw_columns()), {}, "row for each replicate"),
    "rows differ": ((draw_outcomes(), draw_columns()[1:]), {}, "numbers of rows must be the same"),
    "replicates differ": ((draw_outcomes(), draw_columns(m=3)), {}, "numbers of replicates"),
    "four axes": ((draw_outcomes(), draw_columns()[None, None]), {}, "x has 4 axes"),
    "text": ((draw_outcomes().astype(str), draw_columns()), {}, "y must hold numbers"),
    "ragged": (([[1, 2], [1]], draw_columns()), {}, "y must be a rectangular array"),
    "shared nan": ((draw_outcomes(), np.full((N, 1), np.nan)), {}, "x holds NaN"),
    "shared constant": ((draw_outcomes(), np.ones((N, 1))), {}, r"constant column \[0\]"),
    "shared text": ((np.full(N, "a"), draw_columns(m=3)), {}, "y must hold numbers"),
    "shared half": ((np.full(N, 0.5), draw_columns(m=3)), {}, "integer levels"),
    "weights": ((draw_outcomes(), draw_columns()), {"weights": np.zeros(N)}, "positive"),
    "workers": ((draw_outcomes(), draw_columns()), {"workers": 0}, "workers must be a whole"),
    "half workers": ((draw_outcomes(), draw_columns()), {"workers": 1.5}, "workers must be"),
    "many columns": ((draw_outcomes(), np.ones((N, N))), {}, "90 columns for 90 rows"),
    "far levels": (
        (draw_outcomes() + 2000 * np.arange(M)[:, None], draw_columns()), {}, "than 1000 levels"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_faults_of_the_batch(name: str) -> None:
    arguments, options, message = BAD[name]
    with pytest.raises(EstimationError, match=message):
        fit_proportional_odds_batch(*arguments, **options)


def test_a_batch_of_one_level_only() -> None:
    batch = fit_proportional_odds_batch(np.ones((3, N)), draw_columns())
    assert batch.levels == (1,)
    assert batch.theta.shape == (3, 0)
    assert set(batch.problems) == {0, 1, 2}
