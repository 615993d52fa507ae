"""Nodes and weights of the quadrature, against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.random_intercept.quadrature import MOST_NODES, gauss_hermite, read_nodes

ROUNDING = 1e-12
"""Relative; the nodes of the largest rules are within 1e-14."""


def integrate_normal(nodes: int, power: int, spread: float = 1.0) -> float:
    """Mean of z^power, z normal with mean 0 and this standard deviation, by the rule."""
    rule = gauss_hermite(nodes)
    density = np.exp(-0.5 * rule.offsets**2) / np.sqrt(2 * np.pi) / spread
    values = density * (rule.offsets * spread) ** power
    return float(spread * np.sum(np.exp(rule.log_weights) * values))


def test_one_node_is_laplace() -> None:
    """Integral = spread * sqrt(2 pi) * value at the mode."""
    rule = gauss_hermite(1)
    assert rule.offsets.tolist() == [0.0]
    assert np.exp(rule.log_weights[0]) == pytest.approx(np.sqrt(2 * np.pi), rel=ROUNDING)


def test_three_nodes_by_hand() -> None:
    """For the standard normal: 0 and +- root 3 with probabilities 2/3 and 1/6."""
    rule = gauss_hermite(3)
    assert rule.offsets == pytest.approx([-np.sqrt(3), 0, np.sqrt(3)], rel=0, abs=ROUNDING)
    shares = np.exp(rule.log_weights - rule.offsets**2 / 2) / np.sqrt(2 * np.pi)
    assert shares == pytest.approx([1 / 6, 2 / 3, 1 / 6], rel=ROUNDING)


@pytest.mark.parametrize("nodes", [5, 15, 16, 100, MOST_NODES, 2 * MOST_NODES + 1])
def test_moments_of_the_normal(nodes: int) -> None:
    moments = [integrate_normal(nodes, power) for power in (0, 2, 4, 8)]
    assert moments == pytest.approx([1, 1, 3, 105], rel=ROUNDING)


@pytest.mark.parametrize("nodes", [2, 7, 15])
def test_exact_below_twice_the_nodes(nodes: int) -> None:
    """The moment of order 2 n - 2 is exact, that of 2 n is not."""
    moment = np.prod(np.arange(1.0, 2 * nodes - 2, 2))  # 1 * 3 * 5 ...
    assert integrate_normal(nodes, 2 * nodes - 2) == pytest.approx(moment, rel=ROUNDING)
    assert integrate_normal(nodes, 2 * nodes) < (1 - 1e-6) * moment * (2 * nodes - 1)


def test_a_narrow_density() -> None:
    assert integrate_normal(15, 2, spread=0.1) == pytest.approx(0.01, rel=ROUNDING)


@pytest.mark.parametrize("nodes", [0, -1, MOST_NODES + 1, True, 2.0, "15", None])
def test_anything_but_a_number_of_nodes_is_refused(nodes: object) -> None:
    with pytest.raises(EstimationError, match="number of nodes"):
        read_nodes(nodes)  # type: ignore[arg-type]


def test_integers_of_numpy_are_numbers_of_nodes() -> None:
    assert read_nodes(np.int64(7)) == 7
    assert read_nodes(MOST_NODES) == MOST_NODES
