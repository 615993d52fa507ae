"""Score intervals of two proportions against R's bisection (``two_proportions.R``)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from analysis.models.means_and_risks import (
    Counts,
    RiskContrast,
    estimate_risk_difference,
    estimate_risk_ratio,
)

LIMITS = 1e-11
"""Absolute for a difference, relative for a ratio: the engine finds roots to 1e-12."""
P_VALUE = 1e-11
"""Relative. At risks of 0.999 the program in R keeps 12 digits."""

RESULTS = json.loads(Path(__file__).with_name("two_proportions.json").read_text())["results"]
CASES = [
    pytest.param(result, limits, id=f"{result['table']} {limits['confidence']}")
    for result in RESULTS
    for limits in result["limits"]
]
RATIO_CASES = [
    case for case in CASES if any(bound is not None for bound in case.values[1]["ratio"])
]

Reference = dict[str, Any]


def numbers(*values: float | None) -> list[float]:
    """Values with NaN where there is none, as pytest.approx can compare them."""
    return [math.nan if value is None else value for value in values]


def bounds(contrast: RiskContrast) -> list[float]:
    return numbers(contrast.ci_low, contrast.ci_high)


def alpha_of(limits: Reference) -> float:
    return round(1 - limits["confidence"], 10)


@pytest.mark.parametrize(("result", "limits"), CASES)
def test_miettinen_nurminen_interval(result: Reference, limits: Reference) -> None:
    own = estimate_risk_difference(Counts(*result["table"]), alpha_of(limits))
    assert bounds(own) == pytest.approx(limits["difference"], abs=LIMITS)
    expected = numbers(result["p_value_difference"])
    assert numbers(own.p_value) == pytest.approx(expected, rel=P_VALUE, nan_ok=True)


@pytest.mark.parametrize(("result", "limits"), RATIO_CASES)
def test_koopman_interval(result: Reference, limits: Reference) -> None:
    own = estimate_risk_ratio(Counts(*result["table"]), alpha_of(limits))
    expected = numbers(*limits["ratio"])
    assert bounds(own) == pytest.approx(expected, rel=LIMITS, nan_ok=True)
    assert own.standard_error is None
    assert own.reason
