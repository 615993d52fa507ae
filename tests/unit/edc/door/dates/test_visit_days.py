"""A visit that is dated on the days of another one stops the run, unless the plan allows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.config import Plan
from analysis.config.blocks.door import NamedLimit
from analysis.edc.door.dates.visit_days import (
    count_visits,
    find_visits_of_other_days,
    list_nominal_days,
)
from analysis.edc.door.whole_export import find_in_export
from analysis.edc.layout import SUBJECT, Layout
from tests.unit.edc.door.conftest import SUBJECTS

if TYPE_CHECKING:
    from tests.unit.edc.door.conftest import Read

Tables = dict[str, pd.DataFrame]
Find = Callable[..., list[str]]
START = pd.Timestamp("2026-04-11")


def dated(days: int, form: str = "%Y-%m-%d") -> str:
    return (START + pd.Timedelta(days=days)).strftime(form)


@pytest.fixture
def make(read: Read) -> Callable[..., Tables]:
    """Visits of 300 subjects: first half of the rows the one, second half the other."""

    def build(
        first: tuple[str, int] = ("D30", 31), second: tuple[str, int] = ("D90", 92), n: int = 300
    ) -> Tables:
        visit = [first if i % 2 else second for i in range(n)]
        return {
            "rand": read("rand", RANDNO=str, RANDDTC="2026-04-11T23:30").frame,
            "mrs": read(
                "mrs", n, VISIT=lambda i: visit[i][0], MRSSRC="CENTRAL", MRS="2",
                MRSDTC=lambda i: dated(visit[i][1] + i % 3 - 1),
            ).frame,
        }  # fmt: skip

    return build


@pytest.fixture
def find(make: Callable[..., Tables], plan: Plan, layout: Layout) -> Find:
    return lambda **given: find_visits_of_other_days(make(**given), plan, layout)


def test_visits_on_their_days_are_no_finding(find: Find) -> None:
    assert find() == []


def test_exchanged_visits_are_one_finding_of_the_table(find: Find) -> None:
    (finding,) = find(first=("D90", 31), second=("D30", 92))
    assert finding.startswith(
        "table mrs, column VISIT: D30 is day 30 in the plan, and its 150 dated rows have a median "
        "of day 92, nearest D90 (150 of them lie nearer another visit); D90 is day 90 in the plan, "
        "and its 150 dated rows have a median of day 31, nearest D30"
    )
    assert "`tables: {mrs: {values: {VISIT: ...}}}`" in finding


def test_it_stops_a_run_with_the_other_findings(
    make: Callable[..., Tables], plan: Plan, layout: Layout
) -> None:
    tables = make(first=("D90", 31), second=("D30", 92))
    found = find_in_export(tables, frozenset(), plan, layout, [])
    assert [each.partition(":")[0] for each in found] == ["table mrs, column VISIT"]


def test_a_visit_dated_on_the_day_of_a_visit_of_another_table(find: Find) -> None:
    (finding,) = find(first=("D30", 8))
    assert "a median of day 8, nearest D7 (150 of them" in finding


def test_few_rows_and_single_slips_stop_nothing(find: Find) -> None:
    assert find(first=("D90", 31), second=("D30", 92), n=18) == []
    assert len(find(first=("D90", 31), second=("D30", 92), n=20)) == 1


def test_a_limit_of_the_plan_allows_it(
    make: Callable[..., Tables], plan: Plan, layout: Layout
) -> None:
    own = NamedLimit(name="mrs.VISIT", percent=100, tolerated=0)
    limit = plan.door.visits_off_day.model_copy(update={"where": (own,)})
    door = plan.door.model_copy(update={"visits_off_day": limit})
    tables = make(first=("D90", 31), second=("D30", 92))
    assert find_visits_of_other_days(tables, plan.model_copy(update={"door": door}), layout) == []


def test_a_moment_late_at_night_counts_by_its_calendar_day(
    read: Read, plan: Plan, layout: Layout
) -> None:
    tables = {
        "rand": read("rand", RANDNO=str, RANDDTC="2026-04-11T23:30").frame,
        "nihss": read("nihss", VISIT="H24", NIHDTC="2026-04-12T00:10", NIHSS="9").frame,
    }
    (seen,) = count_visits("nihss", layout.tables["nihss"], tables, list_nominal_days(plan))
    assert (seen.visit, seen.dated, seen.off, seen.median) == ("H24", len(SUBJECTS), 0, 1)


def test_rows_without_a_date_or_a_randomisation_are_not_counted(
    make: Callable[..., Tables], plan: Plan, layout: Layout
) -> None:
    tables = make()
    rows, gone = tables["mrs"], tables["rand"][SUBJECT].iloc[:20]
    rows.loc[rows[SUBJECT].isin(gone.iloc[:5]), "MRSDTC"] = pd.NaT
    tables["rand"] = tables["rand"][~tables["rand"][SUBJECT].isin(gone.iloc[5:])]
    seen = count_visits("mrs", layout.tables["mrs"], tables, list_nominal_days(plan))
    assert sum(each.dated for each in seen) == 280
    assert find_visits_of_other_days({"mrs": tables["mrs"]}, plan, layout) == []
