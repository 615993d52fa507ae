"""Exposure: counts and summaries by arm as treated; medication that was not collected."""

from __future__ import annotations

import pytest

from analysis.analyses.safety.exposure import analyse_exposure
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl
from tests.unit.analyses.small_trial.safety import add_exposure

ANSWER = 1e-9
"""Relative: 12 digits are written."""


def analyse(plan: Plan, **columns: object) -> Found:
    """Three subjects of MPSS and two of PLACEBO."""
    return Found(analyse_exposure(add_exposure(build_adsl([0] * 3, [0] * 2), **columns), plan))


def value(found: Found, name: str, level: str, group: str = "MPSS") -> int | float | None:
    return found.value("exposure", name, "SAF", group=group, level=level)


def test_summaries_by_arm(plan: Plan) -> None:
    found = analyse(plan, DOSEMGKG=[6.0, 7.0, None, 5.0, 5.0])
    assert value(found, "n", "DOSEMGKG") == 2
    assert value(found, "n", "DOSEMGKG missing") == 1
    assert value(found, "mean", "DOSEMGKG") == 6.5
    assert value(found, "median", "DOSEMGKG") == 6.5
    assert value(found, "sd", "DOSEMGKG") == pytest.approx(0.5**0.5, rel=ANSWER)
    assert value(found, "mean", "DOSEMGKG", "PLACEBO") == 5.0
    assert value(found, "mean", "DOSEMGKG", "") == 23 / 4
    assert value(found, "N", "") == 3


def test_doses_by_number_and_by_day(plan: Plan) -> None:
    found = analyse(plan, NDOSE=[4, 3, 3, 4, 4], EXD2FL=["Y", "N", "N", "Y", "Y"])
    assert [value(found, "n", f"NDOSE={k}") for k in (1, 2, 3, 4)] == [0, 0, 2, 1]
    assert value(found, "pct", "NDOSE=3") == pytest.approx(200 / 3, rel=ANSWER)
    assert [value(found, "n", f"EXD{day}FL") for day in range(4)] == [3, 3, 1, 3]


@pytest.mark.parametrize(
    ("percent", "inside"),
    [(80.0, 1), (79.99, 0), (120.0, 1), (120.01, 0), (100 * 0.8 / 1.0000000000001, 1)],
)
def test_compliance_in_range(plan: Plan, percent: float, inside: int) -> None:
    found = analyse(plan, DOSEPCT=[percent, 0.0, None, 100.0, 100.0])
    assert value(found, "n", "DOSEPCT in range") == inside
    assert value(found, "pct", "DOSEPCT in range") == 50.0 * inside


def test_medication(plan: Plan) -> None:
    found = analyse(plan, CMSTERFL=["Y", "N", "Y", "N", "N"])
    assert (value(found, "n", "CMSTERFL"), value(found, "n", "CMINSFL")) == (2, 0)
    assert value(found, "n", "CMSTERFL", "PLACEBO") == 0


def test_medication_that_was_not_collected(plan: Plan) -> None:
    found = analyse(plan, CMSTERFL=None, CMINSFL=None)
    for level in ("CMSTERFL", "CMINSFL"):
        for name in ("n", "pct"):
            statistic = found.statistic("exposure", name, "SAF", group="MPSS", level=level)
            assert (statistic.value, statistic.note) == (None, "not collected")


def test_the_safety_set_is_described_as_treated(plan: Plan) -> None:
    treated = ["PLACEBO", "MPSS", "MPSS", "PLACEBO", "PLACEBO"]
    found = analyse(plan, TRT01A=treated, SAFFL=["Y", "Y", "N", "Y", "Y"])
    assert (value(found, "N", ""), value(found, "N", "", "PLACEBO")) == (1, 3)


def test_an_empty_arm_has_counts_and_reasons(plan: Plan) -> None:
    found = analyse(plan, SAFFL=["N", "N", "N", "Y", "Y"])
    assert (value(found, "N", ""), value(found, "n", "NDOSE")) == (0, 0)
    statistic = found.statistic("exposure", "pct", "SAF", group="MPSS", level="EXD0FL")
    assert (statistic.value, statistic.note) == (None, "not estimable: the total is 0")
