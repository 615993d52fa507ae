"""Proportional hazards: against R, by hand, data without a finite maximum, tests over time."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.survival.cox import fit_proportional_hazards
from analysis.models.survival.schoenfeld import schoenfeld_test
from tests.unit.models.samples.leukaemia import EVENT, TIME, TREATED

AGREES = 1e-9
"""Relative: R stops when the log likelihood changes by less than 1e-13 of itself."""
N = 200


def draw(seed: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days to an event with many ties, an arm and two other columns."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.integers(0, 2, N), rng.normal(65, 10, N), rng.integers(0, 2, N)])
    time = np.floor(rng.exponential(60 / np.exp(0.03 * (x[:, 1] - 65) - 0.5 * x[:, 0])))
    return np.minimum(time, 90.0), time < 90, x


def test_leukaemia_agrees_with_r() -> None:
    fit = fit_proportional_hazards(TIME, EVENT, TREATED[:, None])
    assert fit.beta[0] == pytest.approx(-1.57212514882907, rel=AGREES)
    assert fit.beta_errors[0] == pytest.approx(0.412396717709455, rel=AGREES)
    assert fit.log_likelihood == pytest.approx(-85.0084245773716, rel=AGREES)
    assert (fit.n, fit.events) == (42, 30)


def test_a_hazard_ratio_by_hand() -> None:
    """The likelihood of the ratio r is r / (2 + 2r) * 1 / (2 + r) * r / (1 + r).

    Its maximum, where 2 = 2r / (1 + r) + r / (2 + r), solves r^2 - r - 4 = 0.
    """
    fit = fit_proportional_hazards([1, 2, 3, 4], [1, 1, 1, 0], np.array([[1.0], [0], [1], [0]]))
    ratio = (1 + np.sqrt(17)) / 2
    assert np.exp(fit.beta[0]) == pytest.approx(ratio, rel=AGREES)


def test_units_and_order_do_not_matter() -> None:
    time, event, x = draw()
    fit = fit_proportional_hazards(time, event, x)
    order = np.random.default_rng(1).permutation(N)
    scaled = fit_proportional_hazards(time[order], event[order], x[order] * [1, 1e-6, 1e6] + 3)
    assert scaled.beta * [1, 1e-6, 1e6] == pytest.approx(fit.beta, rel=AGREES)
    assert scaled.beta_errors * [1, 1e-6, 1e6] == pytest.approx(fit.beta_errors, rel=AGREES)


def test_whoever_is_censored_before_the_first_event_tells_nothing() -> None:
    time, event, x = draw()
    fit = fit_proportional_hazards(time + 1, event, x)
    more = fit_proportional_hazards(
        np.append(time + 1, 0.0), np.append(event, False), np.vstack([x, [1, 80, 1]])
    )
    assert more.beta == pytest.approx(fit.beta, rel=AGREES)


def test_a_column_that_only_survivors_have_has_no_estimate() -> None:
    time, event, x = draw()
    spared = ~event & (np.arange(N) % 2 == 0)
    with pytest.raises(EstimationError, match=r"^separation along column \[3\]: no finite"):
        fit_proportional_hazards(time, event, np.column_stack([x, spared]))


def test_an_arm_without_events_has_no_estimate() -> None:
    time, event, x = draw()
    event &= x[:, 0] == 1
    with pytest.raises(EstimationError, match=r"^separation along column \[0\]: no finite"):
        fit_proportional_hazards(time, event, x)


def test_two_columns_may_separate_together() -> None:
    """Whoever has an event is where the two columns add up to most; neither does it alone."""
    time = np.arange(12.0)
    a = np.array([3, 0, 2, 1, 3, 0, 0, 1, 2, 0, 0, 0.0])
    b = np.array([0, 3, 1, 2, 0, 3, 1, 0, 0, 2, 1, 0.0])
    event = a + b == 3
    with pytest.raises(EstimationError, match=r"^separation along column \[0, 1\]: no finite"):
        fit_proportional_hazards(time, event, np.column_stack([a, b]))


def test_a_rare_column_with_one_event_has_an_estimate() -> None:
    time, event, x = draw()
    rare = np.zeros(N)
    rare[[np.flatnonzero(event & (time > 5))[0], *np.flatnonzero(~event)[:3]]] = 1.0
    fit = fit_proportional_hazards(time, event, np.column_stack([x, rare]))
    assert abs(fit.beta[3]) < 3


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (np.ones(N), r"constant column \[3\]"),
        (np.full(N, np.nan), r"NaN or infinity in column \[3\]"),
        (draw()[2][:, 1] * 2 + 1, r"collinear column \[3\]"),
    ],
)
def test_columns_that_cannot_be_used(column: np.ndarray, reason: str) -> None:
    time, event, x = draw()
    with pytest.raises(EstimationError, match=reason):
        fit_proportional_hazards(time, event, np.column_stack([x, column]))


def test_nobody_has_an_event() -> None:
    time, event, x = draw()
    with pytest.raises(EstimationError, match="nobody has an event"):
        fit_proportional_hazards(time, event & False, x)


def test_a_column_that_varies_only_before_the_first_event_says_so() -> None:
    time, event, x = draw()
    early = np.zeros(N + 2)
    early[-2:] = [1.0, 2.0]
    columns = np.column_stack([np.vstack([x, x[:2]]), early])
    with pytest.raises(EstimationError, match=r"constant column \[3\] among those at risk"):
        fit_proportional_hazards(
            np.append(time + 1, [0.0, 0.5]), np.append(event, [False, False]), columns
        )


def test_schoenfeld_test_agrees_with_r() -> None:
    fit = fit_proportional_hazards(TIME, EVENT, TREATED[:, None])
    found = schoenfeld_test(TIME, EVENT, TREATED[:, None], fit.beta)
    assert found.overall.statistic == pytest.approx(0.0228633780528221, rel=1e-8)
    assert found.overall.p_value == pytest.approx(0.879812894957257, rel=1e-8)
    assert (found.overall.df, found.terms[0].statistic) == (1, found.overall.statistic)


def test_schoenfeld_test_finds_an_effect_that_wears_off() -> None:
    """The hazard ratio is 5 up to day 20 and 1 / 5 later."""
    rng = np.random.default_rng(3)
    arm = np.repeat([1.0, 0.0], 400)
    first = rng.exponential(np.where(arm == 1, 20, 100))
    later = 20 + rng.exponential(np.where(arm == 1, 500, 100))
    time = np.where(first < 20, first, later)
    other = rng.normal(size=800)
    x = np.column_stack([arm, other])
    event = np.ones(800)
    fit = fit_proportional_hazards(time, event, x)
    found = schoenfeld_test(time, event, x, fit.beta, {"arm": [0], "other": [1]})
    p_values = {test.name: test.p_value for test in (found.overall, *found.terms)}
    assert p_values["arm"] < 1e-10
    assert p_values["all"] < 1e-10
    assert p_values["other"] > 0.01


def test_terms_of_several_columns_have_their_degrees_of_freedom() -> None:
    time, event, x = draw()
    fit = fit_proportional_hazards(time, event, x)
    found = schoenfeld_test(time, event, x, fit.beta, {"arm": [0], "others": [1, 2]})
    assert [test.df for test in found.terms] == [1, 2]
    assert found.overall.df == 3


def test_one_event_alone_tells_nothing_of_time() -> None:
    """With a single event time g is constant: no information on a change."""
    x = np.array([[1.0], [0], [1], [0]])
    found = schoenfeld_test([1, 1, 2, 2], [1, 1, 0, 0], x, [0.0])
    assert found.overall.statistic is None
    assert str(found.overall.reason) == "the information is not positive definite"
