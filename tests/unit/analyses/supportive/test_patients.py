"""The shift in patients: bounds by hand, numbers needed, and their signs."""

from __future__ import annotations

import pytest

from analysis.analyses.model_data.design import build_design
from analysis.analyses.supportive.patients import analyse_benefit, analyse_number_needed
from analysis.config import Plan
from analysis.models.win_odds import estimate_win_odds, number_needed_to_treat
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, repeat, swap_arms

DIGITS = 1e-9
"""Relative: 12 digits are written."""
MPSS, PLACEBO = repeat({0: 4, 2: 4, 6: 2}), repeat({0: 2, 2: 5, 6: 3})


def analyse(plan: Plan, swapped: bool = False) -> Found:
    adsl = build_adsl(MPSS, PLACEBO)
    design = build_design(swap_arms(adsl) if swapped else adsl, "ITT", plan, None)
    return Found([analyse_benefit(design, plan), analyse_number_needed(design, plan)])


@pytest.mark.parametrize(
    ("level", "low", "high", "independent"),
    [("benefit", 20, 70, 44), ("harm", 0, 40, 22), ("net", 0, 50, 22)],
)
def test_the_bounds_by_hand(
    plan: Plan, level: str, low: float, high: float, independent: float
) -> None:
    """Up to mRS 0 and 2 are 40 and 80 % of MPSS, 20 and 70 % of placebo.

    Benefit is at least 40 - 20, at most 100 - (70 - 40); harm at most 100 - (80 - 20).
    """
    found = analyse(plan)
    values = [
        found.value("benefit_per_100", name, level=level) for name in ("low", "high", "independent")
    ]
    assert values == pytest.approx([low, high, independent], rel=DIGITS)


def test_a_number_needed_is_the_inverse_of_the_difference(plan: Plan) -> None:
    found = analyse(plan)
    for level, difference in (("0", 0.2), ("2", 0.1)):
        keys = {"level": level}
        assert found.value("number_needed", "estimate", **keys) == pytest.approx(difference)
        needed = found.value("number_needed", "number_needed", **keys)
        assert needed == pytest.approx(1 / difference)
        for end in ("low", "high"):
            limit = found.value("number_needed", f"ci_{end}", **keys)
            assert found.value("number_needed", f"number_needed_{end}", **keys) == pytest.approx(
                1 / limit
            )


def test_the_number_by_wins_is_that_of_the_win_odds(plan: Plan) -> None:
    arm = [1] * 10 + [0] * 10
    needed = number_needed_to_treat(estimate_win_odds([*MPSS, *PLACEBO], arm), plan.inference.alpha)
    found = analyse(plan)
    key = {"level": "win_probability"}
    value = found.value("number_needed", "number_needed", **key)
    assert value == pytest.approx(needed.estimate.number, rel=DIGITS)
    assert value == pytest.approx(1 / 0.22, rel=DIGITS)  # 44 of 100 pairs won, 22 lost
    low = found.value("number_needed", "number_needed_low", **key)
    assert low == pytest.approx(-needed.low.number, rel=DIGITS)


def test_exchanged_arms_need_as_many_to_harm(plan: Plan) -> None:
    one, other = analyse(plan), analyse(plan, swapped=True)
    for level in ("0", "2", "win_probability"):
        ours = one.value("number_needed", "number_needed", level=level)
        theirs = other.value("number_needed", "number_needed", level=level)
        assert ours == pytest.approx(-theirs, rel=DIGITS)


def test_equal_arms_have_no_number(plan: Plan) -> None:
    design = build_design(build_adsl(MPSS, MPSS), "ITT", plan, None)
    found = Found([analyse_number_needed(design, plan)])
    for level in ("0", "win_probability"):
        assert found.value("number_needed", "number_needed", level=level) is None
        assert "infinite" in found.warning("number_needed", "number_needed", level=level)
        assert found.value("number_needed", "number_needed_high", level=level) > 0
