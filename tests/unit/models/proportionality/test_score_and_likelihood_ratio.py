"""Score and likelihood-ratio tests of proportional odds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.cumulative_logit.covariance import Information
from analysis.models.data.terms import ProportionalityTests
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.proportionality.score_and_likelihood_ratio import (
    likelihood_ratio_test,
    score_test,
)
from tests.unit.models.samples.random_samples import Sample, draw_sample
from tests.unit.models.samples.two_arm_tables import build_two_arms

WITHIN = 1e-8
"""Relative: a quadratic form in estimates that are within 1e-12."""
Test = Callable[..., ProportionalityTests]


def observed_score(*data: np.ndarray, **given: object) -> ProportionalityTests:
    return score_test(*data, **given, information=Information.OBSERVED)  # type: ignore[arg-type]


TESTS = pytest.mark.parametrize("test", [score_test, observed_score, likelihood_ratio_test])


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample(n=300, p=3)


def statistics(found: ProportionalityTests) -> list[float | None]:
    return [found.overall.statistic, *(test.statistic for test in found.terms)]


def test_likelihood_ratio_of_two_arms_by_hand() -> None:
    """The freed model is saturated: its log likelihood is the sum of count * log share."""
    counts = np.array([[10, 8, 6, 5], [4, 9, 2, 10]])
    data = build_two_arms(*counts)
    saturated = np.sum(counts * np.log(counts / counts.sum(axis=1, keepdims=True)))
    fit = fit_proportional_odds(data.y, data.x, weights=data.w)
    found = likelihood_ratio_test(data.y, data.x, weights=data.w)
    expected = 2 * (saturated - fit.log_likelihood)
    assert found.overall.statistic == pytest.approx(expected, rel=WITHIN)
    assert found.overall.df == 2


def test_score_of_two_arms_is_pearsons_chi_square() -> None:
    """Against a saturated model of multinomial counts, the score statistic by expected information
    is the sum of (observed - expected)^2 / expected at the proportional-odds fit."""
    counts = np.array([[10, 8, 6, 5], [4, 9, 2, 10]])
    data = build_two_arms(*counts)
    fit = fit_proportional_odds(data.y, data.x, weights=data.w)
    below = 1 / (1 + np.exp(-(fit.theta + np.outer([0, 1], fit.beta[0]))))
    shares = np.diff(np.column_stack([[0, 0], below, [1, 1]]), axis=1)
    expected = shares * counts.sum(axis=1, keepdims=True)
    found = score_test(data.y, data.x, weights=data.w)
    pearson = np.sum((counts - expected) ** 2 / expected)
    assert found.overall.statistic == pytest.approx(pearson, rel=WITHIN)


@TESTS
def test_weights_are_repeated_rows(test: Test) -> None:
    data = build_two_arms([12, 10, 18, 9], [20, 5, 15, 11])
    weighted, repeated = test(data.y, data.x, weights=data.w), test(*data.repeat())
    assert statistics(weighted) == pytest.approx(statistics(repeated), rel=WITHIN)


@TESTS
def test_scales_order_and_direction_do_not_matter(test: Test, sample: Sample) -> None:
    found = statistics(test(sample.y, sample.x))
    scaled = sample.x * [1e5, 1e-4, 7] + [3, -2e-3, 1e4]
    mixed = np.random.default_rng(1).permutation(300)
    for other in (
        test(sample.y, scaled),
        test(sample.y[mixed], sample.x[mixed]),
        test(-sample.y, sample.x),
    ):
        assert statistics(other) == pytest.approx(found, rel=WITHIN)


@TESTS
def test_a_group_of_columns_is_tested_whatever_spans_it(test: Test, sample: Sample) -> None:
    found = test(sample.y, sample.x, [(0,), (1, 2)])
    turned = sample.x.copy()
    turned[:, 1:] = sample.x[:, 1:] @ [[1, 2], [-1, 3]]
    other = test(sample.y, turned, [(0,), (2, 1)])
    assert statistics(other) == pytest.approx(statistics(found), rel=WITHIN)
    assert [(term.name, term.df) for term in found.terms] == [("0", 3), ("1, 2", 6)]


@TESTS
def test_all_columns_as_one_term_are_the_overall_test(test: Test, sample: Sample) -> None:
    found = test(sample.y, sample.x, {"everything": (2, 0, 1)})
    assert found.terms[0].statistic == pytest.approx(found.overall.statistic, rel=WITHIN)
    assert found.terms[0].df == found.overall.df == 9


@TESTS
def test_two_levels_are_an_error(test: Test, sample: Sample) -> None:
    with pytest.raises(EstimationError, match="two observed levels"):
        test(sample.y > 2, sample.x)


@TESTS
def test_no_columns_are_an_error(test: Test, sample: Sample) -> None:
    with pytest.raises(EstimationError, match="x has no column"):
        test(sample.y, np.zeros((300, 0)))


@TESTS
def test_more_differences_than_rows_are_an_error(test: Test) -> None:
    with pytest.raises(EstimationError, match="36 differences of effects for 20 subjects"):
        test(np.arange(20), np.random.default_rng(1).normal(size=(20, 2)))


def test_the_information_may_be_given_by_name(sample: Sample) -> None:
    by_name = score_test(sample.y, sample.x, information="observed")  # type: ignore[arg-type]
    assert by_name == observed_score(sample.y, sample.x)
    with pytest.raises(EstimationError, match="expected or observed, not fisher"):
        score_test(sample.y, sample.x, information="fisher")  # type: ignore[arg-type]


@TESTS
def test_data_without_proportional_odds_fit_are_an_error(test: Test) -> None:
    data = build_two_arms([5, 5, 0, 0], [0, 0, 5, 5])
    with pytest.raises(EstimationError, match="separation"):
        test(data.y, data.x, weights=data.w)


def test_tests_say_which_they_are(sample: Sample) -> None:
    methods = [test(sample.y, sample.x).method for test in (score_test, observed_score)]
    assert methods == ["score test, expected information", "score test, observed information"]


def test_an_empty_cell_has_a_score_but_no_likelihood_ratio() -> None:
    data = build_two_arms([10, 8, 6, 5], [4, 9, 0, 10])
    found = likelihood_ratio_test(data.y, data.x, weights=data.w).overall
    assert (found.statistic, found.p_value, found.df) == (None, None, 2)
    assert "edge of the region" in str(found.reason)
    assert score_test(data.y, data.x, weights=data.w).overall.statistic is not None


def test_what_no_row_informs_is_not_tested_by_observed_information() -> None:
    """Nobody in the second arm has either of the two lowest levels: its effect at the lowest cut
    point moves no likelihood."""
    data = build_two_arms([10, 8, 6, 5], [0, 0, 12, 10])
    found = observed_score(data.y, data.x, weights=data.w).overall
    assert found.statistic is None
    assert str(found.reason) == "the observed information is not positive definite"
