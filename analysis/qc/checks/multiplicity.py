"""Key secondary outcomes tested behind the confirmatory analysis, by the closed test (SAP 1.3).

The p-values are those that the table of all results holds for the analyses that the plan names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.config import Plan
from analysis.qc.engine import EngineNumbers
from analysis.qc.formulas.closed_test import MOST, Vector, close_test, weigh_intersection
from analysis.qc.recomputed import COUNT, FORMULA, TOO_MANY_HYPOTHESES, Recomputed, assign, without

METHOD = "closed test of all intersections, weighted Bonferroni; weights by where alpha flows"
NO_P = "the analysis has no p-value"
DIGITS = 12


@dataclass(frozen=True)
class _Graph:
    weights: Vector
    edges: Vector


def check_multiplicity(engine: EngineNumbers, plan: Plan) -> Iterator[Recomputed]:
    """Yield p-value, adjusted p-value, and what was tested and rejected, of every hypothesis."""
    if not plan.inference.testing.outcomes:
        return
    sets = {_find_gate(engine, plan): plan.primary.population}
    sets |= dict.fromkeys(plan.inference.testing.outcomes, plan.secondary.population)
    texts = [engine.texts.get((name, population, "", "", "p_value"), "")
             for name, population in sets.items()]  # fmt: skip
    numbers = _close(texts, _draw_graph(plan), plan.inference.alpha)
    for (name, population), own in zip(sets.items(), numbers, strict=True):
        yield from assign(
            own, METHOD, analysis_id="multiplicity", population=population, level=name
        )


def _find_gate(engine: EngineNumbers, plan: Plan) -> str:
    """The confirmatory analysis: the one that is marked, where the plan allows another."""
    marked = [
        key[0]
        for key, text in engine.texts.items()
        if key[4] == "confirmatory" and key[1] == plan.primary.population and text == "1"
    ]
    return marked[0] if marked else "primary"


def _draw_graph(plan: Plan) -> _Graph:
    testing = plan.inference.testing
    size = len(testing.outcomes) + 1
    edges = np.zeros((size, size))
    if testing.procedure == "fixed_sequence":
        edges[np.arange(size - 1), np.arange(1, size)] = 1.0
    else:
        edges[0, 1:] = testing.weights
        edges[1:, 1:] = testing.transitions
    return _Graph(np.eye(size)[0], edges)


def _close(texts: Sequence[str], graph: _Graph, alpha: float) -> list[list[Recomputed]]:
    p_values = np.array([float(text) if text else 1.0 for text in texts])
    if len(texts) > MOST:
        return [without(("p_value_adjusted", "rejected"), TOO_MANY_HYPOTHESES) for _ in texts]
    adjusted = [float(f"{p:.{DIGITS}g}") for p in close_test(p_values, *vars(graph).values())]
    left = [number for number, p in enumerate(adjusted) if p >= alpha]
    weights = weigh_intersection(graph.weights, graph.edges, left)
    reached = dict(zip(left, weights, strict=True))
    return [
        _describe(text, p, p < alpha, number not in reached or reached[number] > 0.0)
        for number, (text, p) in enumerate(zip(texts, adjusted, strict=True))
    ]


def _describe(text: str, p_value: float, rejected: bool, reached: bool) -> list[Recomputed]:
    values: Mapping[str, float | None] = {
        "p_value": float(text) if text else None,
        "p_value_adjusted": p_value if text else None,
    }
    facts = {"tested": int(bool(text) and reached), "rejected": int(bool(text) and rejected)}
    return [
        *(Recomputed(name, value, FORMULA, reason="" if text else NO_P)
          for name, value in values.items()),
        *(Recomputed(name, value, COUNT) for name, value in facts.items()),
    ]  # fmt: skip
