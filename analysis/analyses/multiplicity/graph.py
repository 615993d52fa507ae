"""Sequentially rejective tests by a graph: the Bonferroni-based shortcut of Bretz et al.

Bretz, Maurer, Brannath & Posch 2009, Stat Med 28:586-604: algorithm 1 (rejections, and how the
graph changes) and algorithm 2 (adjusted p-values). A fixed sequence, gatekeeping and the procedures
of Bonferroni and Holm are graphs too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.errors import EstimationError
from analysis.io.result import SIGNIFICANT_DIGITS


@dataclass(frozen=True)
class Graph:
    """``weights`` (m,): share of alpha of each hypothesis. ``transitions`` (m, m): where it goes.

    A row holds the shares of its hypothesis's alpha that go to the others once it is rejected.
    """

    weights: tuple[float, ...]
    transitions: tuple[tuple[float, ...], ...]

    def without(self, rejected: int) -> "Graph":
        """Return the graph once a hypothesis is rejected, which then has neither weight nor edge.

        >>> Graph((0.5, 0.5), ((0.0, 1.0), (1.0, 0.0))).without(0).weights
        (0.0, 1.0)
        """
        others = [number for number in range(len(self.weights)) if number != rejected]
        gone, row = self.weights[rejected], self.transitions[rejected]
        weights = [0.0] * len(self.weights)
        transitions = [[0.0] * len(self.weights) for _ in self.weights]
        for one in others:
            weights[one] = self.weights[one] + gone * row[one]
            for other in others:
                transitions[one][other] = self._bypass(rejected, one, other)
        return Graph(tuple(weights), tuple(map(tuple, transitions)))

    def _bypass(self, rejected: int, one: int, other: int) -> float:
        """The edge from one hypothesis to another, once the way through the rejected is closed."""
        through, back = self.transitions[one][rejected], self.transitions[rejected]
        circle = through * back[one]
        if one == other or circle >= 1.0:
            return 0.0
        return (self.transitions[one][other] + through * back[other]) / (1.0 - circle)


@dataclass(frozen=True)
class GraphTest:
    """What the procedure says of one hypothesis.

    ``adjusted_p``: at most 1; the hypothesis is rejected at every alpha above it. ``weight``: share
    of alpha at which it was tested last, 0 if it was not.
    """

    adjusted_p: float
    weight: float
    is_rejected: bool


def apply_graph(p_values: Sequence[float], graph: Graph, alpha: float) -> tuple[GraphTest, ...]:
    """Return what the procedure says of each hypothesis, in their order.

    ``p_values`` (m,): unadjusted, 1 for one that cannot be tested. A hypothesis is rejected if its
    adjusted p-value is below ``alpha``, as everywhere in the plan. Raises EstimationError unless
    every p-value lies between 0 and 1 and there are as many as weights.

    >>> holm = Graph((0.5, 0.5), ((0.0, 1.0), (1.0, 0.0)))
    >>> [test.adjusted_p for test in apply_graph([0.04, 0.01], holm, alpha=0.05)]
    [0.04, 0.02]
    """
    _require(p_values, graph)
    left, smallest = list(range(len(p_values))), 0.0
    adjusted, tested = dict.fromkeys(left, 1.0), dict.fromkeys(left, 0.0)
    while left:
        shares = {one: _divide(p_values[one], graph.weights[one]) for one in left}
        chosen = min(left, key=shares.__getitem__)
        if smallest < alpha:  # all before are rejected: those left are tested
            tested |= {one: graph.weights[one] for one in left}
        smallest = adjusted[chosen] = max(smallest, shares[chosen])
        left.remove(chosen)
        graph = graph.without(chosen)
    return tuple(
        GraphTest(adjusted[one], tested[one], adjusted[one] < alpha) for one in range(len(p_values))
    )


def _divide(p_value: float, weight: float) -> float:
    """The least alpha at which a share of it is not below p: at most 1, 1 without a share."""
    if p_value >= weight:
        return 1.0
    return float(f"{p_value / weight:.{SIGNIFICANT_DIGITS - 1}e}")


def _require(p_values: Sequence[float], graph: Graph) -> None:
    if len(p_values) != len(graph.weights):
        raise EstimationError(f"{len(p_values)} p-values for {len(graph.weights)} hypotheses")
    strange = [value for value in p_values if not 0.0 <= value <= 1.0]
    if strange:
        raise EstimationError(f"p-values lie between 0 and 1, not {strange[0]}")
