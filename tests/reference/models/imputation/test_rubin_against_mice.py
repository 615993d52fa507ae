"""Rubin's rules against mice::pool and mice::pool.scalar (``README.md``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.models.imputation import combine_rubin

REFERENCE = json.loads(Path(__file__).with_name("rubin.json").read_text())
EXACT = 1e-11
"""Relative. R's numbers are written with 15 digits; df divides by the square of a variance."""
RAISED = 1e-4
"""mice raises lambda, the share of the variance that is due to missingness, to 1e-4."""


@pytest.mark.parametrize("case", REFERENCE["scalar"])
def test_made_up_estimates(case: dict[str, Any]) -> None:
    pooled = combine_rubin(
        case["estimates"], case["variances"], case.get("complete_df") or np.inf, 0.05
    )
    assert pooled.estimate == pytest.approx(case["estimate"], rel=EXACT)
    assert pooled.within == pytest.approx(case["within"], rel=EXACT)
    assert pooled.between == pytest.approx(case["between"], rel=EXACT)
    assert pooled.standard_error == pytest.approx(np.sqrt(case["total"]), rel=EXACT)
    assert pooled.degrees_of_freedom == pytest.approx(case.get("df") or np.inf, rel=EXACT)
    assert pooled.variance_increase == pytest.approx(case["increase"], rel=EXACT)
    assert pooled.missing_information == pytest.approx(case["fmi"], rel=EXACT)
    rise = (1 + 1 / pooled.imputations) * case["between"] / case["total"]
    if rise >= RAISED:
        assert case["mice"] == pytest.approx({"df": case["df"], "fmi": case["fmi"]}, rel=EXACT)
    else:  # by which 1 - lambda changes, or infinite degrees become (m - 1) 1e8
        finite = min(pooled.degrees_of_freedom, (pooled.imputations - 1) / RAISED**2)
        assert finite == pytest.approx(case["mice"]["df"], rel=2 * RAISED)


@pytest.mark.parametrize("term", REFERENCE["pool"])
def test_models_of_imputed_data(term: dict[str, Any]) -> None:
    pooled = combine_rubin(term["estimates"], term["variances"], term["complete_df"], 0.05)
    assert pooled.estimate == pytest.approx(term["estimate"], rel=EXACT)
    assert pooled.standard_error == pytest.approx(term["standard_error"], rel=EXACT)
    assert pooled.degrees_of_freedom == pytest.approx(term["df"], rel=EXACT)
    assert pooled.missing_information == pytest.approx(term["fmi"], rel=EXACT)
    assert pooled.low == pytest.approx(term["low"], rel=EXACT)
    assert pooled.high == pytest.approx(term["high"], rel=EXACT)
    assert pooled.p_value == pytest.approx(term["p_value"], rel=EXACT)
