"""Pseudo-rows against separation, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.models.imputation.conditional_models import augment
from analysis.models.proportional_odds.fit import fit_proportional_odds

EXACT = 1e-15


def test_pseudo_rows_by_hand() -> None:
    """One column with mean 2 and standard deviation 2, three levels: 6 rows at 2 +- 1, weight 2."""
    y, x = np.array([0.0, 1.0, 2.0]), np.array([[0.0], [2.0], [4.0]])
    rows = augment(y, x)
    pseudo = {(level, float(value)) for level, value in zip(rows.y[3:], rows.x[3:, 0], strict=True)}
    assert pseudo == {(level, value) for level in (0.0, 1.0, 2.0) for value in (1.0, 3.0)}
    assert rows.y[:3].tolist() == y.tolist()
    assert rows.weights.tolist() == pytest.approx([1.0] * 3 + [2 / 6] * 6, rel=EXACT)


def test_one_column_moves_at_a_time() -> None:
    rng = np.random.default_rng(3)
    y, x = np.arange(20.0) % 4, rng.normal(size=(20, 3))
    rows = augment(y, x)
    moved = np.abs(rows.x[20:] - x.mean(axis=0)) > EXACT
    assert len(moved) == 2 * 3 * 4
    assert (moved.sum(axis=1) == 1).all()
    assert rows.weights[20:].sum() == pytest.approx(3 + 1, rel=1e-12)


def test_pseudo_rows_stay_inside_the_range() -> None:
    """Without the limit, the rare column would reach below 0."""
    rare = np.append(np.zeros(19), 1.0)[:, None]
    assert augment(np.arange(20.0) % 2, rare).x.min() == 0.0


def test_separated_levels_can_be_fitted() -> None:
    y = np.repeat([0.0, 1.0, 2.0], 10)
    rows = augment(y, (y > 0)[:, None].astype(float))
    fit = fit_proportional_odds(rows.y, rows.x, weights=rows.weights)
    assert fit.beta[0] < -1.0
    assert np.isfinite(fit.beta_errors[0])
