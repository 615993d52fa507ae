"""Dates in the wrong order are queried at the precision that both dates have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.edc.door.dates.order import check_date_order, is_after
from analysis.edc.layout import Layout
from analysis.edc.queries import Query
from analysis.edc.typed import TypedTable

Check = Callable[..., list[Query]]
RAND = {"SUBJID": "S1", "RANDNO": "R1", "RANDDTC": "2026-03-05T10:00"}


@pytest.fixture
def check(type_rows: Callable[..., TypedTable], layout: Layout) -> Check:
    """Check tables of one row each, beside a randomisation on 2026-03-05 at 10:00."""

    def build(**tables: dict[str, str]) -> list[Query]:
        rows = {"rand": RAND, **{n: {"SUBJID": "S1", **row} for n, row in tables.items()}}
        frames = {name: type_rows(name, row).frame for name, row in rows.items()}
        return check_date_order(frames, layout)

    return build


@pytest.mark.parametrize(
    ("left", "right", "after"),
    [
        ("2026-03-06", "2026-03-05", True),
        ("2026-03-05", "2026-03-05", False),
        ("2026-03-05T10:01:00", "2026-03-05T10:00:59", True),
        ("2026-03-05T23:59:59", "2026-03-05", False),  # the same day
        ("2026-03-06", "2026-03-05T23:59:59", True),
        ("2026-03", "2026-03-01", False),  # the same month
        ("2026-04", "2026-03-31", True),
        ("2027", "2026-12-31T23:59", True),
        ("2026", "2026-01-01", False),
    ],
)
def test_dates_are_compared_at_the_shared_precision(left: str, right: str, after: bool) -> None:
    assert is_after(left, right) is after


NIHSS = {"VISIT": "H24"}
AE = {"AESEQ": "1", "AETERM": "x"}
WRONG = [
    ({"dm": {"RFICDTC": "2026-03-05T10:01"}}, "consent after randomisation"),
    ({"dm": {"RFICDTC": "2026-03-06"}}, "consent after randomisation"),
    ({"dm": {"RFICDTC": "2026-04"}}, "consent after randomisation"),
    ({"bl": {"LKWDTC": "2026-03-05T10:01"}}, "last known well after randomisation"),
    (
        {"evt": {"PUNCDTC": "2026-03-05T09:00", "RECANDTC": "2026-03-05T08:59"}},
        "recanalisation before puncture",
    ),
    (
        {"bl": {"LKWDTC": "2026-03-05T08:00"}, "evt": {"PUNCDTC": "2026-03-05T07:59"}},
        "puncture before last known well",
    ),
    ({"nihss": {**NIHSS, "NIHDTC": "2026-03-05T09:59"}}, "assessment before randomisation"),
    ({"mrs": {"MRSDTC": "2026-03-04"}}, "assessment before randomisation"),
    ({"eq5d": {"VISIT": "D90", "EQDTC": "2026-03-04"}}, "assessment before randomisation"),
    ({"ich": {"ICHDTC": "2026-03-05T09:00"}}, "imaging before randomisation"),
    ({"ds": {"DSSTDTC": "2026-03-04"}}, "disposition before randomisation"),
    ({"dd": {"DTHDTC": "2026-03-04"}}, "death before randomisation"),
    ({"ae": {**AE, "AESTDTC": "2026-03-10", "AEENDTC": "2026-03-09"}}, "end before start"),
    ({"ae": {**AE, "AESTDTC": "2026-04", "AEENDTC": "2026-03-31"}}, "end before start"),
    ({"cm": {"CMSEQ": "1", "CMSTDTC": "2026", "CMENDTC": "2025-12"}}, "end before start"),
    (
        {"dd": {"DTHDTC": "2026-03-06"}, "nihss": {**NIHSS, "NIHDTC": "2026-03-07T08:00"}},
        "assessment after the recorded death",
    ),
    (
        {"dd": {"DTHDTC": "2026-03-06"}, "eq5d": {"VISIT": "D90", "EQDTC": "2026-03-07"}},
        "assessment after the recorded death",
    ),
    (
        {"dd": {"DTHDTC": "2026-03-06"}, "ich": {"ICHDTC": "2026-03-07T08:00"}},
        "imaging after the recorded death",
    ),
    (
        {
            "dd": {"DTHDTC": "2026-03-06"},
            "ex": {"EXSEQ": "1", "EXROUTE": "IV", "EXDAY": "2", "EXSTDTC": "2026-03-07T08:00"},
        },
        "dose after the recorded death",
    ),
]


@pytest.mark.parametrize(("tables", "words"), WRONG)
def test_every_wrong_order_is_one_query(
    check: Check, tables: dict[str, dict[str, str]], words: str
) -> None:
    complete = {
        name: {"VISIT": "D90", "MRSSRC": "LOCAL", **row} if name == "mrs" else row
        for name, row in tables.items()
    }
    (query,) = check(**complete)
    assert (query.severity, query.rule) == ("warning", "date_order")
    assert query.message.startswith(words)


def test_the_right_order_raises_nothing(check: Check) -> None:
    queries = check(
        dm={"RFICDTC": "2026-03-05"},
        bl={"LKWDTC": "2026-03-05T02:00"},
        evt={"PUNCDTC": "2026-03-05T08:00", "RECANDTC": "2026-03-05T09:00"},
        nihss={"VISIT": "H24", "NIHDTC": "2026-03-06T10:00"},
        mrs={"VISIT": "D90", "MRSSRC": "LOCAL", "MRSDTC": "2026-03-05"},
        ich={"ICHDTC": "2026-03-06T09:00"},
        ds={"DSSTDTC": "2026-03-05"},
        dd={"DTHDTC": "2026-03-06"},
        ae={**AE, "AESTDTC": "2026-03", "AEENDTC": "2026-03-09"},
    )
    assert queries == []


def test_a_missing_date_or_table_is_no_wrong_order(check: Check) -> None:
    assert check(dm={"RFICDTC": ""}, evt={"PUNCDTC": "2026-03-05T09:00"}) == []


def test_a_query_names_row_and_dates_as_the_export_writes_them(check: Check) -> None:
    (query,) = check(ich={"ICHDTC": "2026-03-05T09:00"})
    assert query.key == "SUBJID=S1; ICHDTC=2026-03-05T09:00"
    assert query.value == "2026-03-05T09:00"
    assert query.message == "imaging before randomisation (rand.RANDDTC 2026-03-05T10:00)"


def test_seconds_are_shown_where_there_are_some(check: Check) -> None:
    (query,) = check(ich={"ICHDTC": "2026-03-05T09:59:59"})
    assert query.value == "2026-03-05T09:59:59"


def test_a_date_is_shown_as_a_date(check: Check) -> None:
    (query,) = check(mrs={"VISIT": "D90", "MRSSRC": "LOCAL", "MRSDTC": "2026-03-04"})
    assert query.key == "SUBJID=S1; VISIT=D90; MRSSRC=LOCAL; MRSDTC=2026-03-04"
    assert query.value == "2026-03-04"


def test_a_query_says_in_which_row_of_the_file_its_date_stands(
    type_rows: Callable[..., TypedTable], layout: Layout
) -> None:
    rows = [{"SUBJID": s, "VISIT": "H24", "NIHDTC": d} for s, d in (
        ("S9", "2026-03-06T10:00"), ("S1", "2026-03-04T10:00"))]  # fmt: skip
    typed = {"rand": type_rows("rand", RAND), "nihss": type_rows("nihss", *rows)}
    places = {name: each.places for name, each in typed.items()}
    (query,) = check_date_order({n: each.frame for n, each in typed.items()}, layout, places)
    assert (query.key, query.row) == ("SUBJID=S1; VISIT=H24", 2)


def test_tables_that_share_no_subject_have_no_dates_to_compare(check: Check) -> None:
    other = {"SUBJID": "S2", "VISIT": "H24", "NIHDTC": "2026-03-01T10:00"}
    assert check(nihss=other, dd={"DTHDTC": ""}) == []
