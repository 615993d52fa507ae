"""What a fit with a random intercept holds (docs/methods.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from analysis.models.labels import Label
from analysis.models.newton import Vector
from analysis.models.ordinal_fit import OrdinalFit


class InterceptConvergence(StrEnum):
    """How a fit with a random intercept ended."""

    CONVERGED = "converged"
    BOUNDARY = "converged at a standard deviation of 0"


@dataclass(frozen=True, kw_only=True)
class RandomInterceptFit(OrdinalFit):
    """A fitted model logit P(Y <= j) = theta_j + x'beta + b, b normal with mean 0 and sd ``sigma``.

    ``beta`` (p,): log odds ratio of a *lower* level per unit of each column, within a group.
    ``theta`` (k - 1,): cut points. ``covariance`` of (theta, beta, sigma), in that order, from the
    observed information of the marginal likelihood.

    ``groups`` (g,): labels, with ``group_sizes`` rows. ``group_effects`` (g,): conditional modes of
    b, the log odds ratio of a lower level in the group against the average group;
    ``group_effect_errors``: their conditional standard deviations.

    At the boundary sigma is 0, the fit is that without intercept, group effects and their standard
    deviations are 0, and row and column of sigma in the covariance are NaN: no variance exists.

    ``log_likelihood_fixed`` is that of the fit without intercept. ``max_gradient``,
    ``condition_number`` and ``coefficient_error`` are as in OrdinalFit, with log sigma as last
    parameter. ``quadrature_error``: the largest change of a parameter, in standard
    errors, that 2 * nodes + 1 nodes promise.
    """

    sigma: float
    log_likelihood_fixed: float
    groups: tuple[Label, ...]
    group_sizes: NDArray[np.intp]
    group_effects: Vector
    group_effect_errors: Vector
    nodes: int
    quadrature_error: float

    @property
    def sigma_error(self) -> float:
        """Standard error of sigma; NaN at the boundary."""
        return float(self.standard_errors[-1])

    @property
    def likelihood_ratio(self) -> float:
        """Twice the rise of the log likelihood over the fit without intercept."""
        return 2.0 * (self.log_likelihood - self.log_likelihood_fixed)

    @property
    def p_value(self) -> float:
        """Likelihood-ratio p of no group effect (sigma = 0).

        Under it the statistic is 0 or chi-square with 1 degree of freedom, each with probability
        1/2, because sigma = 0 lies on the boundary (Self & Liang 1987).
        """
        ratio = self.likelihood_ratio
        return 0.5 * float(chdtrc(1.0, ratio)) if ratio > 0.0 else 1.0
