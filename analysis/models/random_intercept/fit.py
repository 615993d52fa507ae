"""Proportional odds with a random intercept by group (docs/methods.md, section 9)."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.fitted import OrdinalFit
from analysis.models.data.labels import Label
from analysis.models.numerics.newton import Convergence, Derivatives, Optimum, condition_number
from analysis.models.random_intercept.data import Problem
from analysis.models.random_intercept.likelihood import RandomIntercept
from analysis.models.random_intercept.modes import ModePath, find_modes, follow_modes
from analysis.models.random_intercept.quadrature import gauss_hermite, read_nodes
from analysis.models.random_intercept.search import limit_log_likelihood, search_maximum
from analysis.models.types import Vector


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


LARGEST_SIGMA = 30.0
"""The odds of groups would differ by a factor of e^30 per standard deviation: the groups determine
the levels, and the estimate is on its way to infinity."""


def fit_random_intercept(
    y: ArrayLike, x: ArrayLike, groups: ArrayLike, *, nodes: int = 15
) -> RandomInterceptFit:
    """Return the maximum-likelihood fit by adaptive Gauss-Hermite quadrature.

    ``y`` (n,): integer levels. ``x`` (n, p): columns, p may be 0. ``groups`` (n,): labels, numbers
    or text. ``nodes``: quadrature nodes of each group, 1 to 250; 1 is Laplace's approximation.

    Raises EstimationError for what the fit without intercept raises it for, missing labels, a
    single group, groups of one row each, a likelihood without a finite maximum (groups that
    determine the levels), and a fit that does not converge.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit = fit_random_intercept(mrs, x, groups=["a", "a", "a", "b", "b", "b"] * 2)
    >>> round(fit.sigma, 2), fit.beta.round(2).tolist()
    (1.69, [1.67])
    """
    count = read_nodes(nodes)
    problem = Problem.read(y, x, groups)
    floor = problem.fixed.log_likelihood
    optimum = search_maximum(problem.model, problem.start, floor, gauss_hermite(count))
    if optimum is None:
        return _without_intercept(problem, count)
    finer = problem.model.evaluate(optimum.parameters, gauss_hermite(2 * count + 1))
    if finer is None:
        raise EstimationError(ReasonCode.NOT_CONVERGED, why="the group effects cannot be found")
    _require_maximum(problem.model, optimum, finer)
    return _describe(problem, optimum, finer, count)


def _require_maximum(model: RandomIntercept, optimum: Optimum, finer: Derivatives) -> None:
    """``finer``: at the optimum, by more nodes. Coarse quadrature can make a maximum of its own:
    what it is off by counts against it.
    """
    sigma = np.exp(optimum.parameters[-1])
    limit = limit_log_likelihood(model, optimum.parameters)
    least = finer.value - abs(optimum.derivatives.value - finer.value)
    if sigma > LARGEST_SIGMA or limit >= least:
        raise EstimationError(ReasonCode.GROUPS_DETERMINE_LEVELS)
    if optimum.convergence is not Convergence.CONVERGED:
        raise EstimationError(
            ReasonCode.RANDOM_INTERCEPT_NOT_CONVERGED, why=optimum.convergence.value
        )


def _describe(
    problem: Problem, optimum: Optimum, finer: Derivatives, nodes: int
) -> RandomInterceptFit:
    model, found = problem.model, optimum.derivatives
    sigma = float(np.exp(optimum.parameters[-1]))
    back = np.eye(len(optimum.parameters))
    back[:-1, :-1] = problem.basis.back_transform(model.cuts)
    parameters = back @ optimum.parameters
    back[-1, -1] = sigma  # d sigma / d log sigma
    inverse = np.linalg.inv(found.information)
    modes = _find_group_effects(model, optimum.parameters)
    return replace(
        _without_intercept(problem, nodes),
        theta=parameters[: model.cuts],
        beta=parameters[model.cuts : -1],
        sigma=sigma,
        covariance=back @ inverse @ back.T,
        log_likelihood=found.value,
        group_effects=modes.position,
        group_effect_errors=modes.spread,
        convergence=InterceptConvergence.CONVERGED,
        iterations=optimum.iterations,
        max_gradient=optimum.max_gradient,
        condition_number=condition_number(found.information),
        coefficient_error=optimum.last_step,
        quadrature_error=float(
            np.max(np.abs(inverse @ finer.gradient) / np.sqrt(np.diag(inverse)))
        ),
    )


def _find_group_effects(model: RandomIntercept, parameters: Vector) -> ModePath:
    base, precision = model.logits.design @ parameters[:-1], float(np.exp(-2.0 * parameters[-1]))
    position = find_modes(model.logits, base, precision)
    if position is None:
        raise EstimationError(ReasonCode.NOT_CONVERGED, why="the group effects cannot be found")
    return follow_modes(model.logits, base, precision, position)


def _without_intercept(problem: Problem, nodes: int) -> RandomInterceptFit:
    """The fit at the boundary, where sigma is 0."""
    fixed, none = problem.fixed, np.zeros(len(problem.labels))
    covariance = np.full((len(fixed.covariance) + 1,) * 2, np.nan)
    covariance[:-1, :-1] = fixed.covariance
    return RandomInterceptFit(
        levels=fixed.levels,
        dropped_levels=fixed.dropped_levels,
        theta=fixed.theta,
        beta=fixed.beta,
        sigma=0.0,
        covariance=covariance,
        log_likelihood=fixed.log_likelihood,
        log_likelihood_fixed=fixed.log_likelihood,
        groups=problem.labels,
        group_sizes=problem.sizes,
        group_effects=none,
        group_effect_errors=none.copy(),
        n=fixed.n,
        nodes=nodes,
        convergence=InterceptConvergence.BOUNDARY,
        iterations=fixed.iterations,
        max_gradient=fixed.max_gradient,
        condition_number=fixed.condition_number,
        coefficient_error=fixed.coefficient_error,
        quadrature_error=0.0,
    )
