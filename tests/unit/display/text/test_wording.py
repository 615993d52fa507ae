"""Sentences follow the numbers and claim no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.methods.primary import methods
from analysis.display.report.assumptions import list_settings
from analysis.display.text.wording import cut_label

Changed = Callable[..., Ard]


@pytest.mark.parametrize(
    ("level", "text"), [(0, "mRS 0 versus 1-6"), (2, "mRS 0-2 versus 3-6"), (5, "mRS 0-5 versus 6")]
)
def test_cut_points_are_named_by_both_sides(level: int, text: str, plan: Plan) -> None:
    assert cut_label(plan, level) == text


def test_methods_name_the_analyses_that_were_run(ard: Ard, plan: Plan) -> None:
    fewer = plan.analyses.model_copy(update={"run": ("cutpoint",)})
    headings = [name for name, _ in methods(ard, plan.model_copy(update={"analyses": fewer}))]
    assert "Proportional odds" in headings
    assert "Win odds" not in headings
    assert "Win odds" in [name for name, _ in methods(ard, plan)]


def test_every_assumption_of_the_plan_is_listed(plan: Plan) -> None:
    blocks = list_settings(plan, "assumption")
    assert "primary" in blocks
    assert "eligibility" not in blocks
    keys = {setting.key: setting for settings in blocks.values() for setting in settings}
    assert keys["inference.alpha"].value == "0.05"
    assert keys["primary.covariates: OCCLOC"].value == (
        "kind categorical; label Occlusion site; levels M1, ICA, M2, OTHER"
    )
    assert all(setting.meaning for setting in keys.values())
