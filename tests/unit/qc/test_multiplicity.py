"""The check of key secondary outcomes: it agrees with the procedure, and finds what is wrong."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.multiplicity.key_secondaries import analyse_multiplicity
from analysis.config import Plan
from analysis.io.result import ARD_COLUMNS, Allocation, build_ard_rows, write_results_text
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import EngineNumbers
from analysis.qc.checks.multiplicity import check_multiplicity
from analysis.qc.compare import compare
from analysis.qc.formulas.closed_test import close_test, weigh_intersection

Records = list[dict[str, str]]
OUTCOMES = ("mrs_0_2_rr_adjusted", "eq5d", "nihss_d7_win_odds", "eqvas")
GRAPH: dict[str, Any] = {
    "procedure": "graphical",
    "weights": (0.5, 0.25, 0.25, 0.0),
    "transitions": (
        (0.0, 0.5, 0.0, 0.5), (0.5, 0.0, 0.5, 0.0), (0.0, 1.0, 0.0, 0.0), (0.3, 0.3, 0.3, 0.0),
    ),
}  # fmt: skip


def build_plan(plan: Plan, **settings: Any) -> Plan:
    update = {"procedure": "fixed_sequence", "outcomes": OUTCOMES} | settings
    testing = plan.inference.testing.model_copy(update=update)
    inference = plan.inference.model_copy(update={"testing": testing})
    return plan.model_copy(update={"inference": inference})


def build_rows(plan: Plan, p_values: dict[str, float | None]) -> Records:
    """The p-values, and the procedure of the engine on them, as rows of ``ard.csv``."""
    rows = [
        dict.fromkeys(ARD_COLUMNS, "") | {
            "analysis_id": name, "population": "ITT", "stat_name": "p_value",
            "stat": "" if value is None else repr(value), "allocation": "rehearsal",
        }
        for name, value in p_values.items()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str)
    results = analyse_multiplicity(frame, *[frame.iloc[:0]] * 3, plan)
    text = write_results_text(results, Allocation.REHEARSAL, {})
    return [*rows, *build_ard_rows(json.loads(text))]


def check(plan: Plan, rows: Records) -> list[Comparison]:
    engine = EngineNumbers.from_records(rows)
    return [compare(number, engine.find(number)) for number in check_multiplicity(engine, plan)]


@pytest.mark.parametrize("settings", [{}, GRAPH])
def test_it_agrees(plan: Plan, settings: dict[str, Any]) -> None:
    chosen, rng = build_plan(plan, **settings), np.random.default_rng(1)
    rejected = 0
    for p_values in rng.beta(0.3, 4.0, (40, 5)).tolist():
        rows = build_rows(chosen, dict(zip(("primary", *OUTCOMES), p_values, strict=True)))
        found = check(chosen, rows)
        assert [one.name for one in found if one.verdict is not Verdict.AGREES] == []
        assert len(found) == 20
        rejected += sum(one.engine == "1" for one in found if one.stat_name == "rejected")
    assert 40 < rejected < 200


def test_every_wrong_number_is_found(plan: Plan) -> None:
    chosen = build_plan(plan, **GRAPH)
    p_values = dict(zip(("primary", *OUTCOMES), (0.01, 0.002, 0.03, 0.04, 0.05), strict=True))
    for row in (rows := build_rows(chosen, p_values)):
        if row["analysis_id"] == "multiplicity" and row["stat_name"] != "local_alpha":
            wrong = str(float(row["stat"]) * (1 + 1e-6) + (row["stat_name"] in ("tested",)))
            if row["stat_name"] == "rejected":
                wrong = str(1 - int(row["stat"]))
            changed = [{**row, "stat": wrong} if each is row else each for each in rows]
            found = [one for one in check(chosen, changed) if one.verdict is Verdict.DIFFERS]
            assert [(one.level, one.stat_name) for one in found] == [
                (row["level"], row["stat_name"])
            ]


def test_an_analysis_without_a_p_value_agrees(plan: Plan) -> None:
    chosen = build_plan(plan)
    values = (0.01, 0.02, None, 0.03, 0.04)
    found = check(
        chosen, build_rows(chosen, dict(zip(("primary", *OUTCOMES), values, strict=True)))
    )
    assert {one.verdict for one in found} == {Verdict.AGREES, Verdict.NOT_CHECKED}
    assert {one.level for one in found if one.verdict is Verdict.NOT_CHECKED} == {"eq5d"}


def test_the_gate_is_what_the_results_mark(plan: Plan) -> None:
    chosen = build_plan(plan)
    names = ("primary", "win_odds", *OUTCOMES)
    rows = build_rows(chosen, dict(zip(names, (0.9, 0.01, 0.02, 0.03, 0.04, 0.045), strict=True)))
    mark = {**rows[1], "stat_name": "confirmatory", "stat": "1"}
    levels = [one.level for one in check(chosen, [*rows, mark])]
    assert levels[0] == "win_odds"
    assert "primary" not in levels


def test_a_plan_that_tests_none_has_nothing_to_check(plan: Plan) -> None:
    assert list(check_multiplicity(EngineNumbers({}, Allocation.REHEARSAL), plan)) == []


def test_more_hypotheses_than_can_be_closed_are_not_checked(plan: Plan) -> None:
    ids = plan.secondary.list_ids(plan.outcome.levels)[:13]
    chosen = build_plan(plan, outcomes=ids)
    found = check(chosen, build_rows(chosen, dict.fromkeys(("primary", *ids), 0.01)))
    assert {one.verdict for one in found} == {Verdict.NOT_CHECKED}
    assert len(found) == 28


def test_weights_of_an_intersection_by_hand() -> None:
    """Two doses (Bretz et al. 2011, figure 1): A1 to B1, A2 to B2, B1 to A2, B2 to A1."""
    weights = np.array([0.5, 0.5, 0.0, 0.0])
    edges = np.zeros((4, 4))
    for one, other in ((0, 2), (1, 3), (2, 1), (3, 0)):
        edges[one, other] = 1.0
    assert weigh_intersection(weights, edges, [2, 3]).tolist() == [0.5, 0.5]
    assert weigh_intersection(weights, edges, [0, 3]).tolist() == [0.5, 0.5]
    assert weigh_intersection(weights, edges, [2]).tolist() == [1.0]
    p_values = np.array([0.01, 0.02, 0.03, 0.05])
    assert close_test(p_values, weights, edges) == pytest.approx([0.02, 0.04, 0.06, 0.06])


def test_alpha_in_a_circle_is_lost() -> None:
    edges = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert weigh_intersection(np.array([0.5, 0.3, 0.2]), edges, [2]).tolist() == [0.2]
