"""Treatment-emergent adverse events and partial start dates (SAP 9.3): every boundary."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from analysis.adam.adae import Start, impute_start
from analysis.adam.partial_dates import first_day, last_day
from analysis.config import Plan
from tests.unit.adam.small_export import Edit, add, day, derive_cases, drop, put

FIRST_DOSE = "2025-03-10"
"""Day 0 of every subject; the last treatment-emergent day, 90, is 2025-06-08."""


@dataclass(frozen=True)
class Case:
    """Start and end as given, then whether treatment-emergent, study day and imputation flag."""

    start: str
    end: str
    emergent: str
    day: int | None
    flag: str | None
    edits: tuple[Edit, ...] = ()


UNDATED = put("ex", EXSTDTC="")
LATE_DOSE = (drop("ex", EXSEQ="1"), drop("ex", EXSEQ="2"))
EARLY_DOSE = put("ex", {"EXSEQ": "1"}, EXSTDTC="2025-03-08T10:00")
CASES = {
    "day before the first dose": Case("2025-03-09", "", "N", -1, None),
    "day of the first dose": Case("2025-03-10", "", "Y", 0, None),
    "day 90": Case("2025-06-08", "", "Y", 90, None),
    "day 91": Case("2025-06-09", "", "N", 91, None),
    "month of the first dose": Case("2025-03", "", "Y", 0, "D"),
    "month before": Case("2025-02", "", "N", None, None),
    "month after": Case("2025-04", "", "Y", 22, "D"),
    "month of day 90": Case("2025-06", "", "Y", 83, "D"),
    "month after day 90": Case("2025-07", "", "N", 113, "D"),
    "year of the first dose": Case("2025", "", "Y", 0, "M"),
    "year before": Case("2024", "", "N", None, None),
    "year after": Case("2026", "", "N", 297, "M"),
    "no start": Case("", "", "Y", 0, "Y"),
    "no start, end before the first dose": Case("", "2025-03-09", "N", None, None),
    "no start, end on the day of the first dose": Case("", "2025-03-10", "Y", 0, "Y"),
    "no start, end in the month of the first dose": Case("", "2025-03", "Y", 0, "Y"),
    "no start, end in the month before": Case("", "2025-02", "N", None, None),
    "month, end before the first dose": Case("2025-03", "2025-03-09", "N", None, None),
    "month, end on the day of the first dose": Case("2025-03", "2025-03-10", "Y", 0, "D"),
    "year, end in the year before": Case("2025", "2024", "N", None, None),
    "full start, end before it": Case("2025-03-12", "2025-03-09", "Y", 2, None),
    "first dose on day 2, event on day 1": Case("2025-03-11", "", "N", 1, None, LATE_DOSE),
    "first dose on day 2, event on day 2": Case("2025-03-12", "", "Y", 2, None, LATE_DOSE),
    "first dose on day 2, no start": Case("", "", "Y", 2, "Y", LATE_DOSE),
    "first dose on day -2, event on day -2": Case("2025-03-08", "", "Y", -2, None, (EARLY_DOSE,)),
    "first dose on day -2, event on day -3": Case("2025-03-07", "", "N", -3, None, (EARLY_DOSE,)),
    "undated doses, event on day -1": Case("2025-03-09", "", "N", -1, None, (UNDATED,)),
    "undated doses, event on day 0": Case("2025-03-10", "", "Y", 0, None, (UNDATED,)),
    "undated doses, no start": Case("", "", "Y", 0, "Y", (UNDATED,)),
    "no dose, event on day 5": Case("2025-03-15", "", "N", 5, None, (drop("ex"),)),
    "no dose, month of day 0": Case("2025-03", "", "N", -9, "D", (drop("ex"),)),
    "no dose, no start": Case("", "", "N", None, None, (drop("ex"),)),
}  # fmt: skip


@pytest.fixture(scope="module")
def adae(plan: Plan) -> pd.DataFrame:
    cases = {
        name: (
            *case.edits,
            add("ae", AESEQ="1", AETERM="x", AESTDTC=case.start, AEENDTC=case.end),
        )
        for name, case in CASES.items()
    }
    return derive_cases(plan, cases).data.adae.set_index("SUBJID")


@pytest.mark.parametrize("name", CASES)
def test_treatment_emergent(adae: pd.DataFrame, name: str) -> None:
    assert adae.at[name, "TRTEMFL"] == CASES[name].emergent


@pytest.mark.parametrize("name", CASES)
def test_start(adae: pd.DataFrame, name: str) -> None:
    found = [adae.at[name, column] for column in ("ASTDY", "ASTDTF")]
    expected = [CASES[name].day, CASES[name].flag]
    assert [None if pd.isna(value) else value for value in found] == expected


@pytest.mark.parametrize("name", CASES)
def test_the_day_is_that_of_the_date(adae: pd.DataFrame, name: str) -> None:
    row = adae.loc[name]
    if pd.isna(row["ASTDT"]):
        assert pd.isna(row["ASTDY"])
    else:
        assert (row["ASTDT"] - pd.Timestamp(FIRST_DOSE)).days == row["ASTDY"]


def test_the_first_dose_stands_beside_the_event(adae: pd.DataFrame) -> None:
    assert f"{adae.at['day 90', 'TRTSDT']:%Y-%m-%d}" == FIRST_DOSE
    assert pd.isna(adae.at["no dose, no start", "TRTSDT"])


def test_the_last_day_is_that_of_the_plan(plan: Plan) -> None:
    shorter = plan.adverse_events.model_copy(update={"last_day": 30})
    earlier = plan.model_copy(update={"adverse_events": shorter})
    event = {"AETERM": "x", "AESEQ": "1"}
    cases = {
        "on it": (add("ae", AESTDTC=day(30), **event),),
        "after it": (add("ae", AESTDTC=day(31), **event),),
    }
    adae = derive_cases(earlier, cases).data.adae.set_index("SUBJID")
    assert (adae.at["on it", "TRTEMFL"], adae.at["after it", "TRTEMFL"]) == ("Y", "N")


def test_every_event_is_there_with_its_arm_and_its_end(plan: Plan) -> None:
    cases = {
        "A": (
            add("ae", AESEQ="2", AETERM="late", AESTDTC=day(5), AEENDTC=day(7), AEDECOD="Headache"),
            add("ae", AESEQ="1", AETERM="early", AESTDTC=day(1), AEENDTC="2025-03", AESER="Y"),
            add("ae", AESEQ="1", AETERM="early", AESTDTC=day(1), AEENDTC="2025-04", AESER="Y"),
        )
    }
    adae = derive_cases(plan, cases).data.adae
    assert list(adae["AESEQ"]) == [1, 1, 2]
    assert list(adae["AENDY"].fillna(-99)) == [-99, -99, 7]
    assert list(adae["AESER"].fillna("")) == ["Y", "Y", ""]
    assert set(adae["TRT01A"]) == {"MPSS"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_the_days_of_a_partial_date(text: str, first: str, last: str) -> None:
    assert (first_day(text).isoformat(), last_day(text).isoformat()) == (first, last)


def test_without_a_first_dose_a_partial_start_is_its_earliest_day() -> None:
    assert impute_start("2025-03", "", None) == Start(first_day("2025-03"), "D")
    assert impute_start("", "2025-03", None) == Start(None, "")
