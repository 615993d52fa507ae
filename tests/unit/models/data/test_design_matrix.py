"""The uncorrelated form of the columns, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.data.design_matrix import COLLINEAR, build_basis

N = 50


@pytest.fixture
def columns() -> np.ndarray:
    """Correlated columns of very different place and scale."""
    x = np.random.default_rng(1).normal(size=(N, 3))
    x[:, 2] += 3 * x[:, 0]
    return x * [1.0, 1e8, 1e-8] + [0.0, 1e9, -1.0]


def test_scores_are_uncorrelated_with_variance_one(columns: np.ndarray) -> None:
    scores = build_basis(columns).scores
    np.testing.assert_allclose(scores.T @ scores / N, np.eye(3), atol=1e-14)
    np.testing.assert_allclose(scores.mean(axis=0), 0.0, atol=1e-7)  # -1 + 1e-8 z has 8 digits of z


def test_scores_make_up_the_columns(columns: np.ndarray) -> None:
    basis = build_basis(columns)
    made_up = basis.centre + (basis.scores @ basis.triangle) * basis.scale
    np.testing.assert_allclose(made_up / basis.scale, columns / basis.scale, rtol=1e-14, atol=1e-14)


def test_effects_are_carried_back(columns: np.ndarray) -> None:
    """theta + score'gamma of the scores must be theta + x'beta of the columns."""
    basis = build_basis(columns)
    theta, gamma = np.array([-1.0, 2.0]), np.array([0.5, -0.3, 1.2])
    back = basis.back_transform(2) @ np.concatenate([theta, gamma])
    of_columns = back[:2] + (columns @ back[2:])[:, None]
    of_scores = theta + (basis.scores @ gamma)[:, None]
    np.testing.assert_allclose(of_columns, of_scores, atol=1e-6)  # sizes of 1e8 cancel in it


def test_no_columns_are_a_basis_too() -> None:
    basis = build_basis(np.empty((N, 0)))
    assert basis.scores.shape == (N, 0)
    np.testing.assert_array_equal(basis.back_transform(2), np.eye(2))


def replace_column(columns: np.ndarray, j: int, values: np.ndarray) -> np.ndarray:
    changed = columns.copy()
    changed[:, j] = values
    return changed


@pytest.mark.parametrize("value", [0.0, 5.0, -1e90, 1e-90])
def test_a_constant_column_is_named(columns: np.ndarray, value: float) -> None:
    with pytest.raises(EstimationError, match=r"^constant column \[1\]$"):
        build_basis(replace_column(columns, 1, np.full(N, value)))


def test_every_constant_column_is_named(columns: np.ndarray) -> None:
    columns[:, [0, 2]] = 7.0
    with pytest.raises(EstimationError, match=r"constant column \[0, 2\]"):
        build_basis(columns)


@pytest.mark.parametrize("share", [0.0, COLLINEAR / 10])
def test_a_column_that_earlier_ones_make_up_is_named(columns: np.ndarray, share: float) -> None:
    noise = share * np.random.default_rng(2).normal(size=N)
    made_up = 3 * columns[:, 0] + 1e-8 * columns[:, 1] + noise
    with pytest.raises(EstimationError, match=r"^collinear column \[2\]$"):
        build_basis(replace_column(columns, 2, made_up))


def test_all_categories_of_a_factor_are_collinear_with_the_cut_points() -> None:
    level = np.arange(N) % 3
    with pytest.raises(EstimationError, match=r"collinear column \[2\]"):
        build_basis((level[:, None] == np.arange(3)).astype(float))


def test_as_many_columns_as_rows_are_refused() -> None:
    with pytest.raises(EstimationError, match="5 columns for 5 rows"):
        build_basis(np.random.default_rng(3).normal(size=(5, 5)))


def test_a_column_that_hardly_varies_is_named(columns: np.ndarray) -> None:
    with pytest.raises(EstimationError, match=r"column \[0\] varies by less than 1e-100"):
        build_basis(replace_column(columns, 0, 1e-120 * columns[:, 0]))
