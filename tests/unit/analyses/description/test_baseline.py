"""Baseline summaries, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from analysis.analyses.description.baseline import analyse_baseline
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl

# MPSS 60, 62, 64, 70 and a missing age; placebo one subject
ADSL = build_adsl(
    [0] * 5, [0],
    AGE=[60, 62, 70, 64, None, 80],
    SEX=["F", "M", "M", None, "M", "F"],
    MRSPRE=[0, 1, 1, 2, 0, 0],
    WEIGHT=[70.0] * 5 + [None],
)  # fmt: skip


@pytest.fixture(scope="module")
def found(plan: Plan) -> Found:
    return Found(analyse_baseline(ADSL, plan))


@pytest.mark.parametrize(
    ("stat", "value"),
    [
        ("n", 4),
        ("mean", 64.0),
        ("sd", math.sqrt((16 + 4 + 36 + 0) / 3)),  # deviations -4, -2, 6, 0
        ("median", 63.0),
        ("q1", 61.5),  # 0.25 x 3 = 0.75 of the way from the first to the second value
        ("q3", 65.5),  # 0.75 x 3 = 2.25: a quarter of the way from 64 to 70
        ("min", 60.0),
        ("max", 70.0),
    ],
)
def test_continuous(found: Found, stat: str, value: float) -> None:
    got = found.value("baseline", stat, group="MPSS", variable="AGE")
    assert got == pytest.approx(value, rel=1e-11)  # numbers are written with 12 digits


def test_both_arms_together(found: Found) -> None:
    assert found.value("baseline", "n", variable="AGE") == 5
    assert found.value("baseline", "mean", variable="AGE") == pytest.approx(336 / 5)


@pytest.mark.parametrize(("group", "n"), [("MPSS", 1), ("PLACEBO", 0), ("", 1)])
def test_missing_values_are_counted_apart(found: Found, group: str, n: int) -> None:
    place = {"group": group, "variable": "AGE", "level": "missing"}
    assert found.value("baseline", "n", **place) == n


def test_one_value_has_no_standard_deviation(found: Found) -> None:
    statistic = found.statistic("baseline", "sd", group="PLACEBO", variable="AGE")
    assert statistic.value is None
    assert statistic.note == "not estimable: one value"
    assert found.value("baseline", "median", group="PLACEBO", variable="AGE") == 80.0


def test_no_value_at_all_leaves_the_counts(found: Found) -> None:
    place = {"group": "PLACEBO", "variable": "WEIGHT"}
    assert found.value("baseline", "n", **place) == 0
    assert found.value("baseline", "n", **place, level="missing") == 1
    with pytest.raises(AssertionError, match="0 statistics"):
        found.value("baseline", "mean", **place)


@pytest.mark.parametrize(
    ("group", "level", "n", "pct"),
    [
        ("MPSS", "F", 1, 25.0),  # of the four with a value
        ("MPSS", "M", 3, 75.0),
        ("PLACEBO", "F", 1, 100.0),
        ("PLACEBO", "M", 0, 0.0),
        ("", "M", 3, 60.0),
    ],
)
def test_categorical(found: Found, group: str, level: str, n: int, pct: float) -> None:
    place = {"group": group, "variable": "SEX", "level": level}
    assert found.value("baseline", "n", **place) == n
    assert found.value("baseline", "pct", **place) == pytest.approx(pct)


def test_levels_follow_the_code_list_and_scores_ascend(found: Found) -> None:
    def levels(variable: str) -> list[str]:
        return [
            statistic.level
            for statistic in found.results["baseline", "ITT"].statistics
            if statistic.variable == variable
            and statistic.group == "MPSS"
            and statistic.name == "n"
        ]

    assert levels("SEX") == ["M", "F", "missing"]
    assert levels("OCCLOC") == ["ICA", "M1", "M2", "OTHER", "missing"]
    assert levels("MRSPRE") == ["0", "1", "2", "missing"]


def test_only_the_itt_set_is_described(plan: Plan) -> None:
    found = Found(analyse_baseline(ADSL.assign(ITTFL=["N"] * 4 + ["Y", "Y"]), plan))
    assert found.value("baseline", "n", variable="AGE") == 1
