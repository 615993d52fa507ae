"""Balance at baseline and recruitment: by hand, and what has no number."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.analyses.description.balance import analyse_balance
from analysis.analyses.description.recruitment import analyse_recruitment
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl

# Ages 60, 70 against 50, 60: means 65 and 55, both variances 50.
ADSL = build_adsl(
    [1, 2], [3, 4], AGE=[60, 70, 50, 60], NIHSSBL=[10, 10, 20, 20], HTN=["Y", "N", "N", "N"],
    SEX=["F", "F", "M", "M"],
)  # fmt: skip
ANSWER = 1e-11


@pytest.fixture(scope="module")
def found(plan: Plan) -> Found:
    return Found([analyse_balance(ADSL, plan)])


def test_means_and_shares_by_hand(found: Found) -> None:
    age = found.value("baseline_balance", "smd", level="AGE")
    assert age == pytest.approx(10 / math.sqrt(50), rel=ANSWER)
    hypertension = found.value("baseline_balance", "smd", level="HTN=Y")
    assert hypertension == pytest.approx(0.5 / math.sqrt(0.125), rel=ANSWER)


def test_arms_that_are_alike_without_spread_do_not_differ(found: Found) -> None:
    assert found.value("baseline_balance", "smd", level="WEIGHT") == 0
    assert found.value("baseline_balance", "smd", level="OCCLOC=M1") == 0


@pytest.mark.parametrize("level", ["NIHSSBL", "SEX=F"])
def test_a_difference_without_spread_has_no_number(found: Found, level: str) -> None:
    assert found.value("baseline_balance", "smd", level=level) is None
    reason = found.warning("baseline_balance", "smd", level=level)
    assert reason == "not estimable: the arms differ and neither varies"


def test_a_yes_no_characteristic_is_shown_once(found: Found) -> None:
    levels = [one.level for one in found.results["baseline_balance", "ITT"].statistics]
    assert "HTN=Y" in levels
    assert "HTN=N" not in levels
    assert len(levels) == len(set(levels))


def test_months_without_a_randomisation_keep_the_number(plan: Plan) -> None:
    dates = pd.to_datetime(["2026-11-30", "2027-02-01", "2027-02-28", None])
    adsl = ADSL.assign(RANDDT=dates, SITEID=["01", "02", "01", "02"])
    found = Found([analyse_recruitment(adsl, plan)])
    expected = {"2026-11": 1, "2026-12": 1, "2027-01": 1, "2027-02": 3}
    for month, total in expected.items():
        assert found.value("recruitment", "n_cumulative", level=month) == total
    assert found.value("recruitment", "n", level="01") == 2
    assert found.value("recruitment", "n_cumulative", level="02: 2027-01") == 0
    assert found.value("recruitment", "n", level="missing") == 1
    assert found.value("recruitment", "n_sites") == 2
    assert {one.group for one in found.results["recruitment", "ITT"].statistics} == {""}
