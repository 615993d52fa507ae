"""Which p-value is confirmatory: that of the primary analysis unless the plan says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.analyses.mrs.roles import mark_confirmatory
from analysis.config import Plan
from analysis.io.result import AnalysisResult, Statistic
from tests.unit.analyses.small_trial.adsl import Found

SWITCH = {
    "switch_if_nonproportional": True,
    "switch_test": "po_lr_treatment",
    "switch_to": "win_odds_adjusted",
}


def mark(plan: Plan, test_p: float | None = 0.5, **primary: Any) -> Found:
    """The marked results of four analyses; ``test_p``: of the tests of proportional odds."""
    p_values = {"primary": 0.04, "po_lr_treatment": test_p, "brant": 0.9, "win_odds_adjusted": 0.03,
                "sens_mi": 0.06}  # fmt: skip
    results = [
        AnalysisResult(name, "ITT", "a method", (Statistic("p_value", value),))
        for name, value in p_values.items()
    ]
    changed = plan.model_copy(update={"primary": plan.primary.model_copy(update=primary)})
    return Found(mark_confirmatory(results, changed))


def find_marks(found: Found) -> dict[str, int | float | None]:
    return {
        analysis_id: statistic.value
        for (analysis_id, _), result in found.results.items()
        for statistic in result.statistics
        if statistic.name == "confirmatory"
    }


def test_the_shipped_plan_marks_nothing(plan: Plan) -> None:
    found = mark(plan, test_p=0.0001)
    assert find_marks(found) == {}
    assert not any(result.warnings for result in found.results.values())


def test_a_prespecified_imputation_is_confirmatory(plan: Plan) -> None:
    found = mark(plan, confirmatory="sens_mi")
    assert find_marks(found) == {"primary": 0, "sens_mi": 1}
    warning = ("the plan prespecifies sens_mi as confirmatory",)
    assert found.results["primary", "ITT"].warnings == warning
    assert found.results["sens_mi", "ITT"].warnings == warning
    assert found.results["win_odds_adjusted", "ITT"].warnings == ()


def test_a_test_that_rejects_switches_where_the_plan_says_so(plan: Plan) -> None:
    found = mark(plan, test_p=0.03, **SWITCH)
    assert find_marks(found) == {"primary": 0, "win_odds_adjusted": 1}
    (warning,) = found.results["win_odds_adjusted", "ITT"].warnings
    assert warning.startswith("po_lr_treatment rejects proportional odds")


def test_the_plan_names_the_test_that_switches(plan: Plan) -> None:
    assert find_marks(mark(plan, test_p=0.001, **{**SWITCH, "switch_test": "brant"})) == {
        "primary": 1
    }


@pytest.mark.parametrize("test_p", [0.05, 0.7])
def test_a_test_that_does_not_reject_switches_nothing(plan: Plan, test_p: float) -> None:
    found = mark(plan, test_p=test_p, **SWITCH)
    assert find_marks(found) == {"primary": 1}
    assert found.results["primary", "ITT"].warnings == ()


def test_a_test_that_is_not_estimable_switches_nothing_and_is_told(plan: Plan) -> None:
    found = mark(plan, test_p=None, **SWITCH)
    assert find_marks(found) == {"primary": 1}
    assert found.results["primary", "ITT"].warnings == (
        "po_lr_treatment is not estimable: the plan's switch is not made",
    )
