"""What the caption of the Kaplan-Meier figure says about the numbers at risk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.figures import kaplan_meier
from analysis.display.figures.kaplan_meier import caption
from analysis.display.figures.kaplan_meier_axes import Curve, read_curves

SAID = "From day 76 on numbers at risk fall without a death"


def _with_censored(ard: Ard, plan: Plan, days: tuple[int, ...]) -> tuple[Curve, ...]:
    return tuple(replace(curve, censored=days) for curve in read_curves(ard, plan))


def test_the_caption_says_why_numbers_at_risk_fall_before_the_last_day(
    whole: Ard, plan: Plan
) -> None:
    censored = {day for curve in read_curves(whole, plan) for day in curve.censored}
    assert any(76 <= day < 90 for day in censored)
    assert SAID in caption(whole, plan)


@pytest.mark.parametrize(("days", "said"), [((), False), ((75, 90), False), ((76,), True)])
def test_it_says_so_where_that_happens_alone(
    days: tuple[int, ...], said: bool, whole: Ard, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    curves = _with_censored(whole, plan, days)
    monkeypatch.setattr(kaplan_meier, "read_curves", lambda *_: curves)
    assert (SAID in caption(whole, plan)) is said
