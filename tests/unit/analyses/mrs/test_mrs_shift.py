"""The shift of the mRS: direction, numbers by hand, and what is not estimable (SAP 1.2, 5, 6)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.mrs.common_odds import PROFILE_NAMES
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.statistics.estimates import ESTIMATE_NAMES
from analysis.config import Plan
from analysis.errors import EstimationError
from tests.unit.analyses.small_trial.adsl import (
    Found,
    build_adsl,
    build_planted_adsl,
    repeat,
    swap_arms,
)

ANSWER = 1e-9
"""Relative: 12 digits are written, and the fits end within 1e-12 of the maximum."""
Z = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""
CUT_POINTS = [str(level) for level in range(6)]


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_mrs_shift(adsl, plan))


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


# ---- Direction: above 1 is good for MPSS ----

EFFECTS = [
    ("primary", "ITT", ""),
    ("sens_pp", "PP", ""),
    ("sens_unadjusted", "ITT", ""),
    ("win_odds", "ITT", ""),
    *(("cutpoint", "ITT", level) for level in CUT_POINTS),
]


@pytest.fixture(scope="module")
def planted(plan: Plan) -> Found:
    """A trial in which MPSS has three times the odds of a lower mRS."""
    return analyse(build_planted_adsl(600, math.log(3)), plan)


@pytest.fixture(scope="module")
def swapped(plan: Plan) -> Found:
    """The same trial with the names of the arms exchanged."""
    return analyse(swap_arms(build_planted_adsl(600, math.log(3))), plan)


@pytest.mark.parametrize(("analysis_id", "population", "level"), EFFECTS)
def test_a_benefit_of_mpss_is_above_1(
    planted: Found, analysis_id: str, population: str, level: str
) -> None:
    assert planted.value(analysis_id, "estimate", population, level=level) > 1.5
    assert planted.value(analysis_id, "log_estimate", population, level=level) > 0
    assert planted.value(analysis_id, "ci_low", population, level=level) > 1
    assert planted.value(analysis_id, "p_value", population, level=level) < 0.05


@pytest.mark.parametrize(("analysis_id", "population", "level"), EFFECTS)
def test_exchanged_arms_give_the_reciprocal(
    planted: Found, swapped: Found, analysis_id: str, population: str, level: str
) -> None:
    def value(found: Found, name: str) -> float:
        return found.value(analysis_id, name, population, level=level)

    assert value(swapped, "estimate") == close(1 / value(planted, "estimate"))
    assert value(swapped, "ci_low") == close(1 / value(planted, "ci_high"))
    assert value(swapped, "p_value") == pytest.approx(value(planted, "p_value"), rel=1e-7)


def test_the_planted_odds_ratio_lies_in_the_interval(planted: Found) -> None:
    assert planted.value("primary", "ci_low") < 3 < planted.value("primary", "ci_high")


def test_the_win_probability_is_that_of_mpss(planted: Found, swapped: Found) -> None:
    first = planted.value("win_odds", "win_probability")
    assert first > 0.5
    assert swapped.value("win_odds", "win_probability") == close(1 - first)


@pytest.mark.parametrize("term", ["AGE", "NIHSSBL"])
def test_coefficients_have_the_sign_of_the_arm(planted: Found, term: str) -> None:
    """Odds ratio of a lower mRS per unit: older and more severely affected is worse."""
    assert planted.value("primary_coefficients", "estimate", level=term) < 1
    arm = planted.value("primary_coefficients", "estimate", level="arm")
    assert arm == planted.value("primary", "estimate")


def test_profile_and_wald_interval_hold_the_estimate(planted: Found) -> None:
    estimate = planted.value("primary", "estimate")
    low, high = (planted.value("primary", f"ci_{end}_profile") for end in ("low", "high"))
    assert low < estimate < high
    # n = 600: the likelihood is nearly quadratic
    assert low == pytest.approx(planted.value("primary", "ci_low"), rel=0.01)
    assert high == pytest.approx(planted.value("primary", "ci_high"), rel=0.01)


# ---- Numbers by hand ----

# mRS 0 / 2 / 6: MPSS 50, 30, 20 of 100; placebo 30, 30, 40 of 100
MPSS, PLACEBO = {0: 50, 2: 30, 6: 20}, {0: 30, 2: 30, 6: 40}
BY_HAND = {
    "0": (50, 50, 30, 70),  # up to mRS 0 and above it, MPSS and placebo
    "1": (50, 50, 30, 70),
    "2": (80, 20, 60, 40),
    "5": (80, 20, 60, 40),
}


@pytest.fixture(scope="module")
def by_hand(plan: Plan) -> Found:
    """All covariates are constant, so the adjusted models have the arm alone."""
    return analyse(build_adsl(repeat(MPSS), repeat(PLACEBO)), plan)


@pytest.mark.parametrize("level", BY_HAND)
def test_a_cut_point_is_the_odds_ratio_of_a_two_by_two_table(by_hand: Found, level: str) -> None:
    a, b, c, d = BY_HAND[level]
    log_ratio, error = math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    assert by_hand.value("cutpoint", "estimate", level=level) == close(a * d / (b * c))
    assert by_hand.value("cutpoint", "std_error", level=level) == close(error)
    low = by_hand.value("cutpoint", "ci_low", level=level)
    assert low == close(math.exp(log_ratio - Z * error))
    p_value = math.erfc(log_ratio / error / math.sqrt(2))
    assert by_hand.value("cutpoint", "p_value", level=level) == close(p_value)


def test_the_primary_of_two_levels_is_the_odds_ratio_of_a_two_by_two_table(plan: Plan) -> None:
    # MPSS 30 of 100 with mRS 1, placebo 20 of 100; the others 4
    found = analyse(build_adsl(repeat({1: 30, 4: 70}), repeat({1: 20, 4: 80})), plan)
    for analysis_id in ("primary", "sens_unadjusted"):
        assert found.value(analysis_id, "estimate") == close(30 * 80 / (70 * 20))
        error = math.sqrt(1 / 30 + 1 / 70 + 1 / 20 + 1 / 80)
        assert found.value(analysis_id, "std_error") == close(error)

    # twice the difference of the log likelihoods of one and of two binomial samples
    def likelihood(events: int, n: int) -> float:
        return events * math.log(events / n) + (n - events) * math.log(1 - events / n)

    deviance = 2 * (likelihood(30, 100) + likelihood(20, 100) - likelihood(50, 200))
    p_value = math.erfc(math.sqrt(deviance / 2))  # chi-square, 1 degree of freedom
    assert found.value("primary", "p_value_lr") == close(p_value)


def test_win_odds_by_hand(by_hand: Found) -> None:
    """Of MPSS, 50 beat 70 and tie 30 of placebo, 30 beat 40 and tie 30, 20 tie 40 (in percent)."""
    mpss = {0.70 + 0.15: 50, 0.40 + 0.15: 30, 0.20: 20}
    placebo = {0.25: 30, 0.50 + 0.15: 30, 0.80 + 0.10: 40}  # beaten by MPSS: half of 50, ...
    theta = (50 * 0.85 + 30 * 0.55 + 20 * 0.20) / 100
    assert theta == pytest.approx(0.63)
    variance = sum(
        sum(n * (placement - theta) ** 2 for placement, n in arm.items()) / 99 / 100
        for arm in (mpss, placebo)
    )
    error = math.sqrt(variance) / (theta * (1 - theta))
    assert by_hand.value("win_odds", "win_probability") == close(theta)
    assert by_hand.value("win_odds", "estimate") == close(theta / (1 - theta))
    assert by_hand.value("win_odds", "std_error") == close(error)
    upper = math.exp(math.log(theta / (1 - theta)) + Z * error)
    assert by_hand.value("win_odds", "ci_high") == close(upper)


def test_no_effect_at_all_is_written_as_0(plan: Plan) -> None:
    """Equal arms: what a fit leaves of 0 is rounding, which differs between processors."""
    found = analyse(build_adsl(repeat(MPSS), repeat(MPSS)), plan)
    for analysis_id, level in (("primary", ""), ("win_odds", ""), ("cutpoint", "2")):
        log_estimate = found.value(analysis_id, "log_estimate", level=level)
        assert (repr(log_estimate), found.value(analysis_id, "p_value", level=level)) == ("0.0", 1)


def test_constant_covariates_are_named(by_hand: Found) -> None:
    notes = by_hand.results["primary", "ITT"].warnings
    for name in ("AGE", "NIHSSBL", "ASPECTS", "LKWRNDH"):
        assert f"{name} is constant among the subjects analysed, not in this model" in notes
    assert by_hand.results["sens_unadjusted", "ITT"].warnings == notes[-1:]


def test_levels_that_nobody_has_are_named(by_hand: Found) -> None:
    assert "nobody has an mRS of 1, 3, 4, 5; not a level of this model" in (
        by_hand.results["primary", "ITT"].warnings
    )


def test_a_level_at_the_end_of_the_scale_is_named_too(plan: Plan) -> None:
    found = analyse(build_adsl([1, 2, 3, 4, 5, 6] * 5, [2, 3, 4, 5, 6, 6] * 5), plan)
    warnings = found.results["primary", "ITT"].warnings
    assert warnings[-1] == "nobody has an mRS of 0; not a level of this model"


# ---- Who is analysed ----


def test_subjects_without_an_outcome_are_left_out(plan: Plan) -> None:
    adsl = build_adsl([*repeat(MPSS), None, None], [*repeat(PLACEBO), None])
    found = analyse(adsl, plan)
    for analysis_id in ("primary", "sens_unadjusted", "win_odds", "cutpoint"):
        assert found.value(analysis_id, "n") == 200
        assert found.value(analysis_id, "n", group="MPSS") == 100
        assert found.value(analysis_id, "n", group="PLACEBO") == 100


def test_subjects_who_got_no_drug_are_analysed_as_randomised(plan: Plan) -> None:
    adsl = build_adsl(repeat(MPSS), repeat(PLACEBO), SAFFL="N", TRT01A=None)
    found = analyse(adsl, plan)
    assert found.value("primary", "n", group="MPSS") == 100
    assert found.value("primary", "n", group="PLACEBO") == 100


def test_per_protocol_analysis_is_of_the_per_protocol_set(plan: Plan) -> None:
    """Fifty subjects of mRS 3 outside the set change the primary analysis alone."""
    inside = build_adsl(repeat(MPSS), repeat(PLACEBO))
    flags = ["Y"] * 100 + ["N"] * 50 + ["Y"] * 100
    more = build_adsl([*repeat(MPSS), *([3] * 50)], repeat(PLACEBO), PPROTFL=flags)
    expected, found = analyse(inside, plan), analyse(more, plan)
    assert found.value("sens_pp", "n", "PP") == 200
    assert found.value("sens_pp", "estimate", "PP") == close(expected.value("primary", "estimate"))
    assert found.value("primary", "estimate") != close(expected.value("primary", "estimate"))


def test_covariates_of_the_per_protocol_analysis_are_those_of_the_itt_set(plan: Plan) -> None:
    """ICA is common in ITT (10) and nearly absent in PP (2), where it is not merged again."""
    adsl = build_planted_adsl(200, 0.3)
    occlusion = np.array(["M1"] * 200, dtype=object)
    occlusion[:10] = "ICA"
    pp = ["Y"] * 2 + ["N"] * 8 + ["Y"] * 190
    adsl = adsl.assign(OCCLOC=pd.Series(occlusion, dtype="str"), PPROTFL=pd.Series(pp, dtype="str"))
    results = analyse_mrs_shift(adsl, plan)
    pp_result = next(result for result in results if result.analysis_id == "sens_pp")
    assert not [note for note in pp_result.warnings if "OCCLOC" in note]


def test_the_estimand_names_the_set(planted: Found) -> None:
    assert "all randomised subjects" in planted.results["primary", "ITT"].estimand
    assert "per-protocol set" in planted.results["sens_pp", "PP"].estimand


def test_the_plan_says_which_analyses_are_run(plan: Plan) -> None:
    analyses = plan.analyses.model_copy(update={"run": ("win_odds",)})
    adsl = build_adsl(repeat(MPSS), repeat(PLACEBO))
    results = analyse_mrs_shift(adsl, plan.model_copy(update={"analyses": analyses}))
    ids = [result.analysis_id for result in results]
    assert ids == ["imputation", "primary", "primary_coefficients", "win_odds"]


def test_the_level_is_the_plans(plan: Plan) -> None:
    inference = plan.inference.model_copy(update={"level": 0.9})
    adsl = build_adsl(repeat(MPSS), repeat(PLACEBO))
    found = analyse(adsl, plan.model_copy(update={"inference": inference}))
    error = found.value("cutpoint", "std_error", level="0")
    z_90 = 1.6448536269514722  # the 95 % point of the standard normal distribution
    expected = math.exp(found.value("cutpoint", "log_estimate", level="0") + z_90 * error)
    assert found.value("cutpoint", "ci_high", level="0") == close(expected)


def test_imputed_values_are_counted_and_told(plan: Plan) -> None:
    ages = [60, 70] * 99 + [None, None]
    found = analyse(build_adsl(repeat(MPSS), repeat(PLACEBO), AGE=ages), plan)
    assert found.value("imputation", "n", level="AGE") == 2
    assert found.value("imputation", "n", level="NIHSSBL") == 0
    assert "Age, years: 2 missing, set to 65" in found.results["imputation", "ITT"].warnings


# ---- What cannot be estimated ----

ALL_SEVEN = dict.fromkeys(range(7), 6)


def assert_not_estimable(
    found: Found, reason: str, analysis_id: str, population: str, level: str, names: tuple
) -> None:
    for name in names:
        statistic = found.statistic(analysis_id, name, population, level=level)
        assert statistic.value is None
        assert statistic.note == f"not estimable: {reason}"


def separated_in_pp() -> pd.DataFrame:
    """In the per-protocol set MPSS has 0 to 2 and placebo 3 to 6; in ITT both have all levels."""
    mpss, placebo = repeat(ALL_SEVEN), repeat(ALL_SEVEN)
    pp = ["Y" if score <= 2 else "N" for score in mpss]
    pp += ["Y" if score >= 3 else "N" for score in placebo]
    return build_adsl(mpss, placebo, PPROTFL=pp)


def pp_of(arm: str) -> Callable[[], pd.DataFrame]:
    def build() -> pd.DataFrame:
        flags = ["Y" if arm == code else "N" for code in ("MPSS", "PLACEBO") for _ in range(42)]
        return build_adsl(repeat(ALL_SEVEN), repeat(ALL_SEVEN), PPROTFL=flags)

    return build


def one_level_in_pp() -> pd.DataFrame:
    scores = repeat(ALL_SEVEN)
    return build_adsl(scores, scores, PPROTFL=["Y" if s == 3 else "N" for s in scores] * 2)


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (separated_in_pp, "separation along column arm: no finite estimate exists"),
        (pp_of("MPSS"), "only MPSS has an outcome"),
        (pp_of("PLACEBO"), "only PLACEBO has an outcome"),
        (pp_of("nobody"), "no subject of the set has an outcome"),
        (one_level_in_pp, "the outcome has one observed level (3)"),
    ],
    ids=["separated", "MPSS alone", "placebo alone", "empty", "one level"],
)
def test_per_protocol_analysis_that_cannot_be_estimated(
    plan: Plan, build: Callable[[], pd.DataFrame], reason: str
) -> None:
    found = analyse(build(), plan)
    names = (*ESTIMATE_NAMES, *PROFILE_NAMES)
    assert_not_estimable(found, reason, "sens_pp", "PP", "", names)
    assert found.value("primary", "estimate") is not None


def test_a_cut_point_reached_in_one_arm_only(plan: Plan) -> None:
    mpss, placebo = {0: 5, 1: 20, 3: 20, 6: 5}, {1: 15, 3: 25, 6: 10}
    found = analyse(build_adsl(repeat(mpss), repeat(placebo)), plan)
    reason = "separation along column arm: no finite estimate exists"
    assert_not_estimable(found, reason, "cutpoint", "ITT", "0", ESTIMATE_NAMES)
    assert found.value("cutpoint", "estimate", level="1") == close(25 * 35 / (25 * 15))


@pytest.mark.parametrize(
    ("scores", "level", "reason"),
    [
        ({1: 10, 3: 10, 6: 10}, "0", "nobody has an mRS of 0 or lower"),
        ({0: 10, 3: 10, 4: 10}, "5", "everybody has an mRS of 5 or lower"),
    ],
)
def test_a_cut_point_that_nobody_or_everybody_reaches(
    plan: Plan, scores: dict[int, int], level: str, reason: str
) -> None:
    found = analyse(build_adsl(repeat(scores), [*repeat(scores), 3]), plan)
    assert_not_estimable(found, reason, "cutpoint", "ITT", level, ESTIMATE_NAMES)


def separated_by_arm() -> pd.DataFrame:
    return build_adsl(repeat({0: 10, 1: 10}), repeat({4: 10, 5: 10}))


def separated_by_thrombolysis() -> pd.DataFrame:
    scores = repeat({0: 10, 2: 10, 4: 10, 6: 10})
    ivt = ["Y" if score >= 4 else "N" for score in scores] * 2
    return build_adsl(scores, scores[::-1], IVT=[*ivt[:40], *ivt[:40][::-1]])


def separated_by_two_terms() -> pd.DataFrame:
    """MPSS with thrombolysis always 1, placebo without always 4, the others both: the odds of a
    lower mRS rise without end along arm and thrombolysis together, along neither alone."""
    both = repeat({1: 5, 4: 5})
    mpss, placebo = [*repeat({1: 10}), *both], [*both, *repeat({4: 10})]
    return build_adsl(mpss, placebo, IVT=(["Y"] * 10 + ["N"] * 10) * 2)


@pytest.mark.parametrize(
    ("build", "terms"),
    [
        (separated_by_arm, ["arm"]),
        (separated_by_thrombolysis, ["IVT=Y"]),
        (separated_by_two_terms, ["arm", "IVT=Y"]),
    ],
)
def test_separation_of_the_primary_analysis_stops_the_run_and_names_the_terms(
    plan: Plan, build: Callable[[], pd.DataFrame], terms: list[str]
) -> None:
    with pytest.raises(EstimationError, match="The primary analysis cannot be estimated") as error:
        analyse_mrs_shift(build(), plan)
    named = str(error.value).partition("separation along column ")[2].partition(":")[0]
    assert named.split(", ") == terms
    assert "Nothing else is put in its place (SAP 5.3)" in str(error.value)


@pytest.mark.parametrize(
    ("mpss", "placebo", "reason"),
    [
        ([0, 1, 2, 3], [None, None], "only MPSS has an outcome"),
        ([None], [0, 1, 2], "only PLACEBO has an outcome"),
        ([None], [None], "no subject of the set has an outcome"),
        ([3, 3, 3], [3, 3, 3], r"the outcome has one observed level \(3\)"),
    ],
)
def test_a_primary_analysis_without_its_data_stops_the_run(
    plan: Plan, mpss: list[int | None], placebo: list[int | None], reason: str
) -> None:
    with pytest.raises(EstimationError, match=f"cannot be estimated: {reason}"):
        analyse_mrs_shift(build_adsl(mpss, placebo), plan)


def test_a_limit_beyond_double_precision_is_no_number(plan: Plan) -> None:
    """Last known well differs by one second for two subjects, so per hour the limits are wide."""
    hours = np.full(84, 6.0)
    hours[[3, 45]] += 1 / 3600
    scores = [*repeat(ALL_SEVEN)]
    scores[3] = 3  # one in the middle of the scale: no separation
    found = analyse(build_adsl(scores, repeat(ALL_SEVEN), LKWRNDH=hours), plan)
    statistic = found.statistic("primary_coefficients", "ci_high", level="LKWRNDH")
    assert (statistic.value, statistic.note) == (None, "too large to be written")
    assert found.value("primary_coefficients", "ci_low", level="LKWRNDH") == 0.0
    assert found.value("primary_coefficients", "std_error", level="LKWRNDH") > 1000


def test_collinear_covariates_are_named(plan: Plan) -> None:
    age = [60 + i % 7 for i in range(84)]
    adsl = build_adsl(
        repeat(ALL_SEVEN), repeat(ALL_SEVEN), AGE=age, NIHSSBL=[2 * years - 110 for years in age]
    )
    with pytest.raises(EstimationError, match="collinear column NIHSSBL"):
        analyse_mrs_shift(adsl, plan)
