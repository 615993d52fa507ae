"""Multiple imputation and its delta adjustment against mice, within Monte Carlo error (SAP 6)."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan, load_plan
from tests.reference.mrs_shift.trial_data import HERE, read_trial

CONFIG = HERE.parents[2] / "config"
R = json.loads((HERE / "imputation.json").read_text(encoding="utf-8"))["results"]
MONTE_CARLO_ERRORS = 4
"""Both sides draw: their difference has the variance between imputations times 1/m + 1/m'."""
WITHIN = 0.01
"""Relative. The mean variance of the completed data sets hardly depends on the draws."""
BETWEEN = 2.2
"""Ratio of two variances with 49 and 99 degrees of freedom: the 99.9 % point is 2.1."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The shipped plan with the imputed analyses alone, and a grid that holds R's shifts."""
    shipped = load_plan(CONFIG / "trial.yaml")
    grid = shipped.sensitivity.tipping.model_copy(update={"step": 1.0})
    return shipped.model_copy(
        update={
            "analyses": shipped.analyses.model_copy(update={"run": ("sens_mi", "sens_tipping")}),
            "sensitivity": shipped.sensitivity.model_copy(update={"tipping": grid}),
        }
    )


@pytest.fixture(scope="module")
def ours(plan: Plan) -> dict[tuple[str, str, str], Any]:
    return {
        (result.analysis_id, statistic.level, statistic.name): statistic.value
        for result in analyse_sensitivity(read_trial(), plan)
        for statistic in result.statistics
        if not statistic.group
    }


@pytest.mark.parametrize(
    "theirs", R["shifts"], ids=[f"{s['mpss']};{s['placebo']}" for s in R["shifts"]]
)
def test_pooled_effect(
    ours: dict[tuple[str, str, str], Any], plan: Plan, theirs: dict[str, float]
) -> None:
    level = f"MPSS={theirs['mpss']:g};PLACEBO={theirs['placebo']:g}"
    estimate, error, df = (
        ours["sens_tipping", level, name] for name in ("log_estimate", "std_error", "df")
    )
    m = plan.sensitivity.imputation.imputations
    monte_carlo = math.sqrt(theirs["between"] * (1 / m + 1 / R["imputations"]))
    assert abs(estimate - theirs["log_estimate"]) < MONTE_CARLO_ERRORS * monte_carlo
    # between = (total - within) / (1 + 1 / m), the within variances of both sides being alike
    excess = error**2 - theirs["within"]
    assert excess > -WITHIN * theirs["within"]
    largest = (1 + WITHIN) * theirs["within"] + BETWEEN * (1 + 1 / m) * theirs["between"]
    assert error**2 < largest
    assert df == pytest.approx(theirs["df"], rel=0.05)


def test_no_shift_is_the_multiple_imputation(ours: dict[tuple[str, str, str], Any]) -> None:
    for name in ("estimate", "ci_low", "ci_high", "p_value", "std_error", "df"):
        assert ours["sens_mi", "", name] == ours["sens_tipping", "MPSS=0;PLACEBO=0", name]


def test_everybody_randomised_is_analysed(ours: dict[tuple[str, str, str], Any]) -> None:
    assert ours["sens_mi", "", "n"] == R["n"]
    assert ours["sens_mi", "", "n_imputed"] == 53
