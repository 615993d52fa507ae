"""Dates outside the trial are set to missing before anything is computed, with their own rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import Plan, load_plan
from analysis.config.blocks.door import PlausibleDates
from analysis.edc.layout import Column, load_layout
from analysis.edc.typed import type_table
from analysis.edc.written.plausible_dates import is_plausible, limit_dates
from analysis.edc.written.values import parse_value

CONFIG = Path(__file__).parents[4] / "config"
DAYS = (date(2025, 9, 8), date(2028, 6, 30))


@pytest.fixture(scope="module")
def plan() -> Plan:
    plan = load_plan(CONFIG / "trial.yaml")
    dates = PlausibleDates(
        source="assumption", first=DAYS[0], last=DAYS[1], first_of_history=date(1950, 1, 1)
    )
    return plan.model_copy(update={"plausible_dates": dates})


def texts_of(table: str, **cells: str) -> pd.DataFrame:
    columns = load_layout().tables[table].columns
    return pd.DataFrame({c: pd.Series([cells.get(c, "")], dtype=str) for c in columns})


@pytest.mark.parametrize(
    ("table", "column", "text", "is_kept"),
    [
        ("mrs", "MRSDTC", "2025-09-08", True), ("mrs", "MRSDTC", "2025-09-07", False),
        ("mrs", "MRSDTC", "2028-06-30", True), ("mrs", "MRSDTC", "2028-07-01", False),
        ("mrs", "MRSDTC", "9999-12-31", False), ("mrs", "MRSDTC", "0001-01-01", False),
        ("bl", "LKWDTC", "2028-06-30T23:59", True), ("bl", "LKWDTC", "2206-01-01T10:00", False),
        ("bl", "LKWDTC", "1900-01-01T10:00", False),
        ("ae", "AESTDTC", "2025", True), ("ae", "AESTDTC", "2024", False),
        ("ae", "AESTDTC", "2025-09", True), ("ae", "AESTDTC", "2025-08", False),
        ("ae", "AEENDTC", "2028-06", True), ("ae", "AEENDTC", "2028-07", False),
        ("ae", "AEENDTC", "9999", False), ("dm", "RFICDTC", "2206-05-01T10:00", False),
        ("cm", "CMSTDTC", "1998", True), ("cm", "CMSTDTC", "1949-12-31", False),
        ("cm", "CMSTDTC", "2206", False), ("cm", "CMENDTC", "2029-01-01", False),
    ],
)  # fmt: skip
def test_first_and_last_day(plan: Plan, table: str, column: str, text: str, is_kept: bool) -> None:
    layout = limit_dates(load_layout(), plan)
    keys = {name: "1" for name in layout.tables[table].key if name != column}
    typed = type_table(table, layout.tables[table], texts_of(table, **{**keys, column: text}))
    found = [query for query in typed.queries if query.column == column]
    if is_kept:
        assert found == []
        return
    first = "1950-01-01" if table == "cm" else "2025-09-08"
    assert [(q.severity.value, q.rule.value, q.value, q.message) for q in found] == [
        (
            "error", "plausible_dates", text,
            f"outside the plausible dates {first} to 2028-06-30 (plan); set to missing",
        )
    ]  # fmt: skip
    assert typed.frame[column].isna().all()


def test_a_randomisation_that_is_no_day_of_the_trial_stops_the_run(plan: Plan) -> None:
    layout = limit_dates(load_layout(), plan)
    texts = texts_of("rand", SUBJID="S1", RANDNO="R1", RANDDTC="9999-01-01T10:00")
    (fatal,) = type_table("rand", layout.tables["rand"], texts).fatal
    assert fatal.startswith("table rand, column RANDDTC: missing or unusable for 1 subject (S1)")


@pytest.mark.parametrize("name", ["trial.yaml", "trial-phase2.yaml"])
def test_every_column_of_dates_has_its_days_in_the_shipped_plans(name: str) -> None:
    layout = limit_dates(load_layout(), load_plan(CONFIG / name))
    for table in layout.tables.values():
        for column in table.columns.values():
            assert (column.days is not None) == (column.type in ("date", "datetime"))


@given(st.dates(), st.booleans())
def test_what_is_kept_lies_within_the_days(day: date, partial: bool) -> None:
    column = Column(type="date", partial=partial, days=DAYS)
    value = parse_value(column, day.isoformat())
    assert is_plausible(column, value) == (DAYS[0] <= day <= DAYS[1])


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"first": "9999-01-01"}, "less than or equal"),
        ({"last": "0001-01-01"}, "greater than or equal"),
        ({"last": "2019-12-31"}, "must be in this order: first_of_history, first, last"),
        ({"first_of_history": "2021-01-01"}, "must be in this order"),
    ],
)
def test_days_of_the_plan(changes: dict[str, str], finding: str) -> None:
    days = {"first": "2020-01-01", "last": "2030-12-31", "first_of_history": "1900-01-01"}
    with pytest.raises(ValueError, match=finding):
        PlausibleDates.model_validate({"source": "assumption", **days, **changes})
