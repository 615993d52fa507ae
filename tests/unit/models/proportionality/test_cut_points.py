"""Odds ratios at every cut point, each estimable or with a reason."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.proportionality.cut_points import fit_cut_points
from tests.unit.models.samples.random_samples import draw_sample
from tests.unit.models.samples.two_arm_tables import build_two_arms

WITHIN = 1e-10
"""Relative: a logistic fit is within 1e-12."""


def test_odds_ratios_by_hand() -> None:
    """At or below 0: 20 of 50 against 10 of 40; at or below 1: 30 of 50 against 25 of 40."""
    data = build_two_arms([10, 15, 15], [20, 10, 20])
    found = fit_cut_points(data.y, data.x, weights=data.w)
    assert [(cut.level, cut.at_or_below, cut.above) for cut in found] == [(0, 30, 60), (1, 55, 35)]
    expected = [np.log((20 / 30) / (10 / 30)), np.log((30 / 20) / (25 / 15))]
    for cut, log_odds_ratio in zip(found, expected, strict=True):
        assert cut.fit is not None
        assert cut.fit.beta[0] == pytest.approx(log_odds_ratio, rel=WITHIN)
    interval = found[0].interval(0, 0.05)
    half = 1.959963984540054 * np.sqrt(1 / 20 + 1 / 30 + 1 / 10 + 1 / 30)
    assert (interval.low, interval.high) == pytest.approx(
        (expected[0] - half, expected[0] + half), rel=WITHIN
    )


def test_a_cut_point_without_estimate_says_why() -> None:
    data = build_two_arms([10, 15, 15], [0, 10, 20])
    found = fit_cut_points(data.y, data.x, cuts=(-1, 0, 1, 2, 3), weights=data.w)
    assert [cut.level for cut in found] == [-1, 0, 1, 2, 3]
    assert [cut.fit is None for cut in found] == [True, True, False, True, True]
    assert [str(cut.reason or "") for cut in found] == [
        "nobody has a level of -1 or lower",
        "separation along column [0]: no finite estimate exists",
        "",
        "everybody has a level of 2 or lower",
        "everybody has a level of 3 or lower",
    ]
    with pytest.raises(EstimationError, match="separation"):
        found[1].interval(0, 0.05)


def test_a_level_that_nobody_has_cuts_where_the_one_below_does() -> None:
    data = build_two_arms([10, 15, 15], [20, 10, 20])
    levels = np.array([0, 1, 3])[data.y]
    first, second = fit_cut_points(levels, data.x, cuts=(1, 2), weights=data.w)
    assert first.fit is not None
    assert second.fit is not None
    np.testing.assert_array_equal(first.fit.beta, second.fit.beta)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"cuts": (0.5,)}, "integer levels"),
        ({"cuts": ()}, "at least one"),
        ({"cuts": ("a",)}, "numbers"),
        ({"cuts": 1}, "cuts must hold"),
        ({"x": np.ones((100, 1))}, r"constant column \[0\]"),
        ({"x": np.zeros((99, 1))}, "100 rows"),
        ({"y": np.ones(100)}, "one observed level"),
    ],
)
def test_bad_input_is_an_estimation_error(given: dict[str, object], message: str) -> None:
    sample = draw_sample(n=100)
    with pytest.raises(EstimationError, match=message):
        fit_cut_points(**{"y": sample.y, "x": sample.x, **given})  # type: ignore[arg-type]


def test_an_interval_of_a_column_that_is_not() -> None:
    sample = draw_sample(n=100)
    with pytest.raises(EstimationError, match="2 is not one of the columns"):
        fit_cut_points(sample.y, sample.x)[0].interval(2, 0.05)
