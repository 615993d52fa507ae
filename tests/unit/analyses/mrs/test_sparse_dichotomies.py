"""Dichotomies of few events: what stands in place of adjusted contrasts, and what is said (5.8)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.analyses.mrs.dichotomies import analyse_dichotomies
from analysis.config import Plan
from analysis.config.blocks.sparse import CRUDE, FIRTH
from analysis.models.means_and_risks import fit_firth_logistic, profile_firth
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl, repeat

ANSWER = 1e-9
ADJUSTED = ("_rr_adjusted", "_rd_adjusted", "_or_adjusted")

# Of the covariates age alone varies: two columns. mRS 0-1: 6 of 20 against 3 of 20
MPSS, PLACEBO = [*[1] * 6, *[3] * 14], [*[1] * 3, *[3] * 17]
AGE = [60 + (7 * i) % 23 for i in range(40)]


def set_rule(plan: Plan, **keys: object) -> Plan:
    return plan.model_copy(update={"sparse": plan.sparse.model_copy(update=keys)})


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_dichotomies(adsl, plan))


@pytest.fixture(scope="module")
def adsl() -> pd.DataFrame:
    return build_adsl(MPSS, PLACEBO, AGE=AGE)


@pytest.fixture(scope="module")
def adjusted(adsl: pd.DataFrame, plan: Plan) -> Found:
    return analyse(adsl, set_rule(plan, events_per_variable=4.5))


@pytest.fixture(scope="module")
def firth(adsl: pd.DataFrame, plan: Plan) -> Found:
    return analyse(adsl, set_rule(plan, events_per_variable=5.0, fewest_events=9))


def test_nine_events_for_two_columns_are_enough_for_four_and_a_half(adjusted: Found) -> None:
    for ending in ADJUSTED:
        result = adjusted.results[f"mrs_0_1{ending}", "ITT"]
        assert CRUDE not in result.method
        assert FIRTH not in result.method
        assert not any("sparse" in note for note in result.warnings)


@pytest.mark.parametrize("ending", ["_rr", "_rd"])
def test_risks_of_sparse_data_are_the_crude_ones(firth: Found, ending: str) -> None:
    own = firth.results[f"mrs_0_1{ending}", "ITT"]
    instead = firth.results[f"mrs_0_1{ending}_adjusted", "ITT"]
    assert instead.statistics == own.statistics
    assert instead.method == f"{own.method}, {CRUDE}"
    assert own.warnings == ()
    assert instead.warnings == (
        "mRS 0-1: sparse data, 9 with the event for 2 columns of the model: crude, without "
        "covariates",
    )


def test_the_odds_ratio_is_firths(firth: Found, adsl: pd.DataFrame) -> None:
    name, event = "mrs_0_1_or_adjusted", (adsl["MRS90"] <= 1).to_numpy(dtype=float)
    arm = (adsl["TRT01P"] == "MPSS").to_numpy(dtype=float)
    x = list(zip(arm, AGE, strict=True))
    fit = fit_firth_logistic(event, x)
    profile = profile_firth(fit, 0, alpha=0.05)
    expected = {
        "estimate": math.exp(fit.beta[0]), "ci_low": math.exp(profile.low),
        "ci_high": math.exp(profile.high), "p_value": profile.p_value,
        "log_estimate": fit.beta[0], "std_error": fit.beta_errors[0],
    }  # fmt: skip
    for stat, value in expected.items():
        assert firth.value(name, stat) == pytest.approx(value, rel=ANSWER)
    result = firth.results[name, "ITT"]
    assert FIRTH in result.method
    assert result.warnings[-1] == (
        "mRS 0-1: sparse data, 9 with the event for 2 columns of the model: by Firth's penalised "
        "likelihood"
    )


@pytest.mark.parametrize("keys", [{"fewest_events": 10}, {"below": "crude"}])
def test_a_crude_odds_ratio_is_that_of_the_table(
    adsl: pd.DataFrame, plan: Plan, keys: dict[str, object]
) -> None:
    found = analyse(adsl, set_rule(plan, events_per_variable=5.0, **keys))
    name = "mrs_0_1_or_adjusted"
    assert found.value(name, "estimate") == pytest.approx(6 * 17 / (14 * 3), rel=ANSWER)
    error = math.sqrt(1 / 6 + 1 / 17 + 1 / 14 + 1 / 3)
    assert found.value(name, "std_error") == pytest.approx(error, rel=ANSWER)
    assert CRUDE in found.results[name, "ITT"].method


def test_those_without_the_event_count_where_they_are_fewer(plan: Plan) -> None:
    """mRS 0-4 of 36 of 40: the four others."""
    adsl = build_adsl([*[2] * 18, 5, 6], [*[2] * 18, 5, 5], AGE=AGE)
    found = analyse(adsl, set_rule(plan, events_per_variable=10.0))
    assert found.results["mrs_0_4_rr_adjusted", "ITT"].warnings == (
        "mRS 0-4: sparse data, 4 without the event for 2 columns of the model: crude, without "
        "covariates",
    )


def test_columns_left_out_are_said_of_a_model_and_not_of_what_is_crude(firth: Found) -> None:
    constant = "NIHSSBL is constant"
    kept = {name: result.warnings for (name, _), result in firth.results.items()}
    assert any(constant in note for note in kept["mrs_0_1_or_adjusted"])
    assert not any(constant in note for note in kept["mrs_0_1_rr_adjusted"])
    assert not any(constant in note for note in kept["mrs_0_1_rd_adjusted"])


def test_no_event_in_an_arm_has_firths_estimate(plan: Plan) -> None:
    """7 of 20 against 0 of 20: separation along the arm, which the penalty bears."""
    adsl = build_adsl([*[1] * 7, *[3] * 13], [3] * 20, AGE=AGE)
    found = analyse(adsl, set_rule(plan, events_per_variable=10.0))
    assert found.value("mrs_0_1_or_adjusted", "ci_low") > 1
    assert found.value("mrs_0_1_or_adjusted", "estimate") < 100
    assert found.warning("mrs_0_1_rr_adjusted", "estimate") == (
        "not estimable: no event in the reference arm"
    )
    assert found.value("mrs_0_1_rd_adjusted", "estimate") == pytest.approx(0.35)


def test_a_crude_odds_ratio_of_an_empty_arm_is_separation(plan: Plan) -> None:
    adsl = build_adsl([*[1] * 4, *[3] * 16], [3] * 20, AGE=AGE)
    found = analyse(adsl, set_rule(plan, events_per_variable=10.0))
    assert found.warning("mrs_0_1_or_adjusted", "estimate") == (
        "not estimable: separation along column arm: no finite estimate exists"
    )


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ([6] * 20, "not estimable: nobody has an mRS of 1 or lower"),
        ([None] * 20, "not estimable: only MPSS has an outcome"),
    ],
)
def test_what_has_no_estimate_says_why(plan: Plan, scores: list[int | None], reason: str) -> None:
    mpss = [6] * 20 if None not in scores else [1] * 3 + [6] * 17
    found = analyse(build_adsl(mpss, scores, AGE=AGE), set_rule(plan, events_per_variable=10.0))
    assert found.warning("mrs_0_1_or_adjusted", "estimate") == reason


@pytest.mark.parametrize("seed", range(12))
def test_no_trial_is_too_small(plan: Plan, seed: int) -> None:
    """Every adjusted contrast has its numbers, in order, or its reason; nothing is huge."""
    adsl = build_planted_adsl(16 + 4 * seed, 0.5, seed=seed)
    found = analyse(adsl, set_rule(plan, events_per_variable=10.0))
    for (name, _), result in found.results.items():
        values = {each.name: each for each in result.statistics if not each.group}
        if "estimate" not in values:
            continue
        estimate, low, high = (values[key].value for key in ("estimate", "ci_low", "ci_high"))
        if estimate is None:
            assert values["estimate"].note.startswith("not estimable: ")
            continue
        if low is not None and high is not None:
            assert low <= estimate <= high
        assert estimate < 1e4, name
        assert not name.endswith("adjusted") or any("sparse" in note for note in result.warnings)


def test_without_covariates_the_words_count_the_arm(plan: Plan) -> None:
    primary = plan.primary.model_copy(update={"covariates": ()})
    sparse = set_rule(plan, events_per_variable=10.0).model_copy(update={"primary": primary})
    found = analyse(build_adsl(repeat({1: 6, 3: 14}), repeat({1: 3, 3: 17})), sparse)
    assert (
        "9 with the event for 1 column of the model"
        in (found.results["mrs_0_1_or_adjusted", "ITT"].warnings[0])
    )
