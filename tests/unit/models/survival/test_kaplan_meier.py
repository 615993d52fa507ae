"""Kaplan-Meier and log-rank: by hand, against R, and where there is nothing to estimate."""

from __future__ import annotations

import math

import pytest

from analysis.errors import EstimationError
from analysis.models.survival.kaplan_meier import SurvivalPoint, estimate_survival, logrank_test
from tests.unit.models.samples.leukaemia import EVENT, TIME, TREATED

ALPHA = 0.05
EXACT = 1e-12  # a handful of operations
AGREES = 1e-10  # R prints fifteen digits of the same formula


def numbers(point: SurvivalPoint) -> tuple[float | None, ...]:
    return point.estimate, point.standard_error, point.ci_low, point.ci_high


@pytest.mark.parametrize(
    ("time", "survival", "error", "low", "high", "at_risk"),
    [
        (6, 0.857142857142857, 0.0763603548321213, 0.619717955265984, 0.951551747646997, 21),
        (10, 0.752941176470588, 0.0963496529943205, 0.503199510799957, 0.889361835169265, 15),
        (22, 0.537815126050420, 0.128233751693034, 0.267778936767135, 0.746790717635394, 7),
        (35, 0.448179271708683, 0.134591456755760, 0.188052005959232, 0.680142628495241, 1),
    ],
)
def test_survival_agrees_with_r(
    time: float, survival: float, error: float, low: float, high: float, at_risk: int
) -> None:
    treated = TREATED == 1.0
    point = estimate_survival(TIME[treated], EVENT[treated]).at(time, ALPHA)
    assert numbers(point) == pytest.approx((survival, error, low, high), rel=AGREES)
    assert (point.at_risk, point.reason) == (at_risk, None)


def test_a_day_by_hand() -> None:
    """4 at risk on day 2, 1 dies and 1 is censored that day: 3/4; then 1 of 2: 3/8.

    Greenwood: S^2 (1 / (4 * 3) + 1 / (2 * 1)).
    """
    curve = estimate_survival([2, 2, 5, 9], [1, 0, 1, 0])
    assert curve.at(2, ALPHA).estimate == 0.75
    later = curve.at(5, ALPHA)
    assert later.estimate == pytest.approx(3 / 8, rel=EXACT)
    assert later.standard_error == pytest.approx(3 / 8 * math.sqrt(1 / 12 + 1 / 2), rel=EXACT)
    assert later.at_risk == 2


def test_survival_stays_until_the_next_event() -> None:
    curve = estimate_survival([2, 2, 5, 9], [1, 0, 1, 0])
    assert numbers(curve.at(4.99, ALPHA)) == numbers(curve.at(2, ALPHA))
    assert (curve.at(2, ALPHA).at_risk, curve.at(2.01, ALPHA).at_risk) == (4, 2)


def test_an_event_at_time_0_counts() -> None:
    assert estimate_survival([0, 3], [1, 0]).at(0, ALPHA).estimate == 0.5


def test_before_the_first_event_the_interval_is_exact() -> None:
    """No event in 4 of which 3 are still at risk: Clopper-Pearson, 0.025^(1/3)."""
    point = estimate_survival([2, 5, 5, 9], [0, 0, 1, 0]).at(3, ALPHA)
    assert numbers(point) == pytest.approx((1.0, 0.0, 0.025 ** (1 / 3), 1.0), rel=EXACT)
    assert str(point.reason) == "no event yet: exact interval of those at risk"


def test_nobody_left_after_the_last_event() -> None:
    point = estimate_survival([1, 2], [1, 1]).at(2, ALPHA)
    assert numbers(point) == (0.0, None, None, None)
    assert str(point.reason) == "everybody at risk has had the event"


def test_nothing_is_known_after_the_last_censoring() -> None:
    curve = estimate_survival([1, 2], [1, 0])
    assert curve.at(2, ALPHA).estimate == 0.5
    assert numbers(curve.at(2.01, ALPHA)) == (None, None, None, None)
    assert str(curve.at(2.01, ALPHA).reason) == "nobody is at risk any more"


def test_logrank_agrees_with_r() -> None:
    found = logrank_test(TIME, EVENT, TREATED)
    assert found.statistic == pytest.approx(16.7929409892165, rel=AGREES)
    assert found.p_value == pytest.approx(4.16880910933456e-05, rel=AGREES)
    assert found.df == 1


def test_logrank_by_hand() -> None:
    """Day 1: 1 of 4 dies, in group 1 of 2; day 2: 1 of 3 dies, in group 0 of 2.

    O - E of group 1: (1 - 2/4) + (0 - 1/3); V = 1/4 + 2/9.
    """
    found = logrank_test([1, 2, 3, 3], [1, 1, 0, 0], [1, 0, 1, 0])
    assert found.statistic == pytest.approx((1 / 6) ** 2 / (1 / 4 + 2 / 9), rel=EXACT)


def test_a_tiny_p_value_keeps_its_digits() -> None:
    time = [*range(1, 201), *range(1001, 1201)]
    found = logrank_test(time, [1] * 400, [1] * 200 + [0] * 200)
    assert 0 < found.p_value < 1e-50


def test_groups_that_are_alike_differ_by_exactly_nothing() -> None:
    time = [1, 2, 3, 4, 5, 6, 7]
    found = logrank_test(time * 2, [1, 0, 1, 1, 0, 1, 1] * 2, [1] * 7 + [0] * 7)
    assert (found.statistic, found.p_value) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("time", "event", "group", "reason"),
    [
        ([1, 2], [1, 1], [1, 1], "an arm has no subjects"),
        ([1, 2], [0, 0], [1, 0], "nobody has an event"),
        ([1, 2, 5], [0, 0, 1], [1, 1, 0], "no event while both arms are at risk"),
        ([3, 3], [1, 1], [1, 0], "no event while both arms are at risk"),
        ([-1, 2], [1, 1], [1, 0], "time must not be negative"),
        ([1, 2], [1, 2], [1, 0], "event must hold 0 and 1"),
        ([1, math.nan], [1, 1], [1, 0], "time must hold 2 finite numbers"),
    ],
)
def test_what_cannot_be_compared_says_why(
    time: list[float], event: list[int], group: list[int], reason: str
) -> None:
    with pytest.raises(EstimationError, match=reason):
        logrank_test(time, event, group)


def test_no_subjects() -> None:
    with pytest.raises(EstimationError, match="no subjects"):
        estimate_survival([], [])
