"""The whole check: it agrees with the engine, finds every wrong number, and bears any trial."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.config import Plan
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import Trial
from tests.unit.qc.checked_trial import Records, check, check_trial, draw_adsl, name_differing

SLIGHTLY_WRONG = 1.0 + 1e-6
"""Wrong in the seventh digit: no table shows it."""
SUPPORTIVE = {
    "win_ratio", "win_odds_hierarchical", "net_benefit", "benefit_per_100", "number_needed",
    "van_elteren", "rerandomisation", "primary_robust", "marginal_common_odds",
    "marginal_win_odds", "marginal_rd",
}  # fmt: skip
WIN_ODDS = (
    "win_odds", "win_odds_stratified", "win_odds_adjusted", "win_odds_stratified_adjusted",
)  # fmt: skip
BY_CHANCE = "rerandomisation / ITT / p_value"
"""The engine's comes from random draws: the check knows it as well as these do."""
KEY = ("analysis_id", "population", "group", "level", "stat_name")


@pytest.fixture(scope="module")
def comparisons(trial: Trial, records: Records) -> list[Comparison]:
    return check_trial(trial, records)


def test_everything_agrees(comparisons: list[Comparison]) -> None:
    assert name_differing(comparisons) == []
    assert {item.verdict for item in comparisons} == {Verdict.AGREES}


@pytest.mark.parametrize("residuals", ["fitted", "leave_one_out"])
@pytest.mark.parametrize("measure", WIN_ODDS)
def test_everything_agrees_with_win_odds_as_the_primary_measure(
    plan: Plan, measure: str, residuals: str
) -> None:
    """What is not estimable by both, as models of sites, is not checked."""
    inference = plan.inference.model_copy(update={"adjusted_residuals": residuals})
    primary = plan.primary.model_copy(update={"measure": measure})
    chosen = plan.model_copy(update={"primary": primary, "inference": inference})
    found = check(draw_adsl(), chosen)
    assert name_differing(found) == []
    agreeing = {
        (item.analysis_id, item.stat_name) for item in found if item.verdict is Verdict.AGREES
    }
    for name in ("primary", "sens_pp"):
        assert {(name, "estimate"), (name, "std_error"), (name, "win_probability")} <= agreeing
    assert ("common_odds", "p_value_lr") in agreeing
    assert ("sens_site_cluster", "estimate") not in agreeing


def test_what_matters_is_checked(comparisons: list[Comparison]) -> None:
    found = {(item.analysis_id, item.population, item.stat_name) for item in comparisons}
    effect = ("estimate", "ci_low", "ci_high", "p_value")
    shift = (*effect, "log_estimate", "std_error")
    profile = ("ci_low_profile", "ci_high_profile", "p_value_lr")
    expected = {
        "primary": (*shift, *profile),
        "sens_unadjusted": (*shift, *profile),
        "sens_site_cluster": shift,
        "win_odds": (*shift, "win_probability"),
        "win_odds_stratified": (*shift, "win_probability"),
        "win_odds_adjusted": (*shift, "win_probability"),
        "cutpoint": shift,
        "primary_robust": shift,
        "marginal_common_odds": shift,
        "marginal_win_odds": (*shift, "win_probability"),
        "marginal_rd": (*effect, "std_error"),
        "win_ratio": (*shift, "decided", "pct_won", "n_observed"),
        "win_odds_hierarchical": shift,
        "net_benefit": (*effect, "std_error"),
        "benefit_per_100": ("low", "high", "independent"),
        "number_needed": (*effect, "number_needed", "number_needed_low", "number_needed_high"),
        "van_elteren": ("statistic", "df", "p_value", "n_strata", "n_left_out"),
        "rerandomisation": ("z", "p_value", "draws"),
        "mrs_0_2_rr_adjusted": shift,
        "mrs_0_2_or_adjusted": shift,
        "mrs_0_2_rd_adjusted": (*effect, "std_error"),
        "mrs_0_2_rr": shift,
        "mrs_0_2_rd": effect,
    }
    assert {(name, "ITT", stat) for name, stats in expected.items() for stat in stats} <= found
    safety = {"sich_48h_rr": shift, "sich_48h_rd": effect, "death_hr": shift}
    assert {(name, "SAF", stat) for name, stats in safety.items() for stat in stats} <= found
    assert {("death_logrank", "SAF", "statistic"), ("death_km", "SAF", "std_error")} <= found


def test_every_number_is_found_wrong_when_it_is_slightly_wrong(
    comparisons: list[Comparison], trial: Trial, records: Records
) -> None:
    wrong = [
        {**row, "stat": repr(float(row["stat"]) * SLIGHTLY_WRONG)} if row["stat"] else row
        for row in records
    ]
    found = check_trial(trial, wrong)
    zero = {item.name for item in comparisons if float(item.engine) == 0.0}
    kept = zero | {BY_CHANCE}
    assert {item.name for item in found if item.verdict is not Verdict.DIFFERS} == kept
    assert all(float(item.difference) > float(item.tolerance) for item in found if item.name
               not in kept)  # fmt: skip


def test_a_count_off_by_one_is_found(trial: Trial, records: Records) -> None:
    key = ("mrs_distribution", "ITT", "MPSS", "3", "n")
    wrong = [
        {**row, "stat": str(int(row["stat"]) + 1)} if tuple(row[k] for k in KEY) == key else row
        for row in records
    ]
    found = check_trial(trial, wrong)
    assert len(name_differing(found)) == 1
    assert "mrs_distribution / ITT / MPSS / 3 / n" in name_differing(found)[0]


def test_an_analysis_that_the_engine_lacks_differs(trial: Trial, records: Records) -> None:
    kept = [row for row in records if row["analysis_id"] != "win_odds"]
    found = check_trial(trial, kept)
    lacking = [item for item in found if item.verdict is Verdict.DIFFERS]
    assert {item.analysis_id for item in lacking} == {"win_odds"}
    assert {item.reason for item in lacking} == {"ard.csv holds no such statistic"}


def test_an_analysis_that_the_plan_does_not_run_has_no_rows(trial: Trial, records: Records) -> None:
    analyses = trial.plan.analyses.model_copy(update={"run": ("sens_pp",)})
    shorter = trial.plan.model_copy(update={"analyses": analyses})
    found = check_trial(replace(trial, plan=shorter), records)
    ids = {item.analysis_id for item in found}
    assert "sens_pp" in ids
    chosen = {"win_odds", "win_odds_stratified", "sens_unadjusted", "sens_site_cluster"}
    assert not ids & (chosen | SUPPORTIVE)


# --- trials and plans that are not as usual ------------------------------------------------------


def set_flags(adsl: pd.DataFrame, value: str) -> pd.DataFrame:
    names = ["DTH90FL", "SICH48FL", "ICH48FL", "PH48FL"]
    return adsl.assign(**dict.fromkeys(names, value))


def with_nothing_to_compare(adsl: pd.DataFrame) -> pd.DataFrame:
    """No event, one site, and one arm alone in the per-protocol set."""
    flags = np.where(adsl["TRT01P"] == "MPSS", "Y", "N")
    return set_flags(adsl, "N").assign(PPROTFL=flags, SITEID="01")


def with_everybody(adsl: pd.DataFrame) -> pd.DataFrame:
    """Everybody has every event; two subjects to a site; a reference category of one."""
    sites = [f"{i // 2:03d}" for i in range(len(adsl))]
    occlusion = ["M1", "OTHER", *["ICA"] * 40, *["M2"] * (len(adsl) - 42)]
    return set_flags(adsl, "Y").assign(SITEID=sites, OCCLOC=occlusion)


def with_separation(adsl: pd.DataFrame) -> pd.DataFrame:
    """An event in one arm alone; nobody with thrombolysis at mRS 0 or 1; one small site."""
    scores = adsl["MRS90"].mask((adsl["IVT"] == "Y") & (adsl["MRS90"] <= 1), 2)
    sites = ["small", *["01", "02"] * (len(adsl) // 2)][: len(adsl)]
    flags = np.where(adsl["TRT01A"] == "MPSS", "N", adsl["SICH48FL"])
    return adsl.assign(MRS90=scores.astype("Int64"), SITEID=sites, SICH48FL=flags)


def with_one_level(adsl: pd.DataFrame) -> pd.DataFrame:
    """Everybody per protocol has an mRS of 3, and nobody was treated."""
    scores = adsl["MRS90"].where(adsl["PPROTFL"] == "N", 3)
    return adsl.assign(MRS90=scores, SAFFL="N")


UNUSUAL = {
    "nothing to compare": (with_nothing_to_compare, 0.0),
    "everybody": (with_everybody, 1.0),
    "separation": (with_separation, 0.02),
    "one level": (with_one_level, 0.2),
}
"""What is changed in the trial, and the share that dies."""


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_trials_do_not_break_the_check(plan: Plan, name: str) -> None:
    change, risk = UNUSUAL[name]
    found = check(change(draw_adsl()), plan, risk=risk)
    assert name_differing(found) == []
    left_out = [item for item in found if item.verdict is Verdict.NOT_CHECKED]
    assert left_out
    assert all(item.reason.startswith("not estimable by both: ") for item in left_out)
    assert all(item.engine == item.check == "" for item in left_out)


def test_other_arms_and_six_levels(plan: Plan) -> None:
    names = {"MPSS": "ACTIVE", "PLACEBO": "CONTROL"}
    arms = plan.arms.model_copy(
        update={
            "treatment": plan.arms.treatment.model_copy(update={"code": "ACTIVE"}),
            "reference": plan.arms.reference.model_copy(update={"code": "CONTROL"}),
        }
    )
    outcome = plan.outcome.model_copy(update={"levels": (0, 1, 2, 3, 4, 5), "death_level": 5})
    adsl = draw_adsl()
    renamed = {arm: adsl[arm].map(names) for arm in ("TRT01P", "TRT01A")}
    changed = plan.model_copy(update={"arms": arms, "outcome": outcome})
    found = check(adsl.assign(**renamed, MRS90=adsl["MRS90"].clip(upper=5)), changed)
    assert name_differing(found) == []
    assert {item.group for item in found} == {"", "ACTIVE", "CONTROL"}
    levels = {item.level for item in found if item.analysis_id == "mrs_distribution"}
    assert levels == {"", "missing", *"01234", "5-6"}


def test_odds_of_the_worse_and_several_strata(plan: Plan) -> None:
    inference = plan.inference.model_copy(update={"favours_treatment": "below_1"})
    settings = plan.co_reported.model_copy(update={"strata": ("SITEID", "IVT")})
    changed = plan.model_copy(update={"inference": inference, "co_reported": settings})
    assert name_differing(check(draw_adsl(), changed)) == []


APART = {"alpha": 0.012, "level": 0.9}


@pytest.mark.parametrize(
    "primary",
    [{}, {"switch_if_nonproportional": True, "switch_to": "win_odds_adjusted"},
     {"confirmatory": "sens_mi"}],
)  # fmt: skip
def test_alpha_and_level_apart(plan: Plan, primary: dict[str, object]) -> None:
    """The check and the engine find out for themselves which interval is of which confidence."""
    inference = plan.inference.model_copy(update=APART)
    run = (*plan.analyses.run, "po_lr_treatment")
    changed = {
        "inference": inference,
        "primary": plan.primary.model_copy(update=primary),
        "analyses": plan.analyses.model_copy(update={"run": run}),
    }
    assert name_differing(check(draw_adsl(), plan.model_copy(update=changed))) == []


def test_a_primary_analysis_per_protocol_without_covariates(plan: Plan) -> None:
    primary = plan.primary.model_copy(update={"population": "PP", "covariates": ()})
    found = check(draw_adsl(), plan.model_copy(update={"primary": primary}))
    assert name_differing(found) == []
    assert {item.population for item in found if item.analysis_id == "win_odds"} == {"PP"}
