"""Partial proportional odds of made-up data sets against clm and vglm (``made.R``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.proportionality import PartialOddsFit, fit_partial_odds
from tests.reference.models.made_data.made_data import draw_data_set, load_specifications
from tests.reference.models.proportionality.fit_agreement import COEFFICIENT, assert_fit

FOLDER = Path(__file__).parent
SETS = json.loads((FOLDER / "made_sets.json").read_text())
REFERENCE = json.loads((FOLDER / "made.json").read_text())["data_sets"]
SPECIFICATIONS = load_specifications()

Reference = dict[str, Any]


def list_sets(kind: str) -> list[Any]:
    return [
        pytest.param(name, found, id=f"{name}-{found['free']}")
        for name, kinds in REFERENCE.items()
        for found in kinds.get(kind, [])
    ]


@cache
def fit(name: str, free: tuple[int, ...]) -> PartialOddsFit:
    data = draw_data_set(SPECIFICATIONS[name])
    return fit_partial_odds(data.y, data.x, free, weights=data.weights)


def test_every_set_has_a_reference() -> None:
    named = {name: kinds for name, kinds in SETS.items() if name != "about"}
    assert named == {
        name: {kind: [one["free"] for one in found] for kind, found in kinds.items()}
        for name, kinds in REFERENCE.items()
    }


@pytest.mark.parametrize(("name", "expected"), list_sets("maximum"))
def test_maximum_equals_clm(name: str, expected: Reference) -> None:
    found = fit(name, tuple(expected["free"]))
    assert_fit(found, found.covariance, expected)
    distance = expected["smallest_distance"]
    assert found.smallest_distance == pytest.approx(distance, abs=COEFFICIENT)


@pytest.mark.parametrize(("name", "expected"), list_sets("maximum"))
def test_maximum_equals_vglm(name: str, expected: Reference) -> None:
    if name == "sparse_levels":  # vglm's second step leaves the ordered region
        assert expected["vglm"] == "NA/NaN/Inf in foreign function call (arg 1)"
        return
    found = fit(name, tuple(expected["free"]))
    assert_fit(found, found.covariance_expected, expected["vglm"])


@pytest.mark.parametrize(("name", "expected"), list_sets("edge"))
def test_no_estimate_at_the_edge(name: str, expected: Reference) -> None:
    """clm, without a word, gives what is no model: some rows' cumulative logits cross there. vglm
    refuses."""
    assert expected["smallest_distance"] < 0.0
    assert expected["clm"] == "nothing"
    assert "intersecting linear/additive predictors" in expected["vglm"]
    with pytest.raises(EstimationError, match="the maximum lies at the edge of the region"):
        fit(name, tuple(expected["free"]))


@pytest.mark.parametrize(("name", "expected"), list_sets("separation"))
def test_no_estimate_where_columns_separate(name: str, expected: Reference) -> None:
    """A level that one arm lacks at the end of the scale. clm stops, with a warning, at finite
    numbers; vglm warns of vanishing weights."""
    assert "Hessian is numerically singular" in expected["clm"]
    assert "diagonal elements of the working weights" in expected["vglm"]
    with pytest.raises(EstimationError, match=r"separation along column \[0\]"):
        fit(name, tuple(expected["free"]))


def test_the_covariances_tell_the_informations_apart() -> None:
    for name, expected in (("small", (0,)), ("many_columns", (0,))):
        found = fit(name, expected)
        ratio = np.diag(found.covariance) / np.diag(found.covariance_expected)
        assert np.abs(ratio - 1).max() > 1e-3
