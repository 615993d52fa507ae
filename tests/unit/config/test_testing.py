"""Procedures that contradict themselves are refused, with what is wrong (SAP 1.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.config import load_plan
from analysis.config.load import parse_model
from analysis.config.plan import Plan
from analysis.errors import ConfigError

CONFIG = Path(__file__).parents[3] / "config"
PAIR = ["mrs_0_2_rr_adjusted", "eq5d"]
NO_GRAPH: dict[str, Any] = {"weights": [], "transitions": []}
HOLM: dict[str, Any] = {
    "procedure": "graphical", "outcomes": PAIR, "weights": [0.5, 0.5],
    "transitions": [[0, 1], [1, 0]],
}  # fmt: skip


def read_plan(testing: dict[str, Any], **secondary: Any) -> Plan:
    plain = load_plan(CONFIG / "trial.yaml").model_dump(mode="json")
    plain["inference"]["testing"] = testing
    plain["secondary"] |= secondary
    return parse_model(Plan, plain, "trial.yaml")


@pytest.mark.parametrize(
    "testing",
    [
        {"procedure": "none", "outcomes": [], **NO_GRAPH},
        {"procedure": "fixed_sequence", "outcomes": PAIR, **NO_GRAPH},
        {"procedure": "fixed_sequence", "outcomes": ["nihss_d7_win_odds", "mrs_0_1_rd"],
         **NO_GRAPH},
        HOLM,
        HOLM | {"weights": [1, 0], "transitions": [[0, 0.4], [0, 0]]},
        HOLM | {"outcomes": [*PAIR, "eqvas"], "weights": [0.1, 0.2, 0.7],
                "transitions": [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]},
    ],
)  # fmt: skip
def test_what_can_be_tested(testing: dict[str, Any]) -> None:
    assert list(read_plan(testing).inference.testing.outcomes) == testing["outcomes"]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"procedure": "holm"}, "inference.testing.procedure = "),
        ({"procedure": "none"}, "outcomes: must be [] where procedure is none"),
        ({"procedure": "fixed_sequence"}, "weights and transitions: must be [] unless"),
        ({"outcomes": []}, "outcomes: procedure graphical needs one or more"),
        ({"outcomes": ["eq5d", "eq5d"]}, "outcomes: a value stands twice"),
        ({"outcomes": ["mrs_0_2_rr_adjusted", "eq5"]}, "eq5: no analysis of the block secondary"),
        ({"outcomes": ["mrs_0_5_rr", "death_90d"]}, "mrs_0_5_rr, death_90d: no analysis of the"),
        ({"outcomes": ["mrs_0_2_rr", "eq5d_win_odds"]}, "eq5d_win_odds: no analysis of the block"),
        ({"weights": [0.5]}, "weights: 1 shares for 2 outcomes: one for each"),
        ({"weights": [0.6, 0.5]}, "weights: adds up to 1.1; shares of alpha are at most 1"),
        ({"weights": [1.5, 0]}, "inference.testing.weights.0 = 1.5: "),
        ({"weights": [-0.5, 0.5]}, "inference.testing.weights.0 = -0.5: "),
        ({"transitions": [[0, 1]]}, "transitions: 1 rows for 2 outcomes: one for each"),
        ({"transitions": [[0, 1], [1]]}, "transitions: the row of eq5d: 1 shares for 2 outcomes"),
        ({"transitions": [[0.5, 0.5], [1, 0]]}, "mrs_0_2_rr_adjusted leads to itself"),
        ({"transitions": [[0, 1], [0.7, 0.7]]}, "the row of eq5d: adds up to 1.4"),
        ({"weights": [1, 0], "transitions": [[0, 0], [1, 0]]}, "ever gets to eq5d"),
        ({"weights": [0, 0]}, "ever gets to mrs_0_2_rr_adjusted, eq5d"),
    ],
)
def test_what_is_refused(change: dict[str, Any], finding: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_plan(HOLM | change)
    assert finding in str(raised.value)


def test_an_outcome_that_the_plan_does_not_analyse_is_refused() -> None:
    with pytest.raises(
        ConfigError, match=r"mrs_0_2_rr_adjusted: no analysis .* Allowed: mrs_0_1_rr"
    ):
        read_plan(HOLM, dichotomies=[1, 3])
