"""How a model of few events is estimated, at and below the limits of the plan (SAP 5.8)."""

from __future__ import annotations

import pytest

from analysis.analyses.statistics.sparse import Estimator, judge_binary, judge_events
from analysis.config import Plan
from analysis.config.blocks.sparse import Sparse

RULE = {"source": "assumption", "events_per_variable": 10.0, "below": "firth", "fewest_events": 5}


def make(**keys: object) -> Sparse:
    return Sparse.model_validate(RULE | keys)


@pytest.mark.parametrize(
    ("fewest", "columns", "expected"),
    [
        (90, 9, Estimator.ADJUSTED),
        (89, 9, Estimator.FIRTH),
        (5, 9, Estimator.FIRTH),
        (4, 9, Estimator.CRUDE),
        (0, 1, Estimator.CRUDE),
    ],
)
def test_limits_are_the_first_that_are_enough(
    fewest: int, columns: int, expected: Estimator
) -> None:
    found = judge_events(fewest, "deaths", columns, make())
    assert found.odds is expected
    others = Estimator.ADJUSTED if expected is Estimator.ADJUSTED else Estimator.CRUDE
    assert found.others is others


def test_the_plan_may_want_no_penalty_or_no_rule() -> None:
    assert judge_events(40, "deaths", 9, make(below="crude")).odds is Estimator.CRUDE
    assert judge_events(0, "deaths", 9, make(events_per_variable=0.0)).few == ""


def test_of_a_dichotomy_the_fewer_are_counted() -> None:
    assert judge_binary(7, 100, 2, make()).few == "7 with the event for 2 columns of the model"
    assert judge_binary(93, 100, 2, make()).few == "7 without the event for 2 columns of the model"
    assert judge_binary(50, 100, 5, make()).few == ""


def test_enough_events_leave_nothing_to_say(plan: Plan) -> None:
    enough = judge_binary(500, 1000, 9, plan.sparse)
    assert enough.note("mRS 0-1", enough.odds) == ()
