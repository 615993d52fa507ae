"""Which p-values are tested, behind which analysis, and what is said of each (SAP 1.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.analyses.multiplicity.key_secondaries import analyse_multiplicity
from analysis.config import Plan, load_plan
from analysis.errors import AnalysisError
from analysis.io.result import ARD_COLUMNS, AnalysisResult

PLAN = Path(__file__).parents[4] / "config" / "trial.yaml"
FIRST, SECOND, THIRD = "mrs_0_2_rr_adjusted", "eq5d", "nihss_d7_win_odds"
NAMES = ("p_value", "p_value_adjusted", "local_alpha", "tested", "rejected")
Rows = list[dict[str, str]]


def build_plan(testing: dict[str, Any], **primary: Any) -> Plan:
    plan = load_plan(PLAN)
    key = plan.inference.testing.model_copy(update={"outcomes": (FIRST, SECOND, THIRD)} | testing)
    inference = plan.inference.model_copy(update={"testing": key})
    chosen = plan.primary.model_copy(update=primary)
    return plan.model_copy(update={"inference": inference, "primary": chosen})


SEQUENCE = build_plan({"procedure": "fixed_sequence"})
GRAPH = build_plan(
    {"procedure": "graphical", "weights": (0.5, 0.5, 0.0),
     "transitions": ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 0.0))}
)  # fmt: skip


def p_row(analysis_id: str, p_value: float | None, **columns: str) -> dict[str, str]:
    row = dict.fromkeys(ARD_COLUMNS, "") | {
        "analysis_id": analysis_id, "population": "ITT", "stat_name": "p_value",
        "stat": "" if p_value is None else repr(p_value),
    }  # fmt: skip
    return row | columns


def analyse(plan: Plan, rows: Rows) -> dict[str, dict[str, Any]]:
    """The statistics by analysis id, of rows that are spread over the frames."""
    parts = [pd.DataFrame(rows[part::4], columns=list(ARD_COLUMNS), dtype=str) for part in range(4)]
    return read(analyse_multiplicity(*parts, plan))


def read(results: list[AnalysisResult]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for result in results:
        assert result.analysis_id == "multiplicity"
        for one in result.statistics:
            found.setdefault(one.level, {})[one.name] = one.value
    return found


def build_rows(*p_values: float | None) -> Rows:
    ids = ("primary", FIRST, SECOND, THIRD)
    rows = [p_row(name, value) for name, value in zip(ids, p_values, strict=True)]
    beside = [p_row(FIRST, 0.9, stat_name="estimate"), p_row("primary", 0.9, population="PP"),
              p_row("primary", 0.9, stat_name="p_value_lr")]  # fmt: skip
    return [*rows, *beside]


def test_a_sequence_stops_at_the_first_that_is_not_rejected() -> None:
    found = analyse(SEQUENCE, build_rows(0.01, 0.02, 0.07, 0.001))
    assert {name: tuple(values[one] for one in NAMES) for name, values in found.items()} == {
        "primary": (0.01, 0.01, 0.05, 1, 1),
        FIRST: (0.02, 0.02, 0.05, 1, 1),
        SECOND: (0.07, 0.07, 0.05, 1, 0),
        THIRD: (0.001, 0.07, 0.0, 0, 0),
    }


def test_nothing_is_tested_behind_a_primary_analysis_that_does_not_reject() -> None:
    for plan in (SEQUENCE, GRAPH):
        found = analyse(plan, build_rows(0.05, 0.001, 0.001, 0.001))
        assert [values["tested"] for values in found.values()] == [1, 0, 0, 0]
        assert [values["rejected"] for values in found.values()] == [0, 0, 0, 0]
        assert {values["p_value_adjusted"] for values in found.values()} == {0.05}


def test_a_graph_moves_alpha_on() -> None:
    """0.02 / 0.5 is below alpha, its half goes to the third; 0.03 / 0.5 is not.

    Were it, the third would have all: 0.04 / 1, but no less than 0.06.
    """
    found = analyse(GRAPH, build_rows(0.01, 0.02, 0.03, 0.04))
    assert found[FIRST] == dict(zip(NAMES, (0.02, 0.04, 0.025, 1, 1), strict=True))
    assert found[SECOND] == dict(zip(NAMES, (0.03, 0.06, 0.025, 1, 0), strict=True))
    assert found[THIRD] == dict(zip(NAMES, (0.04, 0.06, 0.025, 1, 0), strict=True))


def test_what_has_no_p_value_stops_a_sequence_and_is_not_tested() -> None:
    rows = build_rows(0.01, None, 0.02, 0.03)
    found = analyse(SEQUENCE, rows)
    assert [values["tested"] for values in found.values()] == [1, 0, 0, 0]
    assert (found[FIRST]["p_value"], found[FIRST]["p_value_adjusted"]) == (None, None)
    assert found[SECOND]["p_value_adjusted"] == 1.0


def test_the_reason_for_no_p_value_is_handed_on() -> None:
    rows = build_rows(0.01, 0.02, None, 0.03)
    for row in rows:
        row["warning"] = "not estimable: one arm" if row["analysis_id"] == SECOND else ""
    parts = [pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str)]
    empty = pd.DataFrame([], columns=list(ARD_COLUMNS), dtype=str)
    (result,) = analyse_multiplicity(*parts, empty, empty, empty, SEQUENCE)
    assert {one.warning for one in result.statistics if one.value is None} == {
        "not estimable: one arm"
    }


def test_the_gate_is_the_confirmatory_analysis() -> None:
    """The switch has been made: the primary p-value is nominal."""
    marks = [p_row("primary", 0, stat_name="confirmatory", stat="0"),
             p_row("win_odds", 1, stat_name="confirmatory", stat="1")]  # fmt: skip
    rows = [*build_rows(0.6, 0.02, 0.03, 0.04), p_row("win_odds", 0.01), *marks]
    found = analyse(SEQUENCE, rows)
    assert list(found) == ["win_odds", FIRST, SECOND, THIRD]
    assert all(values["rejected"] for values in found.values())


def test_each_stands_in_its_own_set() -> None:
    plan = build_plan({"procedure": "fixed_sequence"}, population="PP")
    rows = [p_row("primary", 0.01, population="PP"), *build_rows(0.9, 0.02, 0.03, 0.04)[1:4]]
    frame = pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str)
    empty = frame.iloc[:0]
    results = analyse_multiplicity(frame, empty, empty, empty, plan)
    assert [result.population for result in results] == ["PP", "ITT"]
    assert [len(result.statistics) for result in results] == [5, 15]


def test_an_analysis_that_is_not_there_is_named() -> None:
    rows = [row for row in build_rows(0.01, 0.02, 0.03, 0.04) if row["analysis_id"] != SECOND]
    with pytest.raises(AnalysisError, match=r"eq5d is to be tested .* hold 0 p-values"):
        analyse(SEQUENCE, rows)
