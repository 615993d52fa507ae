"""Restricted mean survival time: by hand, at the ends of the scale, and where it is undefined."""

from __future__ import annotations

import math

import pytest

from analysis.errors import EstimationError
from analysis.models.survival.kaplan_meier import estimate_survival
from analysis.models.survival.restricted_mean import restrict_mean

EXACT = 1e-12


def test_by_hand_with_a_tie_and_a_censored_time() -> None:
    """Days 2 (2 of 5 die), 4 (censored), 6 (1 of 2 dies), horizon 10: S is 1, 0.6, 0.3."""
    mean = restrict_mean(estimate_survival([2, 2, 4, 6, 10], [1, 1, 0, 1, 0]), 10)
    first, second = 0.6 * 4 + 0.3 * 4, 0.3 * 4
    assert mean.estimate == pytest.approx(2 + first, rel=EXACT)
    variance = first**2 * 2 / (5 * 3) + second**2 * 1 / (2 * 1)
    assert mean.standard_error == pytest.approx(math.sqrt(variance), rel=EXACT)


def test_without_censoring_it_is_the_mean_of_the_times_cut_at_the_horizon() -> None:
    times = [1, 3, 3, 8, 12, 20]
    mean = restrict_mean(estimate_survival(times, [1] * 6), 10)
    cut = [min(time, 10) for time in times]
    centre = sum(cut) / 6
    assert mean.estimate == pytest.approx(centre, rel=EXACT)
    variance = sum((time - centre) ** 2 for time in cut) / 36
    assert mean.standard_error == pytest.approx(math.sqrt(variance), rel=1e-9)


@pytest.mark.parametrize(("time", "event"), [([10, 10], [0, 0]), ([10, 10], [1, 0])])
def test_nobody_has_the_event_before_the_horizon(time: list[int], event: list[int]) -> None:
    mean = restrict_mean(estimate_survival(time, event), 10)
    assert (mean.estimate, mean.standard_error) == (10.0, 0.0)


def test_an_event_at_time_0_counts() -> None:
    assert restrict_mean(estimate_survival([0, 10], [1, 0]), 10).estimate == 5.0


def test_a_curve_that_ends_at_0_is_known_beyond_the_last_time() -> None:
    mean = restrict_mean(estimate_survival([2, 4], [1, 1]), 10)
    assert mean.estimate == pytest.approx(3.0, rel=EXACT)


def test_a_curve_that_ends_before_the_horizon_has_no_mean() -> None:
    with pytest.raises(EstimationError, match="nobody is at risk any more"):
        restrict_mean(estimate_survival([2, 9], [1, 0]), 10)
