"""Tests by the randomisation: strata of the plan, counts of what compares nothing, reasons."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.analyses.supportive.analyse import analyse_supportive
from analysis.config import Plan
from analysis.models.win_odds import van_elteren_test
from tests.unit.analyses.small_trial.adqs import build_adqs
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl
from tests.unit.analyses.small_trial.safety import build_adtte

DIGITS = 1e-9
"""Relative: 12 digits are written."""


def analyse(adsl: pd.DataFrame, plan: Plan, draws: int = 400) -> Found:
    content = plan.model_dump()
    content["analyses"]["run"] = ("van_elteren", "rerandomisation")
    content["supportive"]["rerandomisation"]["draws"] = draws
    adqs = build_adqs(adsl, {})
    return Found(analyse_supportive(adsl, adqs, build_adtte(adsl), Plan.model_validate(content)))


def test_van_elteren_is_stratified_by_the_plan(plan: Plan) -> None:
    adsl = build_planted_adsl(200, 0.6)
    arm = (adsl["TRT01P"] == "MPSS").astype(int)
    wanted = van_elteren_test(adsl["MRS90"].astype(int), arm, adsl["SITEID"].to_numpy(str))
    found = analyse(adsl, plan)
    assert found.value("van_elteren", "statistic") == pytest.approx(wanted.chi_square, rel=DIGITS)
    assert found.value("van_elteren", "p_value") == pytest.approx(wanted.p_value, rel=DIGITS)
    assert found.value("van_elteren", "df") == 1
    assert found.value("van_elteren", "n_strata") == 3


def test_an_effect_is_found_and_none_is_not(plan: Plan) -> None:
    strong = analyse(build_planted_adsl(300, 1.2), plan)
    assert strong.value("rerandomisation", "p_value") == pytest.approx(1 / 401)
    assert strong.value("rerandomisation", "z") > 4
    none = analyse(build_planted_adsl(300, 0.0), plan)
    assert none.value("rerandomisation", "p_value") > 0.05
    assert none.value("rerandomisation", "draws") == 400


def test_a_site_of_one_arm_compares_nothing_and_is_counted(plan: Plan) -> None:
    adsl = build_adsl([0, 1, 2, 0], [1, 2, 3, 3], SITEID=[*"aaab", *"aacc"])
    found = analyse(adsl, plan)
    assert found.value("van_elteren", "n_strata_left_out") == 2
    assert found.value("van_elteren", "n_left_out") == 3
    assert found.value("rerandomisation", "n_left_out") == 3


def test_sites_that_compare_nothing_at_all_give_a_reason(plan: Plan) -> None:
    adsl = build_adsl([0, 1, 2, 0], [1, 2, 3, 3], SITEID=[*"aabb", *"ccdd"])
    found = analyse(adsl, plan)
    assert found.value("van_elteren", "p_value") is None
    assert "both arms" in found.warning("van_elteren", "p_value")
    assert "every assignment is alike" in found.warning("rerandomisation", "p_value")
