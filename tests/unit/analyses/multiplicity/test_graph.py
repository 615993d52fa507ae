"""The graphical procedure against calculations by hand, and against the whole closed test."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.analyses.multiplicity.graph import Graph, apply_graph
from analysis.errors import EstimationError

ALPHA = 0.05
ANSWER = 1e-11
"""Relative: adjusted p-values have 12 digits."""

HOLM = Graph((1 / 3,) * 3, ((0.0, 0.5, 0.5), (0.5, 0.0, 0.5), (0.5, 0.5, 0.0)))
SEQUENCE = Graph((1.0, 0.0, 0.0), ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0)))
BONFERRONI = Graph((0.5, 0.5), ((0.0, 0.0), (0.0, 0.0)))
TWO_DOSES = Graph(
    (0.5, 0.5, 0.0, 0.0),
    ((0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)),
)
"""Figure 1 of Bretz et al. 2011, Biom J 53:894: two doses, a primary and a secondary outcome."""
SUCCESSIVE = Graph(
    (0.5, 0.5, 0.0, 0.0),
    ((0.0, 0.5, 0.5, 0.0), (0.5, 0.0, 0.0, 0.5), (0.0, 1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)),
)
"""The same, but a rejected primary gives one half to the other primary first."""

BY_HAND = [
    # Holm: 3 x 0.01; 2 x 0.02; max(0.04, 1 x 0.03)
    (HOLM, (0.01, 0.02, 0.03), (0.03, 0.04, 0.04), (1 / 3, 1 / 2, 1.0)),
    # the second is not below alpha, so that the third is not tested
    (SEQUENCE, (0.01, 0.06, 0.001), (0.01, 0.06, 0.06), (1.0, 1.0, 0.0)),
    (SEQUENCE, (0.2, 0.001, 0.001), (0.2, 0.2, 0.2), (1.0, 0.0, 0.0)),
    (BONFERRONI, (0.02, 0.04), (0.04, 0.08), (0.5, 0.5)),
    (BONFERRONI, (0.6, 0.7), (1.0, 1.0), (0.5, 0.5)),
    # 0.01 / 0.5; its alpha goes to the third; 0.02 / 0.5; to the fourth; 0.03 / 0.5; at last the
    # fourth alone, 0.05 / 1, but no less than 0.06
    (TWO_DOSES, (0.01, 0.02, 0.03, 0.05), (0.02, 0.04, 0.06, 0.06), (0.5, 0.5, 0.5, 0.5)),
    # 0.01 / 0.5; then weights 0.75 and 0.25 of the second and third. The edge of the second to the
    # third: (0 + 0.5 x 0.5) / (1 - 0.5 x 0.5) = 1/3, to the fourth 0.5 / 0.75 = 2/3. 0.015 / 0.75;
    # then 0.5 and 0.5 of the last two: 0.02 / 0.5; at last the fourth alone
    (SUCCESSIVE, (0.01, 0.015, 0.02, 0.045), (0.02, 0.02, 0.04, 0.045), (0.5, 0.75, 0.5, 1.0)),
]


@pytest.mark.parametrize(("graph", "p_values", "adjusted", "weights"), BY_HAND)
def test_by_hand(
    graph: Graph, p_values: tuple[float, ...], adjusted: tuple[float, ...],
    weights: tuple[float, ...],
) -> None:  # fmt: skip
    found = apply_graph(p_values, graph, ALPHA)
    assert [one.adjusted_p for one in found] == pytest.approx(adjusted, rel=ANSWER)
    assert [one.weight for one in found] == pytest.approx(weights, rel=ANSWER)
    assert [one.is_rejected for one in found] == [value < ALPHA for value in adjusted]


def weigh(graph: Graph, kept: tuple[int, ...]) -> NDArray[np.float64]:
    """The weights of an intersection: alpha flows as a Markov chain until it meets one kept.

    w_kept + w_gone (1 - G_gone,gone)^-1 G_gone,kept: no step of the procedure's own algorithm.
    """
    weights, edges = np.array(graph.weights), np.array(graph.transitions)
    gone = [one for one in range(len(weights)) if one not in kept]
    flow = np.eye(len(gone)) - edges[np.ix_(gone, gone)]
    arrived = weights[gone] @ np.linalg.solve(flow, edges[np.ix_(gone, kept)])
    return np.asarray(weights[list(kept)] + arrived, dtype=np.float64)


def close_test(graph: Graph, p_values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The adjusted p-values of the closed test: of every intersection, weighted Bonferroni."""
    size = len(p_values)
    adjusted = np.zeros(size)
    for count in range(1, size + 1):
        for kept in combinations(range(size), count):
            weights = weigh(graph, kept)
            with np.errstate(divide="ignore"):
                smallest = min(1.0, float(np.min(p_values[list(kept)] / weights)))
            adjusted[list(kept)] = np.maximum(adjusted[list(kept)], smallest)
    return adjusted


def draw_graph(rng: np.random.Generator, size: int, zeros: float) -> Graph:
    """Random shares, some of them 0, that leave a little of alpha at every step."""
    edges = rng.random((size, size)) * (rng.random((size, size)) >= zeros)
    np.fill_diagonal(edges, 0.0)
    edges *= 0.98 / np.maximum(edges.sum(axis=1, keepdims=True), 1e-3)
    weights = rng.random(size) * (rng.random(size) >= zeros)
    weights /= max(weights.sum(), 1e-3)
    return Graph(tuple(weights.tolist()), tuple(map(tuple, edges.tolist())))


@pytest.mark.parametrize("zeros", [0.0, 0.5])
@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_shortcut_is_the_closed_test(size: int, zeros: float) -> None:
    rng = np.random.default_rng(size)
    rejected = 0
    for _ in range(60):
        graph, p_values = draw_graph(rng, size, zeros), rng.beta(0.3, 3.0, size)
        found = apply_graph(p_values.tolist(), graph, ALPHA)
        expected = close_test(graph, p_values)
        assert [one.adjusted_p for one in found] == pytest.approx(expected, rel=1e-9)
        assert [one.is_rejected for one in found] == [bool(p < ALPHA) for p in expected]
        rejected += sum(one.is_rejected for one in found)
    assert 0 < rejected < 60 * size


@pytest.mark.parametrize("graph", [HOLM, SEQUENCE, TWO_DOSES, SUCCESSIVE])
def test_what_is_rejected_had_a_p_value_below_its_share(graph: Graph) -> None:
    rng = np.random.default_rng(3)
    for p_values in rng.beta(0.3, 3.0, (100, len(graph.weights))):
        for one, p_value in zip(
            apply_graph(p_values.tolist(), graph, ALPHA), p_values, strict=True
        ):
            assert one.is_rejected == (p_value < one.weight * ALPHA)


def test_the_order_of_the_hypotheses_does_not_matter() -> None:
    order = (2, 0, 3, 1)
    turned = Graph(
        tuple(SUCCESSIVE.weights[one] for one in order),
        tuple(tuple(SUCCESSIVE.transitions[one][other] for other in order) for one in order),
    )
    p_values = (0.02, 0.01, 0.03, 0.004)
    plain = apply_graph(p_values, SUCCESSIVE, ALPHA)
    found = apply_graph([p_values[one] for one in order], turned, ALPHA)
    assert list(found) == [plain[one] for one in order]


def test_exactly_alpha_is_not_below_it() -> None:
    graph = Graph((0.1, 0.9), ((0.0, 0.0), (0.0, 0.0)))
    assert apply_graph((0.005, 0.9), graph, ALPHA)[0].adjusted_p == ALPHA
    assert not apply_graph((0.005, 0.9), graph, ALPHA)[0].is_rejected


@pytest.mark.parametrize("p_values", [(0.1,), (0.1, 1.2), (0.1, float("nan")), (-0.1, 0.2)])
def test_strange_p_values_are_refused(p_values: tuple[float, ...]) -> None:
    with pytest.raises(EstimationError, match="p-values"):
        apply_graph(p_values, BONFERRONI, ALPHA)
