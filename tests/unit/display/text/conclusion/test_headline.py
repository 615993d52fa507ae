"""The first sentence names the confirmatory analysis, its verdict, and what tempers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist.results import answer_effects
from analysis.display.figures.forest.sensitivity import caption
from analysis.display.prose.abstracts import build_abstracts
from analysis.display.text.conclusion.confirmatory import Verdict, conclude
from analysis.display.text.conclusion.headline import headline
from tests.unit.display.text.conclusion.frames import (
    Records,
    change_effect,
    change_missing,
    list_records,
    mark_confirmatory,
)

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


def revise(plan: Plan, block: str, **fields: object) -> Plan:
    changed = getattr(plan, block).model_copy(update=fields)
    return plan.model_copy(update={block: changed})


def test_the_confirmatory_analysis_is_the_one_spoken_of(whole: Ard, small_plan: Plan) -> None:
    records, n = list_records(whole), int(whole.require("primary", "n", "ITT"))
    imputed = revise(small_plan, "primary", confirmatory="sens_mi")
    shifted = change_effect(records, "primary", 1.3, 1.01, 1.67, 0.04)
    not_shown = change_effect(shifted, "sens_mi", 1.2, 0.97, 1.48, 0.09)
    ard = mark_confirmatory(not_shown, "sens_mi")
    assert conclude(ard, imputed).verdict is Verdict.NOT_SHOWN
    text = headline(ard, imputed)
    assert text.startswith("No shift of the mRS at day 90")
    assert "(analysis with missing outcomes imputed, n = " in text
    assert "p = 0.09" in text
    assert f"The outcomes as observed (n = {n}) give adjusted common odds ratio 1.30" in text
    assert text.endswith("nominal.")
    for abstract in build_abstracts(ard, imputed, ""):
        assert "No shift of the distribution of the scores" in abstract.text
        assert "Scores were" not in abstract.text
    assert answer_effects(ard, imputed).startswith(text)
    assert "(nominal; confirmatory: analysis with missing outcomes imputed 1.20" in caption(
        ard, imputed
    )


def test_without_covariates_nothing_is_adjusted(records: Records, plan: Plan) -> None:
    names = tuple(covariate.name for covariate in plan.primary.covariates)
    kept = [row for row in records if row["level"].partition("=")[0] not in names]
    assert ": common odds ratio 1.36" in headline(Ard.from_records(kept), plan)


def test_odds_that_are_not_proportional_stand_in_it(whole: Ard, small_plan: Plan) -> None:
    records = list_records(whole)
    assert "not proportional" not in headline(Ard.from_records(records), small_plan)
    rejected = [
        {**row, "stat": "6e-07"}
        if (row["analysis_id"], row["stat_name"]) == ("po_lr_treatment", "p_value")
        else row
        for row in records
    ]
    low = change_effect(rejected, "cutpoint", 0.5, 0.4, 0.6, 0.0001, level="5")
    high = change_effect(low, "cutpoint", 9.5, 3.1, 29.1, 0.0001, level="1")
    text = headline(Ard.from_records(high), small_plan)
    assert (
        "The odds are not proportional (p < 0.001): the odds ratio is 0.50 (0.40 to 0.60) for mRS "
        "0-5 versus 6 and 9.50 (3.10 to 29.10) for mRS 0-1 versus 2-6." in text
    )
    fewer = revise(small_plan, "analyses", run=("po_lr_treatment",))
    assert "one odds ratio averages them" in headline(Ard.from_records(high), fewer)
    silent = revise(small_plan, "analyses", run=("cutpoint",))
    assert "not proportional" not in headline(Ard.from_records(high), silent)


@pytest.mark.parametrize(
    ("missing", "late", "is_said"), [(8, 4, False), (12, 5, True), (0, 40, True)]
)
def test_from_the_plans_share_on_the_imputation_stands_in_it(
    missing: int, late: int, is_said: bool, whole: Ard, small_plan: Plan
) -> None:
    ard = change_missing(list_records(whole), {"": missing, "OUT OF WINDOW": late})
    text = headline(ard, small_plan)
    assert ("with them imputed, adjusted common odds ratio" in text) is is_said
    if is_said:
        assert text.endswith(": the same conclusion.")
    without = revise(small_plan, "analyses", run=())
    assert ("the plan runs no multiple imputation" in headline(ard, without)) is is_said


def test_an_imputation_that_says_otherwise_leaves_no_finding(whole: Ard, small_plan: Plan) -> None:
    records = change_effect(list_records(whole), "primary", 1.3, 1.01, 1.67, 0.03)
    differing = change_effect(records, "sens_mi", 1.2, 0.97, 1.48, 0.09)
    text = headline(change_missing(differing, {"": 69}), small_plan)
    assert "with them imputed, adjusted common odds ratio 1.20 (95% CI 0.97 to 1.48)" in text
    assert text.endswith("the two do not agree, and neither is to be read as a finding alone.")
