"""Listings: every record once, as it is in the data sets, with arms in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.config import Plan
from analysis.display.outline.displays import LISTINGS
from analysis.display.outline.parts import Source
from analysis.display.tables.listings import Records
from analysis.display.tables.table import Table, render_csv

STAMP = "REHEARSAL - NOT TRIAL RESULTS"


def build(plan: Plan, **changes: pd.DataFrame) -> dict[str, Table]:
    subjects = {
        "SUBJID": ["A", "B", "C"], "SITEID": ["01", "01", None],
        "TRT01P": ["MPSS", "PLACEBO", "MPSS"], "TRT01A": ["MPSS", "MPSS", None],
        "DTHFL": ["N", "Y", "Y"], "DTHADY": [None, 91, None], "DTH90FL": ["N", "N", "N"],
        "DTHSRC": [None, "dd", None], "DTHDTF": [None, None, "D"],
        "DTHCAUS": [None, "重症肺炎", None],
    }  # fmt: skip
    event = {
        "SITEID": "01", "TRT01P": "MPSS", "TRT01A": "MPSS", "AEDECOD": "Pneumonia", "AENDY": None,
        "AEBODSYS": "Infections and infestations", "AETERM": "肺部感染", "AESEV": "SEVERE",
        "AEREL": None, "AEOUT": "FATAL", "AEACN": None, "TRTEMFL": "Y",
    }  # fmt: skip
    events = [
        {**event, "SUBJID": "A", "AESER": "Y", "ASTDY": 3, "ASTDTF": "D"},
        {**event, "SUBJID": "A", "AESER": "N", "ASTDY": 4, "ASTDTF": None},
        {**event, "SUBJID": "C", "AESER": "Y", "ASTDY": None, "ASTDTF": None, "TRTEMFL": "N"},
        {**event, "SUBJID": "B", "AESER": None, "ASTDY": 4, "ASTDTF": None},
    ]
    reasons = [("B", "DV", "DVSEQ=1", "Major protocol deviation logged"), ("B", "KIT", "K1", "Kit")]
    frames = {
        "adsl": pd.DataFrame(subjects).astype({"DTHADY": "Int64"}),
        "adae": pd.DataFrame(events).astype({"ASTDY": "Int64", "AENDY": "Int64"}),
        "reasons": pd.DataFrame(reasons, columns=["SUBJID", "CODE", "VALUE", "REASON"]),
    }
    given = {Source.DATA_SETS: Records(**(frames | changes))}
    return {name: part.build(given, plan, STAMP) for name, part in LISTINGS.items()}


@pytest.fixture(scope="module")
def listings(plan: Plan) -> dict[str, Table]:
    return build(plan)


def cells(table: Table, label: str, *columns: str) -> list[tuple[str, ...]]:
    places = [table.columns.index(column) - 1 for column in columns]
    return [tuple(row.cells[i] for i in places) for row in table.rows if row.label == label]


def test_their_names(listings: dict[str, Table]) -> None:
    assert list(listings) == ["l_deaths", "l_serious", "l_pp_exclusions"]
    assert all(name == table.id for name, table in listings.items())
    assert all(LISTINGS[name].title == table.title for name, table in listings.items())


def test_every_death_is_listed_dated_or_not(listings: dict[str, Table]) -> None:
    deaths = listings["l_deaths"]
    assert [row.label for row in deaths.rows] == ["B", "C"]
    assert cells(deaths, "C", "Imputed") == [("day",)]
    columns = ("Randomised to", "Treated as", "Day of death", "By day 90", "Cause")
    assert cells(deaths, "B", *columns) == [
        ("Placebo", "Methylprednisolone", "91", "N", "重症肺炎")
    ]
    assert cells(deaths, "C", *columns, "Site") == [("Methylprednisolone", "", "", "N", "", "")]


def test_every_serious_event_is_listed(listings: dict[str, Table]) -> None:
    serious = listings["l_serious"]
    assert [row.label for row in serious.rows] == ["A", "C"]
    columns = ("Treated as", "Start, day", "Imputed", "Relation", "Treatment-emergent")
    assert cells(serious, "A", *columns) == [("Methylprednisolone", "3", "day", "", "Y")]
    assert cells(serious, "C", *columns) == [("", "", "", "", "N")]


def test_every_reason_is_listed(listings: dict[str, Table]) -> None:
    exclusions = listings["l_pp_exclusions"]
    assert cells(exclusions, "B", "Randomised to", "Code", "Value") == [
        ("Placebo", "DV", "DVSEQ=1"),
        ("Placebo", "KIT", "K1"),
    ]


def test_stamp_and_registry_number_stand_on_each(listings: dict[str, Table], plan: Plan) -> None:
    for table in listings.values():
        text = render_csv(table)
        assert STAMP in text
        assert plan.trial.registry_id in text


def test_nothing_to_list(plan: Plan) -> None:
    none = pd.DataFrame(columns=["SUBJID", "CODE", "VALUE", "REASON"], dtype="str")
    assert build(plan, reasons=none)["l_pp_exclusions"].rows == ()
