"""Time to death: set, arms, direction, and what is said when there is nothing to estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.config import Plan
from analysis.config.blocks.sparse import CRUDE
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl, swap_arms
from tests.unit.analyses.small_trial.safety import build_adtte

ANSWER = 1e-9
"""Relative: 12 digits are written."""
EFFECT = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
TEST = ("statistic", "df", "p_value")
TERMS = ("arm", "AGE", "NIHSSBL", "ASPECTS", "OCCLOC", "LKWRNDH", "IVT", "MRSPRGR1")


def analyse(adsl: pd.DataFrame, adtte: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_survival(adsl, adtte, plan))


def draw_trial(n: int = 400, log_ratio: float = -0.7) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A trial with this log hazard ratio of death; higher age kills."""
    adsl, rng = build_planted_adsl(n, 0.0), np.random.default_rng(11)
    treated = (adsl["TRT01A"] == "MPSS").to_numpy()
    age = adsl["AGE"].to_numpy(dtype=float)
    rate = np.exp(-5.3 + log_ratio * treated + 0.05 * (age - 65))
    days = np.floor(rng.exponential(1 / rate)).astype(int)
    return adsl, build_adtte(adsl, np.minimum(days, 90), days <= 90)


@pytest.fixture(scope="module")
def found(plan: Plan) -> Found:
    return analyse(*draw_trial(), plan)


def test_the_hazard_ratio_is_treatment_over_reference(found: Found) -> None:
    ratio = found.value("death_hr", "estimate", "SAF")
    assert 0.3 < ratio < 0.8
    assert found.value("death_hr", "log_estimate", "SAF") == pytest.approx(np.log(ratio))


def test_exchanged_arms_give_the_reciprocal(plan: Plan, found: Found) -> None:
    adsl, adtte = draw_trial()
    other = analyse(swap_arms(adsl), swap_arms(adtte), plan)
    ratio = other.value("death_hr", "estimate", "SAF")
    assert ratio == pytest.approx(1 / found.value("death_hr", "estimate", "SAF"), rel=ANSWER)
    for name in ("death_logrank", "death_schoenfeld"):
        statistic = other.value(name, "statistic", "SAF")
        assert statistic == pytest.approx(found.value(name, "statistic", "SAF"), rel=ANSWER)


def test_counts(found: Found) -> None:
    _, adtte = draw_trial()
    for name in ("death_hr", "death_logrank"):
        assert found.value(name, "n", "SAF") == 400
        assert found.value(name, "n", "SAF", group="MPSS") == 200
        deaths = (adtte["CNSR"] == 0).groupby(adtte["TRT01A"]).sum()
        assert found.value(name, "events", "SAF", group="PLACEBO") == deaths["PLACEBO"]
        assert found.value(name, "events", "SAF") == deaths.sum()


def test_every_term_is_tested_over_time(found: Found) -> None:
    degrees = [found.value("death_schoenfeld", "df", "SAF", level=term) for term in TERMS]
    assert degrees == [1, 1, 1, 1, 2, 1, 1, 1]
    assert found.value("death_schoenfeld", "df", "SAF") == 9


def test_survival_by_hand(plan: Plan) -> None:
    """MPSS: of 4, one dies on day 0, one is censored on day 30, one dies on day 40.

    3/4, then 1 of 2: 3/8 from day 40 on.
    """
    adsl = build_adsl([0] * 4, [0] * 4)
    days = [0, 30, 40, 90, 90, 90, 90, 90]
    adtte = build_adtte(adsl, days, [True, False, True] + [False] * 5)
    found = analyse(adsl, adtte, plan)

    def at(day: int, name: str, group: str = "MPSS") -> int | float | None:
        return found.value("death_km", name, "SAF", group=group, level=str(day))

    assert [at(day, "estimate") for day in (0, 39, 40, 90)] == [0.75, 0.75, 0.375, 0.375]
    assert [at(day, "n_risk") for day in (0, 1, 30, 31, 40, 41, 90)] == [4, 3, 3, 2, 2, 1, 1]
    assert at(40, "std_error") == pytest.approx(0.375 * np.sqrt(1 / 12 + 1 / 2), rel=ANSWER)
    assert at(90, "estimate", "PLACEBO") == 1.0
    assert at(90, "ci_low", "PLACEBO") == pytest.approx(0.025 ** (1 / 4), rel=ANSWER)
    warning = found.warning("death_km", "ci_low", "SAF", group="PLACEBO", level="90")
    assert warning == "no event yet: exact interval of those at risk"


def test_the_safety_set_is_analysed_as_treated(plan: Plan) -> None:
    adsl, adtte = draw_trial()
    treated = adsl["TRT01A"].copy()
    treated[0], safe = "PLACEBO", ["Y", "N", *["Y"] * 398]
    changed = [frame.assign(TRT01A=treated, SAFFL=safe) for frame in (adsl, adtte)]
    found = analyse(*changed, plan)
    assert found.value("death_hr", "n", "SAF", group="MPSS") == 198
    assert found.value("death_hr", "n", "SAF", group="PLACEBO") == 201


@pytest.mark.parametrize("arm", ["MPSS", "PLACEBO"])
def test_an_arm_without_deaths_has_a_test_but_no_ratio(plan: Plan, arm: str) -> None:
    adsl, adtte = draw_trial()
    found = analyse(adsl, adtte.assign(CNSR=adtte["CNSR"].mask(adtte["TRT01A"] == arm, 1)), plan)
    for name in EFFECT:
        statistic = found.statistic("death_hr", name, "SAF")
        assert statistic.value is None
        assert statistic.note == f"not estimable: nobody died in {arm}"
    assert found.value("death_hr", "events", "SAF", group=arm) == 0
    assert found.value("death_schoenfeld", "p_value", "SAF", level="AGE") is None
    assert found.value("death_logrank", "p_value", "SAF") < 0.001
    assert found.value("death_km", "estimate", "SAF", group=arm, level="90") == 1.0


def test_nobody_died(plan: Plan) -> None:
    adsl = build_planted_adsl(40, 0.0)
    found = analyse(adsl, build_adtte(adsl), plan)
    for name in TEST:
        statistic = found.statistic("death_logrank", name, "SAF")
        assert statistic.value is None
        assert statistic.note == "not estimable: nobody has an event"
    assert found.value("death_hr", "estimate", "SAF") is None


def test_an_empty_arm(plan: Plan) -> None:
    adsl = build_adsl([], [0] * 6)
    found = analyse(adsl, build_adtte(adsl, 50, [True] * 3 + [False] * 3), plan)
    assert found.warning("death_hr", "estimate", "SAF") == "not estimable: no subject in MPSS"
    assert found.warning("death_logrank", "p_value", "SAF").endswith("an arm has no subjects")
    statistic = found.statistic("death_km", "estimate", "SAF", group="MPSS", level="0")
    assert (statistic.value, statistic.note) == (None, "not estimable: no subject in MPSS")
    assert found.value("death_km", "n_risk", "SAF", group="MPSS", level="0") == 0


def test_a_category_without_deaths_is_named(plan: Plan) -> None:
    adsl, adtte = draw_trial()
    spared = adsl["OCCLOC"] == "ICA"
    found = analyse(adsl, adtte.assign(CNSR=adtte["CNSR"].mask(spared, 1)), plan)
    reason = "not estimable: separation along column OCCLOC=ICA: no finite estimate exists"
    assert found.warning("death_hr", "estimate", "SAF") == reason


def test_a_constant_covariate_is_left_out_and_said(plan: Plan) -> None:
    adsl, adtte = draw_trial()
    found = analyse(adsl.assign(AGE=65), adtte, plan)
    assert found.value("death_hr", "estimate", "SAF") is not None
    warnings = found.results["death_hr", "SAF"].warnings
    assert warnings == ("AGE is constant among the subjects analysed, not in this model",)


# ---- Sparse data ----


def test_few_deaths_leave_the_covariates_out_and_say_so(plan: Plan) -> None:
    """As many as the rule asks of nine columns are enough, one fewer is not."""
    adsl, adtte = draw_trial()
    deaths, columns = int((adtte["CNSR"] == 0).sum()), 9
    rule = plan.sparse.model_copy(update={"events_per_variable": deaths / columns})
    enough = analyse(adsl, adtte, plan.model_copy(update={"sparse": rule}))
    assert enough.results["death_hr", "SAF"].warnings == ()
    rule = plan.sparse.model_copy(update={"events_per_variable": (deaths + 1) / columns})
    found = analyse(adsl, adtte, plan.model_copy(update={"sparse": rule}))
    primary = plan.primary.model_copy(update={"covariates": ()})
    alone = analyse(adsl, adtte, plan.model_copy(update={"primary": primary}))
    for name in EFFECT:
        assert found.value("death_hr", name, "SAF") == alone.value("death_hr", name, "SAF")
    assert found.results["death_hr", "SAF"].warnings == (
        f"Time to death: sparse data, {deaths} deaths for {columns} columns of the model: crude, "
        "without covariates",
    )
    assert CRUDE in found.results["death_hr", "SAF"].method
    assert "given the covariates" not in found.results["death_hr", "SAF"].estimand
    for level in ("", "arm"):
        statistic = found.value("death_schoenfeld", "statistic", "SAF", level=level)
        assert statistic == alone.value("death_schoenfeld", "statistic", "SAF", level=level)
    assert "sparse data" in found.results["death_schoenfeld", "SAF"].warnings[0]


def test_differences_are_treatment_minus_reference_and_fit_the_arms(found: Found) -> None:
    def arms(name: str) -> list[float]:
        places = [{"group": code} for code in ("MPSS", "PLACEBO")]
        level = {"level": "90"} if name == "death_km" else {}
        return [float(found.value(name, "estimate", "SAF", **place, **level)) for place in places]

    for difference, by_arm in {
        "death_km_difference": "death_km", "death_rmst_difference": "death_rmst",
    }.items():  # fmt: skip
        treated, reference = arms(by_arm)
        estimate = found.value(difference, "estimate", "SAF")
        assert estimate == pytest.approx(treated - reference, rel=ANSWER)
        assert estimate > 0  # the treatment keeps alive
        assert found.value(difference, "ci_low", "SAF") < estimate


def test_differences_without_a_death_in_an_arm_say_why(plan: Plan) -> None:
    adsl = build_adsl([0] * 6, [0] * 6)
    adtte = build_adtte(
        adsl, [90] * 6 + [10] * 3 + [90] * 3, [False] * 6 + [True] * 3 + [False] * 3
    )
    found = analyse(adsl, adtte, plan)
    for name in ("death_km_difference", "death_rmst_difference"):
        assert found.value(name, "estimate", "SAF") is None
        assert found.warning(name, "estimate", "SAF") == "not estimable: nobody died in MPSS"
    assert found.value("death_rmst", "estimate", "SAF", group="MPSS") == 90.0
    assert found.value("death_rmst", "ci_low", "SAF", group="MPSS") is None
    assert found.value("death_rmst", "estimate", "SAF", group="PLACEBO") == 50.0
