"""The hierarchy of the plan: which values decide, margins, missing ones, and both directions."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.analyses.supportive.analyse import analyse_supportive
from analysis.config import Plan
from tests.unit.analyses.small_trial.adqs import build_adqs
from tests.unit.analyses.small_trial.adsl import Found, build_adsl
from tests.unit.analyses.small_trial.safety import build_adtte

DIGITS = 1e-9
"""Relative: 12 digits are written."""


def hierarchy(plan: Plan, *levels: tuple[str, float], **inference: object) -> Plan:
    """The plan with the win ratio alone, of these levels and margins."""
    content = plan.model_dump()
    content["analyses"]["run"] = ("win_ratio",)
    content["supportive"]["hierarchy"] = tuple(
        {"outcome": outcome, "margin": margin} for outcome, margin in levels
    )
    content["inference"].update(inference)
    return Plan.model_validate(content)


def build() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Three subjects an arm: MPSS 1, 2, dead on day 30; placebo 2, 3, dead on day 10."""
    adsl = build_adsl([1, 2, 6], [2, 3, 6])
    adqs = build_adqs(adsl, {("EQ5DUTIL", "D90"): [0.9, 0.7, 0.0, 0.7, None, 0.0]})
    days, died = [90, 90, 30, 90, 90, 10], [False, False, True, False, False, True]
    return adsl, adqs, build_adtte(adsl, days, died)


def analyse(plan: Plan) -> Found:
    return Found(analyse_supportive(*build(), plan))


def shares(found: Found, level: str) -> list[float | None]:
    return [
        found.value("win_ratio", name, level=level) for name in ("pct_won", "pct_lost", "pct_open")
    ]


def test_pairs_by_hand(plan: Plan) -> None:
    """Nine pairs: death wins three and loses two; the mRS wins three more, one is equal."""
    found = analyse(hierarchy(plan, ("death", 0.0), ("mrs", 0.0), ("eq5d", 0.0)))
    assert shares(found, "death") == pytest.approx([300 / 9, 200 / 9, 400 / 9], rel=DIGITS)
    assert shares(found, "mrs") == pytest.approx([300 / 9, 0.0, 100 / 9], rel=DIGITS)
    assert shares(found, "eq5d") == pytest.approx([0.0, 0.0, 100 / 9], rel=DIGITS)
    assert shares(found, "") == pytest.approx([600 / 9, 200 / 9, 100 / 9], rel=DIGITS)
    assert found.value("win_ratio", "estimate") == pytest.approx(3.0, rel=DIGITS)
    assert found.value("win_odds_hierarchical", "estimate") == pytest.approx(6.5 / 2.5, rel=DIGITS)
    net = found.value("net_benefit", "estimate")
    assert net == pytest.approx(4 / 9, rel=DIGITS)
    assert found.value("win_ratio", "decided", level="death") == pytest.approx(5 / 9, rel=DIGITS)
    assert found.value("win_ratio", "decided") == pytest.approx(8 / 9, rel=DIGITS)
    assert found.value("win_ratio", "n_observed", level="eq5d") == 5
    assert found.value("win_ratio", "n") == 6


def test_a_margin_makes_ties(plan: Plan) -> None:
    found = analyse(hierarchy(plan, ("death", 20.0), ("mrs", 1.0), ("eq5d", 0.1)))
    assert shares(found, "death") == pytest.approx([200 / 9, 200 / 9, 500 / 9], rel=DIGITS)
    assert shares(found, "mrs") == pytest.approx([100 / 9, 0.0, 400 / 9], rel=DIGITS)
    assert shares(found, "eq5d") == pytest.approx([100 / 9, 0.0, 300 / 9], rel=DIGITS)
    estimand = found.results["win_ratio", "ITT"].estimand
    assert "mRS at day 90 by more than 1, then EQ-5D-5L utility by more than 0.1" in estimand


def test_the_ratios_turn_with_the_plan_and_the_net_benefit_does_not(plan: Plan) -> None:
    levels = (("death", 0.0), ("mrs", 0.0))
    one = analyse(hierarchy(plan, *levels))
    other = analyse(hierarchy(plan, *levels, favours_treatment="below_1"))
    for name in ("win_ratio", "win_odds_hierarchical"):
        product = one.value(name, "estimate") * other.value(name, "estimate")
        assert product == pytest.approx(1.0, rel=DIGITS)
        assert one.value(name, "ci_low") == pytest.approx(1 / other.value(name, "ci_high"))
    net = [each.value("net_benefit", "estimate") for each in (one, other)]
    assert net[0] == net[1] > 0
    assert math.isclose(shares(one, "death")[0], shares(other, "death")[0])


def test_a_level_of_which_nobody_has_a_value_drops_out(plan: Plan) -> None:
    adsl, _, adtte = build()
    adqs = build_adqs(adsl, {("EQ5DUTIL", "D90"): [None] * 6})
    levels = (("death", 0.0), ("mrs", 0.0), ("eq5d", 0.0))
    found = Found(analyse_supportive(adsl, adqs, adtte, hierarchy(plan, *levels)))
    assert shares(found, "eq5d") == [None] * 3
    assert "nobody has a value" in found.warning("win_ratio", "decided", level="eq5d")
    assert found.value("win_ratio", "n_observed", level="eq5d") == 0
    shorter = Found(analyse_supportive(adsl, adqs, adtte, hierarchy(plan, *levels[:2])))
    for name in ("win_ratio", "win_odds_hierarchical", "net_benefit"):
        for number in ("estimate", "ci_low", "std_error"):
            assert found.value(name, number) == shorter.value(name, number)


def test_one_arm_without_a_win_is_not_estimable(plan: Plan) -> None:
    adsl = build_adsl([0, 0, 1], [2, 3, 4])
    adqs = build_adqs(adsl, {("EQ5DUTIL", "D90"): [None] * 6})
    chosen = hierarchy(plan, ("mrs", 0.0), ("eq5d", 0.0))
    found = Found(analyse_supportive(adsl, adqs, build_adtte(adsl), chosen))
    for name in ("win_ratio", "win_odds_hierarchical", "net_benefit"):
        assert found.value(name, "estimate") is None
        assert "won by one arm" in found.warning(name, "estimate")
    assert found.value("win_ratio", "pct_won", level="mrs") is None
    assert found.value("win_ratio", "n_observed", level="eq5d") == 0
