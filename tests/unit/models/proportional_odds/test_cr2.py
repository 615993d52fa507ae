"""CR2: what it must not depend on, where it must end, and what has no CR2 (docs/methods.md)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import stdtr, stdtrit

from analysis.errors import EstimationError
from analysis.models.proportional_odds.cr2 import BiasReducedEffect, estimate_bias_reduced
from analysis.models.proportional_odds.fit import fit_proportional_odds

SAME = 1e-8
"""Relative: the columns enter through a square root of their covariance, which halves no digits."""
N = 240


def draw(seed: int = 1, sites: int = 12) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Levels 0 to 4, two columns (arm, age) and sites that shift the levels."""
    rng = np.random.default_rng(seed)
    site = rng.integers(0, sites, N)
    x = np.column_stack([rng.integers(0, 2, N), rng.normal(65, 10, N)])
    latent = 0.05 * (x[:, 1] - 65) - 0.5 * x[:, 0] + rng.normal(0, 0.6, sites)[site]
    return np.searchsorted([-1.5, -0.5, 0.5, 1.5], latent + rng.logistic(size=N)), x, site


def reduce(y: np.ndarray, x: np.ndarray, site: np.ndarray, column: int = 0) -> BiasReducedEffect:
    return estimate_bias_reduced(fit_proportional_odds(y, x, clusters=site), column)


def assert_same(found: BiasReducedEffect, expected: BiasReducedEffect, unit: float = 1.0) -> None:
    assert found.standard_error * unit == pytest.approx(expected.standard_error, rel=SAME)
    assert found.degrees_of_freedom == pytest.approx(expected.degrees_of_freedom, rel=SAME)


def test_row_order_and_names_of_sites_do_not_matter() -> None:
    y, x, site = draw()
    order = np.random.default_rng(2).permutation(N)
    names = np.array([f"site {i}" for i in site])
    assert_same(reduce(y[order], x[order], names[order]), reduce(y, x, site))


def test_units_and_origin_of_columns_do_not_matter() -> None:
    y, x, site = draw()
    moved = np.column_stack([x[:, 0], (x[:, 1] - 40) * 365.25])
    assert_same(reduce(y, moved, site), reduce(y, x, site))
    assert_same(reduce(y, moved, site, 1), reduce(y, x, site, 1), unit=365.25)


def test_the_other_end_of_the_scale_gives_the_same_error() -> None:
    """Reversed levels turn every indicator of Y <= j into one of Y > j."""
    y, x, site = draw()
    turned, expected = reduce(4 - y, x, site), reduce(y, x, site)
    assert turned.estimate == pytest.approx(-expected.estimate, rel=SAME)
    assert_same(turned, expected)


def test_many_sites_leave_nothing_to_reduce() -> None:
    """With one row a site the sandwich is that of independent rows: the correction is of the order
    of the number of parameters over the rows."""
    y, x, _ = draw()
    each = np.arange(N)
    fit = fit_proportional_odds(y, x, clusters=each)
    sandwich = float(np.sqrt(fit.covariance_robust[4, 4]))
    found = estimate_bias_reduced(fit, 0)
    assert sandwich < found.standard_error < sandwich * (1 + 6 / N)
    assert found.clusters == N
    assert found.degrees_of_freedom > 0.8 * N


@pytest.mark.parametrize("sites", [3, 6, 12])
def test_few_sites_widen_it_and_leave_fewer_degrees_of_freedom_than_sites(sites: int) -> None:
    y, x, site = draw(seed=3, sites=sites)
    fit = fit_proportional_odds(y, x, clusters=site)
    found = estimate_bias_reduced(fit, 0)
    assert found.standard_error > float(np.sqrt(fit.covariance_robust[4, 4]))
    assert 1.0 < found.degrees_of_freedom < sites


def test_a_column_of_one_site_alone_has_a_residual_of_0_there() -> None:
    """Its effect is determined by that site: a pseudo-inverse, not an endless correction."""
    y, x, site = draw()
    own = np.column_stack([x, site == 4])
    found = reduce(y, own, site)
    assert found.standard_error == pytest.approx(reduce(y, x, site).standard_error, rel=0.1)


def test_the_interval_is_that_of_t() -> None:
    y, x, site = draw()
    found = reduce(y, x, site)
    interval = found.interval(0.1)
    half = stdtrit(found.degrees_of_freedom, 0.95) * found.standard_error
    assert (interval.low, interval.high) == pytest.approx(
        (found.estimate - half, found.estimate + half)
    )
    ratio = abs(found.estimate / found.standard_error)
    assert interval.p_value == pytest.approx(2 * stdtr(found.degrees_of_freedom, -ratio))


def test_a_fit_of_another_kind_has_none() -> None:
    y, x, site = draw()
    with pytest.raises(EstimationError, match="no clusters"):
        estimate_bias_reduced(fit_proportional_odds(y, x), 0)
    ones = np.ones(N)
    for fit in (
        fit_proportional_odds(y, x, clusters=site, weights=2 * ones),
        fit_proportional_odds(y, x, clusters=site, offset=ones),
    ):
        with pytest.raises(EstimationError, match="without weights or offset"):
            estimate_bias_reduced(fit, 0)
    with pytest.raises(EstimationError, match="not one of the columns 0 to 1"):
        reduce(y, x, site, 2)
