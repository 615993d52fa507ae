"""Randomised subjects, arms as randomised, study days and baseline values (SAP 1.1, 3.1, 5.1)."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.adam.tables import compute_day
from analysis.config import Plan
from tests.unit.adam.small_export import Derived, derive_cases, drop, moment, put, randomised_to

SUBJECTS = {
    "treated": [],
    "placebo": [randomised_to("PLACEBO")],
    "no dose": [drop("ex")],
    "nothing but rand": [drop(table) for table in ("dm", "bl", "evt", "ex", "mrs", "ich", "ds")],
    "first patient": [],
    "known well 90 min before": [put("bl", LKWDTC=moment(minutes=-90))],
    "known well 30 min after": [put("bl", LKWDTC=moment(minutes=30))],
    "prestroke 0": [put("bl", MRSPRE="0")],
    "prestroke 1": [put("bl", MRSPRE="1")],
    "prestroke 3": [put("bl", MRSPRE="3")],
    "prestroke missing": [put("bl", MRSPRE="")],
    "procedure 95 min": [
        put("evt", PUNCDTC=moment(minutes=-100), RECANDTC=moment(minutes=-5)),
    ],
}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, SUBJECTS)


@pytest.mark.parametrize(
    ("event", "randomised", "day"),
    [
        ("2025-03-10T10:00", "2025-03-10T10:00", 0),
        ("2025-03-10T00:00", "2025-03-10T23:59", 0),  # the same calendar day, 24 h before
        ("2025-03-11T00:01", "2025-03-10T23:59", 1),  # two minutes later, the next calendar day
        ("2025-03-09T23:59", "2025-03-10T00:01", -1),
        ("2024-03-01", "2024-02-28T12:00", 2),  # 2024 has a 29 February
        ("2025-12-31", "2025-10-02", 90),  # 29 days of October, 30 and 31
    ],
)
def test_study_day_is_a_difference_of_calendar_dates(event: str, randomised: str, day: int) -> None:
    days = compute_day(pd.Series(pd.to_datetime([event])), pd.Series(pd.to_datetime([randomised])))
    assert list(days) == [day]


def test_study_day_without_a_date_is_missing() -> None:
    dates = pd.Series(pd.to_datetime([None, "2025-03-10"]))
    assert compute_day(dates, dates[::-1].set_axis(dates.index)).isna().all()


def test_every_subject_of_rand_is_in_itt_once(derived: Derived) -> None:
    adsl = derived.data.adsl
    assert list(adsl["SUBJID"]) == sorted(SUBJECTS)
    assert (adsl["ITTFL"] == "Y").all()


def test_planned_arm_is_that_of_the_randomisation_number(derived: Derived) -> None:
    assert derived.value("treated", "TRT01P") == "MPSS"
    assert derived.value("placebo", "TRT01P") == "PLACEBO"
    assert derived.value("no dose", "TRT01P") == "MPSS"


def test_registry_number_is_on_every_row(derived: Derived, plan: Plan) -> None:
    assert (derived.data.adsl["STUDYID"] == plan.trial.registry_id).all()


@pytest.mark.parametrize(
    ("subject", "hours"), [("known well 90 min before", 1.5), ("known well 30 min after", -0.5)]
)
def test_hours_from_last_known_well(derived: Derived, subject: str, hours: float) -> None:
    assert derived.value(subject, "LKWRNDH") == hours


def test_minutes_from_puncture_to_recanalisation(derived: Derived) -> None:
    assert derived.value("procedure 95 min", "PUNCRECM") == 95.0


@pytest.mark.parametrize(
    ("subject", "group"),
    [("prestroke 0", "0"), ("prestroke 1", ">=1"), ("prestroke 3", ">=1")],
)
def test_prestroke_mrs_is_cut_in_two(derived: Derived, subject: str, group: str) -> None:
    assert derived.value(subject, "MRSPRGR1") == group


def test_missing_baseline_stays_missing(derived: Derived) -> None:
    assert derived.value("prestroke missing", "MRSPRGR1") is None
    columns = ("AGE", "LKWRNDH", "PUNCRECM", "MRSPRGR1", "DCSREAS")
    assert derived.values("nothing but rand", *columns) == (None,) * 5


def test_consent_of_a_subject_without_demographics_counts_as_empty(derived: Derived) -> None:
    assert derived.value("nothing but rand", "RFICEMFL") == "Y"


def test_end_of_study_is_taken_from_disposition(derived: Derived) -> None:
    assert derived.value("treated", "DCSREAS") == "COMPLETED"
