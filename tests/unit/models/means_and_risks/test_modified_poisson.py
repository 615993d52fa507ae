"""Risk ratios by Poisson likelihood: closed forms of a 2 x 2 table, and what has no estimate."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.means_and_risks.modified_poisson import fit_log_risk

ANSWER = 1e-10
"""Relative: the iteration ends within 1e-10 standard errors."""


def make_table(a: int, n1: int, c: int, n0: int) -> tuple[list[int], list[list[int]]]:
    """a events of n1 with the column 1, c of n0 with 0."""
    events = [1] * a + [0] * (n1 - a) + [1] * c + [0] * (n0 - c)
    return events, [[1]] * n1 + [[0]] * n0


@pytest.mark.parametrize("table", [(30, 100, 20, 100), (1, 50, 9, 10), (99, 100, 1, 3)])
def test_two_groups_have_the_closed_form(table: tuple[int, int, int, int]) -> None:
    """log(p1 / p0), robust variance (1 - p1) / a + (1 - p0) / c: that of the log-Wald interval."""
    a, n1, c, n0 = table
    fit = fit_log_risk(*make_table(*table))
    assert fit.beta[0] == pytest.approx(math.log(a / n1 / (c / n0)), rel=ANSWER)
    variance = 1 / a - 1 / n1 + 1 / c - 1 / n0
    assert fit.beta_errors[0] == pytest.approx(math.sqrt(variance), rel=ANSWER)
    assert fit.intercept == pytest.approx(math.log(c / n0), rel=ANSWER)
    assert fit.covariance[0, 0] == pytest.approx(1 / c - 1 / n0, rel=ANSWER)


def test_everybody_with_the_event_in_one_group_has_an_estimate() -> None:
    """Unlike the logistic model: a risk of 1 is no end of the log scale."""
    fit = fit_log_risk(*make_table(10, 10, 5, 10))
    assert fit.beta[0] == pytest.approx(math.log(2), rel=ANSWER)


def test_units_and_origin_of_columns_do_not_matter() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=(300, 3))
    event = rng.random(300) < np.exp(-1.2 + 0.2 * x[:, 0])
    near = fit_log_risk(event, x)
    far = fit_log_risk(event, x * [1, 1e3, 1e-3] + [50, 0, 1])
    assert far.beta == pytest.approx(near.beta / [1, 1e3, 1e-3], rel=1e-8)  # digits lost to 50
    assert far.beta_errors == pytest.approx(near.beta_errors / [1, 1e3, 1e-3], rel=1e-8)


@pytest.mark.parametrize(
    ("events", "x", "reason"),
    [
        (*make_table(0, 20, 5, 20), "separation along column [0]"),
        (*make_table(5, 20, 0, 20), "separation along column [0]"),
        (*make_table(0, 20, 0, 20), "nobody has the event"),
        (*make_table(20, 20, 20, 20), "everybody has the event"),
        ([0, 1, 2], [[0], [1], [0]], "events must be 0 or 1"),
        ([], np.empty((0, 1)), "nobody has the event"),
        ([0, 1, 1, 0], [[1], [1], [1], [1]], "constant column [0]"),
        ([0, 1, 1, 0, 1], [[1, 2], [2, 4], [0, 0], [5, 10], [3, 6]], "collinear column [1]"),
    ],
)
def test_no_estimate_says_why(events: list[int], x: list[list[float]], reason: str) -> None:
    with pytest.raises(EstimationError) as caught:
        fit_log_risk(events, x)
    assert reason in str(caught.value)


def test_a_level_without_events_is_named_beside_columns_that_are_well() -> None:
    rng = np.random.default_rng(11)
    rare = np.r_[np.ones(6), np.zeros(194)]
    arm = np.arange(200) % 2
    event = (rng.random(200) < 0.4) & (rare == 0)
    with pytest.raises(EstimationError, match=r"separation along column \[2\]"):
        fit_log_risk(event, np.column_stack([arm, rng.normal(size=200), rare]))


def test_no_events_beyond_a_threshold_is_no_separation_of_a_number() -> None:
    """A number that happens to be low in all events: the likelihood has a maximum."""
    x = np.arange(40.0)[:, None]
    event = np.isin(np.arange(40), [0, 2, 3, 5, 9])
    assert fit_log_risk(event, x).beta[0] < 0
