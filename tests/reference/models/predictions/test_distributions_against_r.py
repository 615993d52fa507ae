"""The adjusted distribution and risk differences of the results against R (``README.md``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, ndtri

from analysis.analyses.mrs.distributions import analyse_distributions
from analysis.config import load_plan
from analysis.io.result import AnalysisResult

FOLDER = Path(__file__).parent
ANALYSIS = "small"
"""Of ``standardised.R``: the arm, age and severity; everybody has one of seven levels."""
REFERENCE = json.loads((FOLDER / "standardised.json").read_text())["ordinal"][ANALYSIS]
ANSWER = 1e-7
"""Relative. R's central differences leave about 1e-9; 12 digits are written."""
Z = float(ndtri(0.975))
K = 7
FIRST_DIFFERENCE = 2 * K + 2 * (K - 1)
"""Where the risk differences begin among the effects of R: after probabilities and risks."""


@pytest.fixture(scope="module")
def found() -> dict[str, AnalysisResult]:
    plan = load_plan(FOLDER.parents[3] / "config" / "trial.yaml")
    chosen = [each for each in plan.primary.covariates if each.name in ("AGE", "NIHSSBL")]
    primary = plan.primary.model_copy(update={"covariates": tuple(chosen)})
    rows = pd.read_csv(FOLDER / "rows.csv").head(REFERENCE["n"])
    adsl = pd.DataFrame(
        {
            "SUBJID": [f"S{number:03d}" for number in range(len(rows))],
            "ITTFL": "Y",
            "PPROTFL": "Y",
            "TRT01P": rows["arm"].map({1: "MPSS", 0: "PLACEBO"}),
            "MRS90": rows["y"].astype("Int64"),
            "AGE": rows["age"],
            "NIHSSBL": rows["severity"],
        }
    )
    results = analyse_distributions(adsl, plan.model_copy(update={"primary": primary}))
    return {result.analysis_id: result for result in results}


def read(result: AnalysisResult, name: str, *, by_arm: bool) -> list[Any]:
    """The values of one statistic in the order of the result."""
    return [
        one.value for one in result.statistics if one.name == name and bool(one.group) == by_arm
    ]


def test_level_probabilities_and_limits(found: dict[str, AnalysisResult]) -> None:
    logits = np.array(REFERENCE["effects"][: 2 * K])
    errors = np.array(REFERENCE["fixed"][: 2 * K])
    expected = {"pct": logits, "ci_low": logits - Z * errors, "ci_high": logits + Z * errors}
    for name, values in expected.items():
        made = read(found["mrs_distribution_adjusted"], name, by_arm=True)
        np.testing.assert_allclose(made, 100 * expit(values), rtol=ANSWER)


def test_risk_differences_and_limits(found: dict[str, AnalysisResult]) -> None:
    part = slice(FIRST_DIFFERENCE, FIRST_DIFFERENCE + K - 1)
    estimates, errors = (np.array(REFERENCE[name][part]) for name in ("effects", "fixed"))
    expected = {
        "estimate": estimates,
        "std_error": errors,
        "ci_low": estimates - Z * errors,
        "ci_high": estimates + Z * errors,
    }
    for name, values in expected.items():
        made = read(found["mrs_distribution_rd_adjusted"], name, by_arm=False)
        np.testing.assert_allclose(made, values, rtol=ANSWER)
