"""The independent check's own formulas against R: what it says of a run must be right, too."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.qc.formulas.likelihood.ordinal import ShiftFit, fit_shift
from analysis.qc.formulas.normal import find_chi_square_p
from analysis.qc.formulas.two_risks import Counts, recompute_difference, recompute_ratio
from tests.reference.models.made_data.made_data import draw_data_set, load_specifications

COEFFICIENTS = 1e-8
"""Relative. R stops at a gradient of 1e-9."""
STANDARD_ERRORS = 1e-7
"""Relative, as for the engine."""
LIMITS = 1e-9
"""Profile-likelihood limits, in standard errors."""
P_VALUE = 1e-8
"""Relative. The rounding of two log likelihoods leaves 1e-11 in their difference."""
SCORE_LIMITS = 1e-11
"""Absolute for a difference, relative for a ratio."""

MOST_CUTS, MOST_ROWS = 10, 2000
"""The check is made for a scale of a trial, not for speed."""
HERE = Path(__file__).parent
SPECIFICATIONS = load_specifications()
SHIFTS = json.loads((HERE / "proportional_odds.json").read_text())["data_sets"]
RISKS = json.loads((HERE.parent / "count_tables" / "two_proportions.json").read_text())["results"]
NAMES = [
    name
    for name, specification in SPECIFICATIONS.items()
    if specification["columns"]
    and not {"weights", "offset"} & set(specification)
    and len(SHIFTS[name]["first"]["theta"]) <= MOST_CUTS
    and SHIFTS[name]["data"]["n"] <= MOST_ROWS
]
Reference = dict[str, Any]


@cache
def fit(name: str) -> ShiftFit:
    data = draw_data_set(SPECIFICATIONS[name])
    found = fit_shift(data.y, data.x)
    assert isinstance(found, ShiftFit), found
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_first_effect_and_its_error(name: str) -> None:
    expected: Reference = SHIFTS[name]["first"]
    cuts = len(expected["theta"])
    assert fit(name).log_odds_ratio == pytest.approx(expected["beta"][0], rel=COEFFICIENTS)
    assert fit(name).standard_error == pytest.approx(
        expected["std_error"][cuts], rel=STANDARD_ERRORS
    )
    assert fit(name).maximum.value == pytest.approx(expected["log_likelihood"], rel=1e-10)


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_of_the_first_effect(name: str) -> None:
    expected: Reference = SHIFTS[name]["first"]["profile_first_column"]
    limits = [fit(name).profile_limit(side, 0.05) for side in (-1.0, 1.0)]
    wanted = [expected["ci_low"], expected["ci_high"]]
    assert limits == pytest.approx(wanted, abs=LIMITS * fit(name).standard_error)
    statistic = fit(name).likelihood_ratio()
    assert statistic is not None
    assert find_chi_square_p(statistic) == pytest.approx(expected["p_value_lr"], rel=P_VALUE)


def numbers(*values: float | None) -> list[float]:
    """Values with NaN where there is none, as pytest.approx can compare them."""
    return [math.nan if value is None else float(value) for value in values]


@pytest.mark.parametrize("result", RISKS, ids=lambda result: str(result["table"]))
def test_score_limits_of_two_risks(result: Reference) -> None:
    counts = Counts(*result["table"])
    for limits in result["limits"]:
        alpha = round(1 - limits["confidence"], 10)
        found = {number.name: number.value for number in recompute_difference(counts, alpha)}
        own = numbers(found["ci_low"], found["ci_high"])
        assert own == pytest.approx(limits["difference"], abs=SCORE_LIMITS)
        expected = numbers(result["p_value_difference"])
        assert numbers(found["p_value"]) == pytest.approx(expected, rel=1e-9, nan_ok=True)
        if any(limit is not None for limit in limits["ratio"]):
            ratio = {number.name: number.value for number in recompute_ratio(counts, alpha)}
            wanted = numbers(*limits["ratio"])
            own = numbers(ratio["ci_low"], ratio["ci_high"])
            assert own == pytest.approx(wanted, rel=SCORE_LIMITS, nan_ok=True)


def test_the_data_sets_are_many_and_unlike() -> None:
    assert len(NAMES) >= 8
    assert len({len(SHIFTS[name]["first"]["theta"]) for name in NAMES}) >= 4
    assert np.ptp([SHIFTS[name]["data"]["n"] for name in NAMES]) > 100
