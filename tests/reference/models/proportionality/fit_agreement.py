"""When a fit of partial proportional odds agrees with R's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.models.proportionality import PartialOddsFit

COEFFICIENT = 1e-8
"""Relative from 1 on, absolute below. Found: 1e-10 (clm), 4e-13 (vglm, whose Fisher scoring stops
at a relative step of 1e-12)."""
ERROR = 1e-7
"""Relative; of a covariance, in products of standard errors. Found: 6e-11 (clm), 6e-13 (vglm)."""
LOG_LIKELIHOOD = 1e-10
"""Relative. Flat at the maximum."""


def join_estimates(fit: PartialOddsFit) -> np.ndarray:
    """(theta, beta, gamma cut by cut)."""
    return np.concatenate([fit.theta, fit.beta, fit.gamma.ravel()])


def assert_fit(fit: PartialOddsFit, covariance: np.ndarray, expected: dict[str, Any]) -> None:
    assert_allclose(join_estimates(fit), expected["estimates"], COEFFICIENT, COEFFICIENT)
    assert_covariance(covariance, expected["covariance"], ERROR)
    assert fit.log_likelihood == pytest.approx(expected["log_likelihood"], rel=LOG_LIKELIHOOD)


def assert_covariance(found: np.ndarray, expected: dict[str, Any], tolerance: float) -> None:
    errors = np.array(expected["se"])
    assert_allclose(np.sqrt(np.diag(found)), errors, tolerance)
    # a row sum mixes entries of any size: it is held to the standard errors that went into it
    scale = errors * errors.sum()
    assert_allclose(found.sum(axis=1) / scale, expected["row_sums"] / scale, atol=tolerance)
