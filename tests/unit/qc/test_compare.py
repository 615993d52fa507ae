"""Two values of one number: what agrees, what differs, what was not checked, and how it reads."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.io.verdicts import Comparison, Verdict
from analysis.qc.compare import compare
from analysis.qc.recomputed import (
    COUNT,
    CURVATURE,
    DIFFERENCE,
    MAXIMUM,
    OWN_LIMITS,
    Recomputed,
    Tolerance,
    tolerate_p,
)


def set_beside(
    engine: str | None,
    value: float | int | None,
    tolerance: Tolerance = CURVATURE,
    standard_error: float = 1.0,
) -> Comparison:
    number = Recomputed(
        "estimate", value, tolerance, "primary", "ITT", method="by hand", reason="one arm only",
        standard_error=standard_error,
    )  # fmt: skip
    return compare(number, engine)


@pytest.mark.parametrize(
    ("tolerance", "value", "error", "inside", "outside"),
    [
        (COUNT, 1036, 1.0, "1036", "1037"),
        (CURVATURE, 200.0, 1.0, "200.0000019", "200.0000021"),
        (MAXIMUM, 0.0, 0.5, "4.9e-09", "5.1e-09"),
        (DIFFERENCE, 0.0, 1.0, "-9e-10", "-1.1e-09"),
        (tolerate_p(25.0), 1e-6, 1.0, "1.0000002e-06", "1.0000003e-06"),
    ],
    ids=["count", "relative", "standard errors", "absolute", "p-value"],
)
def test_values_agree_up_to_the_tolerance_in_its_unit(
    tolerance: Tolerance, value: float, error: float, inside: str, outside: str
) -> None:
    near = set_beside(inside, value, tolerance, error)
    far = set_beside(outside, value, tolerance, error)
    assert (near.verdict, far.verdict) == (Verdict.AGREES, Verdict.DIFFERS)
    assert far.difference_unit == tolerance.unit.value


@pytest.mark.parametrize("reason", sorted(OWN_LIMITS))
def test_a_check_that_did_not_arrive_accuses_nobody(reason: str) -> None:
    number = Recomputed("estimate", None, CURVATURE, "primary", "ITT", reason=reason)
    found = compare(number, "1.36")
    assert (found.verdict, found.engine, found.reason) == (Verdict.NOT_CHECKED, "1.36", reason)
    proved = replace(number, reason="separation: no finite estimate exists")
    assert compare(proved, "1.36").verdict is Verdict.DIFFERS


@pytest.mark.parametrize("engine", ["nan", "inf", "a word"])
def test_what_is_no_number_differs(engine: str) -> None:
    assert set_beside(engine, 1.0).verdict is Verdict.DIFFERS


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_check_that_gives_no_number_differs(value: float) -> None:
    assert set_beside("1.0", value).verdict is Verdict.DIFFERS
    assert set_beside("nan", value).verdict is Verdict.DIFFERS


def test_not_estimable_by_both_is_not_checked() -> None:
    found = set_beside("", None)
    assert found.verdict is Verdict.NOT_CHECKED
    assert found.reason == "not estimable by both: one arm only"


@pytest.mark.parametrize(
    ("engine", "value", "reason"),
    [
        ("", 1.0, "not estimable by the engine alone"),
        ("1.0", None, "not estimable by the check (one arm only) alone"),
        (None, 1.0, "ard.csv holds no such statistic"),
        (None, None, "ard.csv holds no such statistic"),
    ],
)
def test_a_number_on_one_side_alone_differs(
    engine: str | None, value: float | None, reason: str
) -> None:
    found = set_beside(engine, value)
    assert (found.verdict, found.reason) == (Verdict.DIFFERS, reason)


def test_rounding_is_no_difference_and_is_not_written() -> None:
    found = set_beside("1.50000000001", 1.5 + 3e-10)
    assert (found.difference, found.check) == ("0", "1.5")
    assert set_beside("1.500000006", 1.5).difference == "4e-09"


def test_a_count_is_written_as_it_is() -> None:
    assert set_beside("12", 12, COUNT).check == "12"


def test_no_difference_of_nothing() -> None:
    """A p-value below the smallest number is 0 by both."""
    assert set_beside("0.0", 0.0, tolerate_p(1600.0)).verdict is Verdict.AGREES
    assert set_beside("1e-300", 0.0, tolerate_p(1600.0)).verdict is Verdict.DIFFERS
