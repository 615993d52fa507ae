"""Limits: a share and a number that are both exceeded, or more than half."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import Plan
from analysis.config.blocks.door import Limit, Limits, NamedLimit
from analysis.edc.door.limits import check_names, is_exceeded, leave_out_said, name_excess
from analysis.edc.layout import Layout
from analysis.errors import ConfigError


@pytest.mark.parametrize(
    ("lost", "of", "expected"),
    [(9, 10, False), (10, 200, False), (10, 199, True), (11, 220, False), (0, 0, False)],
)
def test_share_and_number(lost: int, of: int, expected: bool) -> None:
    assert is_exceeded(Limit(percent=5.0, tolerated=9), lost, of) is expected


@given(st.integers(0, 400), st.integers(0, 400))
def test_what_stops_goes_on_stopping_when_more_is_lost(lost: int, of: int) -> None:
    limit = Limit(percent=2.0, tolerated=4)
    if is_exceeded(limit, lost, of):
        assert is_exceeded(limit, lost + 1, of)


def test_a_majority_stops_a_short_table(plan: Plan) -> None:
    assert name_excess(plan.door, "rows_left_out", "cm", 15, 15)
    assert name_excess(plan.door, "rows_left_out", "cm", 5, 9).startswith("more than half")
    assert name_excess(plan.door, "rows_left_out", "cm", 5, 10) == ""
    assert name_excess(plan.door, "rows_left_out", "cm", 4, 4) == ""


def test_a_limit_for_what_the_layout_does_not_hold_is_refused(plan: Plan, layout: Layout) -> None:
    check_names(plan.door, layout)
    wrong = NamedLimit(name="mrs.SCORE", percent=1.0, tolerated=1)
    door = plan.door.model_copy(
        update={"values_unusable": Limits(percent=1.0, tolerated=1, where=(wrong,))}
    )
    with pytest.raises(ConfigError, match=r"door.values_unusable.where: mrs.SCORE: no such"):
        check_names(door, layout)


def test_a_table_is_spoken_of_once() -> None:
    earlier = ["table bl: lost", "table dm, column AGE: lost"]
    further = ["table bl, column OCCLOC: x", "table dm, column AGE: x", "table dm, column SEX: x"]
    assert leave_out_said(further, earlier) == ["table dm, column SEX: x"]
