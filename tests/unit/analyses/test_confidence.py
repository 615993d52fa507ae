"""Which interval has which confidence, where alpha and level are apart (SAP 1.3)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm, t

from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan
from analysis.io.result import AnalysisResult
from tests.unit.analyses.small_trial.adsl import build_planted_adsl

ALPHA, LEVEL = 0.012, 0.9
ANSWER = 1e-9
"""Relative: 12 digits are written."""
RUN = (
    "sens_pp", "sens_unadjusted", "cutpoint", "win_odds", "win_odds_stratified",
    "win_odds_adjusted", "po_lr_treatment", "partial_po", "sens_merge56", "sens_worst", "sens_mi",
    "sens_site_cluster", "sens_site_random", "sens_as_treated",
)  # fmt: skip


def set_apart(plan: Plan, **primary: Any) -> Plan:
    """The plan with alpha and level apart, and few imputations."""
    few = plan.sensitivity.imputation.model_copy(
        update={"imputations": 3, "cycles": 2, "auxiliaries": ()}
    )
    blocks = {
        "inference": plan.inference.model_copy(update={"alpha": ALPHA, "level": LEVEL}),
        "primary": plan.primary.model_copy(update=primary),
        "analyses": plan.analyses.model_copy(update={"run": RUN}),
        "sensitivity": plan.sensitivity.model_copy(update={"imputation": few}),
    }
    return plan.model_copy(update=blocks)


def read_left_out(result: AnalysisResult) -> set[float]:
    """1 less the confidence of each interval, from its width and the standard error."""
    by_level: dict[str, dict[str, float]] = {}
    for one in result.statistics:
        if one.value is not None and not one.group:
            by_level.setdefault(one.level, {})[one.name] = float(one.value)
    found = set()
    for row in by_level.values():
        if "log_estimate" in row:
            reach = (math.log(row["ci_high"]) - row["log_estimate"]) / row["std_error"]
            other = (row["log_estimate"] - math.log(row["ci_low"])) / row["std_error"]
            assert reach == pytest.approx(other, rel=1e-6)
            tail = t.sf(reach, row["df"]) if "missing_information" in row else norm.sf(reach)
            found.add(round(2 * float(tail), 6))
    return found


@pytest.mark.parametrize(
    ("primary", "at_alpha"),
    [
        ({}, {"primary"}),
        ({"switch_if_nonproportional": True, "switch_to": "win_odds_stratified"},
         {"primary", "win_odds_stratified"}),
        ({"confirmatory": "sens_mi"}, {"primary", "sens_mi"}),
    ],
)  # fmt: skip
def test_alpha_is_of_what_may_be_confirmatory(
    plan: Plan, primary: dict[str, Any], at_alpha: set[str]
) -> None:
    chosen = set_apart(plan, **primary)
    adsl = build_planted_adsl(400, 0.5)
    missing = np.arange(len(adsl)) % 8 == 3
    adsl = adsl.assign(MRS90=adsl["MRS90"].mask(missing & adsl["MRS90"].ne(6)))
    results = [*analyse_mrs_shift(adsl, chosen), *analyse_sensitivity(adsl, chosen)]
    found = {one.analysis_id: read_left_out(one) for one in results}
    with_interval = {name: values for name, values in found.items() if values}
    assert set(RUN) - {"po_lr_treatment"} <= set(with_interval)
    others = round(1 - LEVEL, 6)
    assert with_interval == {
        name: {ALPHA if name in at_alpha else others} for name in with_interval
    }


def test_the_exact_level_of_the_shipped_plan_is_alpha(plan: Plan) -> None:
    """1 - 0.95 in binary is not 0.05; results must not move by that."""
    assert plan.inference.other_alpha == plan.inference.alpha == 0.05
    assert plan.inference.boundaries == (0.05,)
