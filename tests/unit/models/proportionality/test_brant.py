"""Brant's test: by hand for two arms, and what must not change it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import chdtrc

from analysis.errors import EstimationError
from analysis.models.data.terms import ProportionalityTests
from analysis.models.proportionality.brant import brant_test
from tests.unit.models.samples.random_samples import Sample, draw_sample
from tests.unit.models.samples.two_arm_tables import build_two_arms

WITHIN = 1e-8
"""Relative: a quadratic form in estimates that are within 1e-12."""


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample(n=300, p=3)


def statistics(found: ProportionalityTests) -> list[float | None]:
    return [found.overall.statistic, *(test.statistic for test in found.terms)]


def test_two_arms_and_three_levels_by_hand() -> None:
    """The separate fits are saturated: log odds ratios b1, b2 of the two-by-two tables. In an arm
    of n with shares p1 < p2 at or below the cut points, a log odds has variance 1 / (n p (1 - p))
    and the two have covariance p1 (1 - p2) / (n p1 (1 - p1) p2 (1 - p2))."""
    counts = np.array([[12, 10, 18], [20, 5, 15]])
    data = build_two_arms(*counts)
    share = np.cumsum(counts, axis=1)[:, :2] / 40
    log_odds = np.log(share / (1 - share))
    difference = np.diff(log_odds[1] - log_odds[0])[0]
    p1, p2 = share.T
    variance = np.sum(
        1 / (40 * p1 * (1 - p1)) + 1 / (40 * p2 * (1 - p2)) - 2 / (40 * (1 - p1) * p2)
    )
    found = brant_test(data.y, data.x, weights=data.w)
    assert found.overall.statistic == pytest.approx(difference**2 / variance, rel=WITHIN)
    assert found.overall.df == 1
    assert found.overall.p_value == pytest.approx(chdtrc(1, difference**2 / variance), rel=WITHIN)
    assert found.terms[0].statistic == found.overall.statistic


def test_weights_are_repeated_rows() -> None:
    data = build_two_arms([12, 10, 18, 9], [20, 5, 15, 11])
    weighted = brant_test(data.y, data.x, weights=data.w)
    repeated = brant_test(*data.repeat())
    assert statistics(weighted) == pytest.approx(statistics(repeated), rel=WITHIN)


def test_scales_order_and_direction_do_not_matter(sample: Sample) -> None:
    found = statistics(brant_test(sample.y, sample.x))
    scaled = sample.x * [1e5, 1e-4, 7] + [3, -2e-3, 1e4]
    mixed = np.random.default_rng(1).permutation(300)
    for other in (
        brant_test(sample.y, scaled),
        brant_test(sample.y[mixed], sample.x[mixed]),
        brant_test(-sample.y, sample.x),
    ):
        assert statistics(other) == pytest.approx(found, rel=WITHIN)


def test_a_group_of_columns_is_tested_whatever_spans_it(sample: Sample) -> None:
    found = brant_test(sample.y, sample.x, {"arm": (0,), "both": (1, 2)})
    turned = sample.x.copy()
    turned[:, 1:] = sample.x[:, 1:] @ [[1, 2], [-1, 3]]
    other = brant_test(sample.y, turned, {"arm": (0,), "both": (2, 1)})
    assert statistics(other) == pytest.approx(statistics(found), rel=WITHIN)
    assert [(test.name, test.columns, test.df) for test in found.terms] == [
        ("arm", (0,), 3),
        ("both", (1, 2), 6),
    ]
    assert found.overall.df == 9


def test_a_separated_cut_point_is_an_error_that_names_it() -> None:
    data = build_two_arms([12, 10, 18], [0, 5, 15])
    with pytest.raises(EstimationError, match="levels up to 0: separation along column"):
        brant_test(data.y, data.x, weights=data.w)


def test_two_levels_are_an_error(sample: Sample) -> None:
    with pytest.raises(EstimationError, match="two observed levels"):
        brant_test(sample.y > 2, sample.x)


def test_an_indefinite_covariance_is_no_test() -> None:
    """Each separate fit has its own probabilities, and in few rows they need not increase with the
    cut point: the covariances then belong to no random variables."""
    y = np.tile(np.arange(6), 2)
    x = np.array([5.0, 2, 1, 7, 1, 2, 5, 6, 5, 6, 0, 3])
    found = brant_test(y, x[:, None]).overall
    assert (found.statistic, found.p_value, found.df) == (None, None, 4)
    assert str(found.reason) == "the covariance of the separate fits is not positive definite"


def test_no_columns_are_an_error() -> None:
    with pytest.raises(EstimationError, match="x has no column"):
        brant_test(np.arange(30) % 3, np.zeros((30, 0)))
