"""Separation: which data have no finite estimate, and which column is to blame."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.numerics.separation import require_no_separation
from analysis.models.proportional_odds.fit import fit_proportional_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample

SMALL, TRIAL, LARGE = 40, 1060, 5000


def add_column(sample: Sample, column: np.ndarray) -> np.ndarray:
    return np.column_stack([sample.x, column])


def mark(sample: Sample, level: int, count: int) -> np.ndarray:
    """A binary column that only ``count`` rows have, all of one level."""
    column = np.zeros(len(sample.y))
    column[np.flatnonzero(sample.y == level)[:count]] = 1.0
    return column


@pytest.mark.parametrize("n", [SMALL, TRIAL, LARGE])
@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("level", [0, 4])
def test_a_rare_category_at_one_end_only_has_no_estimate(n: int, count: int, level: int) -> None:
    """Its odds ratio is infinite; in units of its small spread it looks modest."""
    sample = draw_sample(n=n)
    with pytest.raises(EstimationError, match=r"^separation along column \[2\]: no finite"):
        fit_proportional_odds(sample.y, add_column(sample, mark(sample, level, count)))


@pytest.mark.parametrize("n", [SMALL, TRIAL])
def test_a_rare_category_in_the_middle_has_an_estimate(n: int) -> None:
    sample = draw_sample(n=n)
    fit = fit_proportional_odds(sample.y, add_column(sample, mark(sample, 2, 1)))
    assert abs(fit.beta[2]) < 2
    assert 1 < fit.beta_errors[2] < 3


@pytest.mark.parametrize("scale", [1e-50, 1.0, -1e50])
def test_a_column_that_orders_the_levels_separates_completely(scale: float) -> None:
    sample = draw_sample(n=TRIAL)
    ordering = sample.y + np.linspace(0, 0.9, TRIAL)
    with pytest.raises(EstimationError, match=r"separation along column \[2\]"):
        fit_proportional_odds(sample.y, add_column(sample, scale * ordering))


def test_touching_levels_separate_too() -> None:
    """Levels share the values at which they meet: the estimate is infinite all the same."""
    x = np.array([0.0, 1, 2, 2, 3, 4, 4, 5, 6])
    y = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])
    with pytest.raises(EstimationError, match=r"separation along column \[0\]"):
        fit_proportional_odds(y, x[:, None])


def test_one_row_beyond_its_neighbour_gives_an_estimate() -> None:
    x = np.array([0.0, 1, 2, 3, 2.9, 4, 4, 5, 6])
    y = np.array([0, 0, 0, 0, 1, 1, 2, 2, 2])
    x[7], y[7] = 3.5, 2  # now the second pair of levels overlaps as well
    assert np.isfinite(fit_proportional_odds(y, x[:, None]).beta[0])


def test_an_arm_with_one_outcome_alone_is_separated() -> None:
    y, arm = np.repeat([0, 1, 2, 2], 10), np.repeat([0.0, 0.0, 0.0, 1.0], 10)
    with pytest.raises(EstimationError, match=r"separation along column \[0\]"):
        fit_proportional_odds(y, arm[:, None])


def test_an_arm_without_a_level_is_not() -> None:
    y, arm = np.repeat([0, 1, 2, 0, 2], 10), np.repeat([0.0, 0, 0, 1, 1], 10)
    assert fit_proportional_odds(y, arm[:, None]).beta[0] == pytest.approx(0.0, abs=1e-8)


def test_columns_that_separate_only_together_are_both_named() -> None:
    """Neither x1 nor x2 orders the two levels, x1 + x2 does."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(TRIAL, 3))
    y = (x[:, 0] + x[:, 2] > 0).astype(int)
    with pytest.raises(EstimationError, match=r"separation along column \[0(, 1)?, 2\]"):
        fit_proportional_odds(y, x)


def test_every_column_that_separates_alone_is_named() -> None:
    sample = draw_sample(n=TRIAL)
    x = np.column_stack([sample.x, mark(sample, 0, 3), mark(sample, 4, 3)])
    with pytest.raises(EstimationError, match=r"separation along column \[2, 3\]"):
        fit_proportional_odds(sample.y, x)


def test_more_parameters_than_rows_separate() -> None:
    sample = draw_sample(n=12, p=8, levels=5)
    with pytest.raises(EstimationError, match="separation along column"):
        fit_proportional_odds(sample.y, sample.x)


def test_weights_do_not_hide_separation() -> None:
    sample = draw_sample(n=TRIAL)
    rare = mark(sample, 0, 2)
    with pytest.raises(EstimationError, match=r"separation along column \[2\]"):
        fit_proportional_odds(
            sample.y, add_column(sample, rare), weights=np.where(rare > 0, 1e-6, 1.0)
        )


@pytest.mark.parametrize("effect", [5.0, 20.0, 60.0])
def test_a_strong_effect_is_not_separation(effect: float) -> None:
    """Odds ratios up to e^60, estimated from the rows near the cut points."""
    sample = draw_sample(n=3000, effect=effect)
    fit = fit_proportional_odds(sample.y, sample.x)
    np.testing.assert_allclose(fit.beta, effect, atol=4 * fit.beta_errors.max())
    assert fit.beta_errors.max() < effect / 5


def test_data_that_are_not_separated_pass() -> None:
    sample = draw_sample()
    require_no_separation(sample.y, sample.x)
