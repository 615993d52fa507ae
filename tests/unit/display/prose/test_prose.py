"""The paragraphs follow the result, the plan and the conventions of their journal."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.abstracts import build_abstracts, list_left_out
from analysis.display.prose.journal import name_arm
from tests.projects.analysed_trials import rename_arms

Records = list[dict[str, str]]
NUMBERS = ("estimate", "ci_low", "ci_high", "p_value")
NEJM, JAMA, LANCET = range(3)


def set_effect(records: Records, analysis_id: str, *numbers: float) -> Records:
    """The rows with another estimate, interval and p-value of one analysis."""
    values = dict(zip(NUMBERS, map(repr, numbers), strict=True))
    return [
        {**row, "stat": values.get(row["stat_name"], row["stat"])}
        if row["analysis_id"] == analysis_id and not row["level"] and not row["group"]
        else row
        for row in records
    ]


def blank(records: Records, *analysis_ids: str) -> Records:
    """The rows with one analysis not estimable."""
    return [
        {**row, "stat": "", "warning": "not estimable: an arm without events"}
        if row["analysis_id"] in analysis_ids and row["stat_name"] in NUMBERS
        else row
        for row in records
    ]


@pytest.fixture
def say(small_plan: Plan, stamp: str) -> Callable[..., list[str]]:
    """The texts of the three paragraphs, of rows and of the plan with other settings."""

    def build(records: Records, plan: Plan = small_plan, mark: str = stamp) -> list[str]:
        return [one.text for one in build_abstracts(Ard.from_records(records), plan, mark)]

    return build


def update(plan: Plan, block: str, **settings: Any) -> Plan:
    """The plan with other settings of one block."""
    return plan.model_copy(update={block: getattr(plan, block).model_copy(update=settings)})


def test_each_journal_has_its_conventions(benefit: Records, say: Callable[..., list[str]]) -> None:
    rows = set_effect(benefit, "primary", 1.3648, 1.0952, 1.7008, 0.0067)
    nejm, jama, lancet = say(rows)
    assert (
        "(adjusted common odds ratio for a lower score, 1.36; 95% confidence interval [CI], 1.10 "
        "to 1.70; P=0.007)" in nejm
    )
    assert "for a lower score, 1.36 [95% CI, 1.10-1.70]; P = .007)" in jama
    assert "for a lower score 1·36 [95% CI 1·10–1·70]; p=0·0067)" in lancet
    assert nejm.count("confidence interval [CI]") == 1
    assert ("randomization" in nejm, "hemorrhage" in jama, "haemorrhage" in lancet) == (True,) * 3
    assert not re.search(r"\d\.\d", lancet)
    assert not re.search(r"[PpD] ?[=<>] ?0\.", jama)


def test_the_nejm_gives_one_p_value_and_no_other(
    benefit: Records, say: Callable[..., list[str]]
) -> None:
    nejm, jama, lancet = say(benefit)
    assert len(re.findall(r"P[=<>]", nejm)) == 1
    assert "not adjusted for multiplicity" in nejm
    assert jama.endswith("P values other than the confirmatory one are nominal.")
    assert lancet.endswith("p values other than the confirmatory one are nominal.")


def test_headings_and_dates(benefit: Records, small_plan: Plan) -> None:
    ard = Ard.from_records(benefit)
    found = build_abstracts(ard, small_plan, "")
    assert [one.heading for one in found] == ["Results", "Results", "Findings"]
    assert re.match(r"From [A-Z]\w+ \d{4} through [A-Z]\w+ \d{4}, a total of", found[NEJM].text)
    assert found[JAMA].text.startswith("A total of")
    assert re.match(r"Between [A-Z]\w+, \d{4}, and [A-Z]\w+, \d{4}, a total", found[LANCET].text)


def test_a_benefit_a_harm_and_no_shift(benefit: Records, say: Callable[..., list[str]]) -> None:
    better = say(set_effect(benefit, "primary", 1.4, 1.1, 1.8, 0.004))
    worse = say(set_effect(benefit, "primary", 0.7, 0.5, 0.9, 0.004))
    none = say(set_effect(benefit, "primary", 1.2, 0.97, 1.49, 0.0501))
    assert all("Scores were lower (better) in the methylprednisolone" in text for text in better)
    assert all("Scores were higher (worse) in the methylprednisolone" in text for text in worse)
    assert all("No shift of the distribution" in text for text in none)
    assert "P=0.0501" in none[NEJM]


def test_the_direction_of_another_trial(
    benefit: Records, small_plan: Plan, say: Callable[..., list[str]]
) -> None:
    plan = update(small_plan, "inference", favours_treatment="below_1")
    texts = say(set_effect(benefit, "primary", 0.7, 0.5, 0.9, 0.004), plan)
    assert all("Scores were lower (better)" in text for text in texts)
    assert "common odds ratio for a higher score" in texts[NEJM]
    assert "win odds for a higher score" in texts[NEJM]


def test_what_is_not_estimable_is_said(
    benefit: Records, small_plan: Plan, say: Callable[..., list[str]]
) -> None:
    rows = blank(benefit, "primary", "sich_48h_rr")
    assert all("is not estimable; the median score" in text for text in say(rows))
    assert all("(risk ratio not estimable; risk difference" in text for text in say(rows))
    notes = list_left_out(Ard.from_records(rows), small_plan)
    assert "Primary analysis: an arm without events." in notes
    assert any(note.startswith("Symptomatic") and "risk ratio" in note for note in notes)


def test_what_the_plan_does_not_run_is_left_out(
    benefit: Records, small_plan: Plan, say: Callable[..., list[str]]
) -> None:
    plan = update(small_plan, "analyses", run=("cutpoint",))
    plan = update(plan, "secondary", dichotomies=(1,))
    text = say(benefit, plan)[NEJM]
    words = ("win odds", "per-protocol", "imputed", "0 to 2")
    assert [word for word in words if word in text] == []
    assert list_left_out(Ard.from_records(benefit), plan) == (
        "The plan does not run the win odds (win_odds).",
        "The plan does not run the dichotomy mRS 0-2.",
        "The plan does not run the per-protocol analysis (sens_pp).",
        "The plan does not run the multiple imputation (sens_mi).",
    )


def test_without_dates_nothing_is_made_up(benefit: Records, small_plan: Plan) -> None:
    rows = [row for row in benefit if row["analysis_id"] != "recruitment"]
    ard = Ard.from_records(rows)
    assert build_abstracts(ard, small_plan, "")[LANCET].text.startswith("A total of")
    assert "The results hold no dates of randomisation." in list_left_out(ard, small_plan)


def test_where_proportional_odds_are_rejected_it_is_said(
    benefit: Records, say: Callable[..., list[str]]
) -> None:
    def with_p(p_value: float) -> list[str]:
        return say([
            {**row, "stat": repr(p_value)}
            if (row["analysis_id"], row["stat_name"]) == ("po_lr_treatment", "p_value")
            else row
            for row in benefit
        ])  # fmt: skip

    words = "was not the same at every cut point of the mRS"
    assert all(words in text for text in with_p(0.003))
    assert "(P=0.003 for non-proportional odds)" in with_p(0.003)[NEJM]
    assert not any(words in text for text in with_p(0.06))


def test_another_confirmatory_analysis_carries_the_verdict(
    benefit: Records, small_plan: Plan, say: Callable[..., list[str]]
) -> None:
    plan = update(small_plan, "primary", confirmatory="sens_mi")
    rows = set_effect(benefit, "primary", 1.4, 1.1, 1.8, 0.004)
    rows = set_effect(rows, "sens_mi", 1.2, 0.97, 1.49, 0.0501)
    like = next(row for row in rows if row["analysis_id"] == "primary")
    for name, value in (("primary", "0"), ("sens_mi", "1")):
        mark = {"analysis_id": name, "stat_name": "confirmatory", "stat": value}
        rows = [*rows, {**like, **mark, "group": "", "level": "", "variable": ""}]
    nejm = say(rows, plan)[NEJM]
    assert "No shift of the distribution of the scores between the groups was shown in the" in nejm
    assert "P=0.0501" in nejm
    assert "P=0.004" not in nejm


def test_the_stamp_stands_first_and_goes_with_a_copy(
    benefit: Records, say: Callable[..., list[str]]
) -> None:
    mark = "DUMMY ALLOCATION - NOT TRIAL RESULTS"
    assert all(text.startswith(f"{mark}. ") for text in say(benefit, mark=mark))
    assert not any("NOT TRIAL RESULTS" in text for text in say(benefit, mark=""))


def test_names_of_arms(small_plan: Plan, say: Callable[..., list[str]], benefit: Records) -> None:
    plan = rename_arms(small_plan, "TNK", "Standard care")
    assert name_arm(plan.arms.treatment) == "TNK"
    assert name_arm(plan.arms.reference) == "standard care"
    assert "assigned to the TNK group" in say(benefit, plan)[NEJM]


def test_without_covariates_nothing_is_called_adjusted(
    benefit: Records, small_plan: Plan, say: Callable[..., list[str]]
) -> None:
    plan = update(small_plan, "primary", covariates=())
    assert [text for text in say(benefit, plan) if re.search("adjusted (common|risk)", text)] == []


def test_both_shares_of_a_comparison_have_the_same_decimals(
    benefit: Records, say: Callable[..., list[str]]
) -> None:
    rows = [
        {**row, "stat": {"MPSS": "120", "PLACEBO": "80"}[row["group"]]}
        if (row["analysis_id"], row["stat_name"]) == ("death_90d", "N")
        else row
        for row in benefit
    ]
    jama = say(rows)[JAMA]
    shares = re.findall(r"of (120|80) patients \(\d+\.\d%\)", jama)
    assert shares == ["120", "80"]


def test_quartiles_of_levels_that_hold_several_scores_are_joined_in_words(
    benefit: Records, small_plan: Plan, say: Callable[..., list[str]]
) -> None:
    plan = update(small_plan, "outcome", levels=(0, 1, 2, 3, 4, 5), death_level=5)
    rows = [
        {**row, "stat": "5.0"}
        if (row["analysis_id"], row["stat_name"]) == ("mrs_distribution", "q3")
        else row
        for row in benefit
    ]
    assert re.search(r"\(IQR, \d(\.\d+)? to 5-6\)", say(rows, plan)[JAMA])
