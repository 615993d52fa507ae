"""The CONSORT checklist says of every item what this run gives, and what only authors can."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist.items import ITEMS, Item
from analysis.display.checklist.locations import name_locations
from analysis.display.checklist.table import ANSWERS, COMPLETE, FOR_AUTHORS, build_consort_checklist
from analysis.display.tables.table import Table
from analysis.errors import AnalysisError

FIRST, LAST = 1, 30
SUB_ITEMS = 42
AUTHORS_ALONE = ["5a", "5b", "6", "8", "12b", "16b", "17a", "18", "19", "20b", "29"]


@pytest.fixture(scope="module")
def table(whole: Ard, small_plan: Plan, stamp: str) -> Table:
    return build_consort_checklist(whole, small_plan, stamp)


def answer_of(table: Table, number: str) -> str:
    return next(row.cells[1] for row in table.rows if row.label == number)


def test_the_thirty_items_stand_in_order(table: Table) -> None:
    numbers = [int(row.label.rstrip("abcd")) for row in table.rows]
    assert len(table.rows) == SUB_ITEMS
    assert list(dict.fromkeys(numbers)) == list(range(FIRST, LAST + 1))
    assert set(ANSWERS) <= {item.number for item in ITEMS}
    assert set(COMPLETE) <= set(ANSWERS)


def test_what_a_run_cannot_know_is_left_to_the_authors(table: Table) -> None:
    alone = [row.label for row in table.rows if row.cells[1] == FOR_AUTHORS]
    assert alone == AUTHORS_ALONE
    for row in table.rows:
        assert ("authors" in row.cells[1]) is (row.label not in COMPLETE), row.label


def test_numbers_come_from_the_frame_and_the_plan(
    table: Table, whole: Ard, small_plan: Plan
) -> None:
    for level in ("randomised", "treated", "outcome_observed"):
        pair = " / ".join(
            f"{whole.require('disposition', 'n', 'ITT', code, level):g}"
            for code in small_plan.arms.codes
        )
        assert pair in answer_of(table, "22a")
    assert small_plan.trial.registry_id in answer_of(table, "2")
    assert f"{small_plan.trial.n_randomised} planned" in answer_of(table, "16a")
    assert "allocation 1:1" in answer_of(table, "9")


def test_every_place_is_in_the_report() -> None:
    assert [item.number for item in ITEMS if item.locations and not name_locations(item)] == []
    assert name_locations(Item("1", "", "", ("consort", "t_populations"))) == (
        "Flow of subjects (consort); Analysis sets (t_populations)"
    )
    with pytest.raises(AnalysisError, match="no place called t_nowhere"):
        name_locations(Item("1", "", "", ("t_nowhere",)))


def test_a_frame_without_recruitment_and_medication_leaves_these_to_the_authors(
    whole: Ard, small_plan: Plan, stamp: str
) -> None:
    kept = tuple(
        row
        for row in whole.rows
        if row.analysis_id != "recruitment" and not row.level.startswith("CM")
    )
    table = build_consort_checklist(Ard(kept, whole.allocation), small_plan, stamp)
    assert {answer_of(table, number) for number in ("11", "23a", "24b")} == {FOR_AUTHORS}


def test_a_title_that_names_randomisation_is_said_to(whole: Ard, small_plan: Plan) -> None:
    title = small_plan.trial.model_copy(update={"title": "A randomised trial"})
    plan = small_plan.model_copy(update={"trial": title})
    table = build_consort_checklist(whole, plan, "")
    assert answer_of(table, "1a").startswith("The title in the plan says so: A randomised trial.")
