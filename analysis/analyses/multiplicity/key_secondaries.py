"""Key secondary outcomes tested behind the confirmatory analysis, from the p-values of all results.

The confirmatory analysis has all of alpha; once it rejects, alpha goes on as ``inference.testing``
of the plan says (SAP 1.3). The p-values are two-sided: of no difference, in either direction.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.analyses.mrs.roles import CONFIRMATORY_NAME, PRIMARY
from analysis.analyses.multiplicity.graph import Graph, GraphTest, apply_graph
from analysis.config import Plan
from analysis.errors import AnalysisError
from analysis.io.result import AnalysisResult, Statistic

MULTIPLICITY = "multiplicity"
METHODS = {
    "fixed_sequence": "fixed sequence behind the confirmatory analysis, each at the whole alpha",
    "graphical": "graphical procedure behind the confirmatory analysis, Bonferroni-based (Bretz "
    "2009)",
}
STATISTICS = ("p_value", "p_value_adjusted", "local_alpha", "tested", "rejected")


@dataclass(frozen=True)
class Hypothesis:
    """No difference in one analysis: its set, its p-value (None: none), and why there is none."""

    analysis_id: str
    population: str
    p_value: float | None
    reason: str


def analyse_multiplicity(
    shift: pd.DataFrame,
    sensitivity: pd.DataFrame,
    dichotomies: pd.DataFrame,
    secondary: pd.DataFrame,
    plan: Plan,
) -> list[AnalysisResult]:
    """Return ``multiplicity``: for each hypothesis its adjusted p-value and what was tested.

    The frames are rows of ``ard.csv`` of these topics. Level is the analysis id; ``tested`` is 1 if
    alpha got to it and it has a p-value, ``local_alpha`` what it was tested at last, ``rejected`` 1
    if its adjusted p-value is below alpha. Raises AnalysisError if an analysis is not there.
    """
    rows = pd.concat([shift, sensitivity, dichotomies, secondary], ignore_index=True)
    found = _list_hypotheses(rows, plan)
    graph, alpha = build_graph(plan), plan.inference.alpha
    tests = apply_graph([_usable(each.p_value) for each in found], graph, alpha)
    by_population: dict[str, list[Statistic]] = {}
    for each, test in zip(found, tests, strict=True):
        by_population.setdefault(each.population, []).extend(_describe(each, test, alpha))
    estimand = "no difference between the arms, two-sided, in every analysis that is named"
    method = METHODS[plan.inference.testing.procedure]
    return [
        AnalysisResult(MULTIPLICITY, population, method, tuple(statistics), estimand)
        for population, statistics in by_population.items()
    ]


def build_graph(plan: Plan) -> Graph:
    """Return the graph of the plan: the confirmatory analysis first, with all of alpha."""
    testing = plan.inference.testing
    size = len(testing.outcomes)
    if testing.procedure == "graphical":
        first, rows = testing.weights, testing.transitions
    else:  # each leads to the next
        chain = [tuple(float(one == step) for one in range(size)) for step in range(size + 1)]
        first, rows = chain[0], tuple(chain[1:])
    return Graph((1.0, *[0.0] * size), ((0.0, *first), *((0.0, *row) for row in rows)))


def _list_hypotheses(rows: pd.DataFrame, plan: Plan) -> list[Hypothesis]:
    marked = rows[rows["stat_name"].eq(CONFIRMATORY_NAME) & rows["stat"].eq("1")]
    first = str(marked["analysis_id"].iloc[0]) if len(marked) else PRIMARY
    sets = {first: plan.primary.population}
    sets |= dict.fromkeys(plan.inference.testing.outcomes, plan.secondary.population)
    return [_read(rows, name, population) for name, population in sets.items()]


def _read(rows: pd.DataFrame, analysis_id: str, population: str) -> Hypothesis:
    wanted = {"analysis_id": analysis_id, "population": population, "stat_name": "p_value",
              "group": "", "level": ""}  # fmt: skip
    found = rows[(rows[list(wanted)] == pd.Series(wanted)).all(axis=1)]
    if len(found) != 1:
        raise AnalysisError(
            f"{analysis_id} is to be tested (inference.testing), but the results hold "
            f"{len(found)} p-values of it in the set {population}"
        )
    text, warning = (str(found.iloc[0][name]) for name in ("stat", "warning"))
    return Hypothesis(analysis_id, population, float(text) if text else None,
                      "" if text else warning)  # fmt: skip


def _usable(p_value: float | None) -> float:
    """What has no p-value is never rejected, and holds what it has of alpha."""
    return 1.0 if p_value is None else p_value


def _describe(found: Hypothesis, test: GraphTest, alpha: float) -> list[Statistic]:
    has_p = found.p_value is not None
    is_tested = has_p and test.weight > 0
    values = (
        found.p_value, test.adjusted_p if has_p else None, test.weight * alpha, int(is_tested),
        int(is_tested and test.is_rejected),
    )  # fmt: skip
    return [
        Statistic(name, value, level=found.analysis_id, warning=found.reason if value is None
                  else "")
        for name, value in zip(STATISTICS, values, strict=True)
    ]  # fmt: skip
