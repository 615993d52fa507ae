"""Power and sample size of a common odds ratio against Hmisc (``README.md``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.power import (
    ShiftPower,
    power_of_shift,
    sample_size_of_shift,
    smallest_odds_ratio,
)

HERE = Path(__file__).parent
NUMBERS = 1e-12
"""Relative. Closed formulas on both sides; R's numbers are written with 15 digits."""
LEVELS = 1e-14
"""Absolute. pomodm takes differences of cumulative probabilities."""
ROOT = 1e-10
"""Relative. Both sides find roots to 1e-12 or nearer."""

CONTENT = json.loads((HERE / "cases.json").read_text())
ARMS, CASES = CONTENT["reference_arms"], CONTENT["cases"]
RESULTS = json.loads((HERE / "shift_power.json").read_text())["reference_arms"]

Case = dict[str, float]
Reference = list[float]


@pytest.fixture(params=ARMS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reference(name: str) -> Reference:
    """The level probabilities of a reference arm."""
    return [count / sum(ARMS[name]) for count in ARMS[name]]


def expect(name: str, field: str) -> list[Any]:
    """What R found, case by case."""
    return [found[field] for found in RESULTS[name]]


def size_of_arms(case: Case) -> dict[str, float]:
    return {
        "n": case["n_reference"] + case["n_treatment"],
        "ratio": case["n_treatment"] / case["n_reference"],
        "alpha": case["alpha"],
    }


def find_powers(reference: Reference) -> list[ShiftPower]:
    return [power_of_shift(reference, case["odds_ratio"], **size_of_arms(case)) for case in CASES]


def test_every_arm_and_case_has_a_reference() -> None:
    assert list(RESULTS) == list(ARMS)
    assert {len(found) for found in RESULTS.values()} == {len(CASES)}


@pytest.mark.parametrize("field", ["power", "log_odds_error", "efficiency"])
def test_power(name: str, reference: Reference, field: str) -> None:
    own = [getattr(found, field) for found in find_powers(reference)]
    np.testing.assert_allclose(own, expect(name, field), rtol=NUMBERS)


def test_the_arms_have_the_sizes_asked_for(reference: Reference) -> None:
    for case, found in zip(CASES, find_powers(reference), strict=True):
        assert found.n_reference == pytest.approx(case["n_reference"], rel=NUMBERS)
        assert found.n_treatment == pytest.approx(case["n_treatment"], rel=NUMBERS)


@pytest.mark.parametrize("field", ["treatment", "mean"])
def test_distribution_of_the_treatment_arm_and_of_both(
    name: str, reference: Reference, field: str
) -> None:
    own = [getattr(found.levels, field) for found in find_powers(reference)]
    np.testing.assert_allclose(own, expect(name, field), rtol=0, atol=LEVELS)


def test_sample_size(name: str, reference: Reference) -> None:
    own = [
        sample_size_of_shift(
            reference, case["odds_ratio"], case["power"], ratio=case["ratio"], alpha=case["alpha"]
        ).n_formula
        for case in CASES
    ]
    np.testing.assert_allclose(own, expect(name, "n_formula"), rtol=NUMBERS)


def test_smallest_odds_ratio(name: str, reference: Reference) -> None:
    own = [smallest_odds_ratio(reference, case["power"], **size_of_arms(case)) for case in CASES]
    np.testing.assert_allclose(
        [found.odds_ratio for found in own], expect(name, "smallest_odds_ratio"), rtol=ROOT
    )
    np.testing.assert_allclose(
        [found.power for found in own], [case["power"] for case in CASES], rtol=ROOT
    )
