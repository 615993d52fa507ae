"""Common effects are the special case of free effects in which only the intercept is free."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.models.cumulative_logit.common_effects import CumulativeLogit
from analysis.models.cumulative_logit.free_effects import PartialLogit
from tests.unit.models.samples.random_samples import draw_sample

POINT = np.array([-2.0, -0.5, 0.3, 1.7, 0.4, -0.8])  # four cut points, two effects


def test_a_free_intercept_alone_is_the_model_of_common_effects() -> None:
    sample = draw_sample()
    n = len(sample.y)
    weights = np.random.default_rng(2).uniform(0.5, 2.0, n)
    common = CumulativeLogit.build(sample.x.T[None], sample.y[None], 5, weights[None]).at(POINT)
    order = np.argsort(sample.y, kind="stable")
    starts = np.searchsorted(sample.y[order], np.arange(5))
    model = PartialLogit(np.ones((n, 1)), sample.x[order], weights[order], starts)
    free = model.evaluate(POINT)
    assert free is not None
    assert free.value == pytest.approx(common.value, rel=1e-13)
    np.testing.assert_allclose(free.gradient, common.gradient, rtol=1e-12)
    np.testing.assert_allclose(free.information, common.information, rtol=1e-12)


def test_logits_of_a_row_that_cross_are_outside_the_model() -> None:
    w = np.array([[1.0, -1.0], [1.0, 0.0], [1.0, 1.0]])
    model = PartialLogit(w, np.empty((3, 0)), np.ones(3), np.arange(3))
    assert model.evaluate(np.array([0.0, 1.0, 0.5, -1.0])) is not None
    assert model.evaluate(np.array([0.0, 1.0, -0.5, 2.0])) is None
