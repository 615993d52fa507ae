"""Sentences follow the numbers and claim no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.methods.primary import methods
from analysis.display.report.assumptions import list_settings
from analysis.display.text.wording import cut_label, headline, missing_sentence, missing_warning

Changed = Callable[..., Ard]


def test_headline_of_a_benefit(ard: Ard, plan: Plan) -> None:
    assert headline(ard, plan) == (
        "Methylprednisolone led to a lower (better) mRS at day 90 than Placebo in the "
        "intention-to-treat set (n = 1040): adjusted common odds ratio 1.36 (95% CI 1.10 to 1.70), "
        "p = 0.006; an odds ratio > 1 favours Methylprednisolone: lower mRS."
    )


def test_headline_of_a_harm(changed: Changed, plan: Plan) -> None:
    ard = changed(estimate=0.7, ci_low=0.55, ci_high=0.9, p_value=0.005)
    assert headline(ard, plan).startswith("Methylprednisolone led to a higher (worse) mRS")


def test_headline_without_a_shift_shown(changed: Changed, plan: Plan) -> None:
    ard = changed(estimate=1.2, ci_low=0.97, ci_high=1.49, p_value=0.0501)
    text = headline(ard, plan)
    assert text.startswith("No shift of the mRS at day 90 between Methylprednisolone and Placebo")
    assert "p = 0.0501" in text


def test_headline_of_nothing_estimable(unestimable: Callable[..., Ard], plan: Plan) -> None:
    text = headline(unestimable("primary"), plan)
    assert text == ("The primary analysis is not estimable (separation, an arm has no event).")


@pytest.mark.parametrize(
    ("level", "text"), [(0, "mRS 0 versus 1-6"), (2, "mRS 0-2 versus 3-6"), (5, "mRS 0-5 versus 6")]
)
def test_cut_points_are_named_by_both_sides(level: int, text: str, plan: Plan) -> None:
    assert cut_label(plan, level) == text


def test_from_five_percent_missing_the_reader_is_warned(
    ard: Ard, records: list[dict[str, str]], plan: Plan
) -> None:
    assert missing_warning(ard, plan) == ""
    assert missing_sentence(ard, plan).startswith("20 of 1060 randomised have no mRS at day 90")
    many = [
        {**row, "stat": "53"} if (row["level"], row["group"]) == ("outcome_missing", "") else row
        for row in records
    ]
    assert missing_warning(Ard.from_records(many), plan) == (
        "Warning: 5% or more of the outcomes are missing; the primary analysis is to be read "
        "beside the multiple imputation."
    )


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
