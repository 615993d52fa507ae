"""Partial proportional odds: free effects of chosen columns (docs/methods.md, section 8).

Peterson & Harrell (1990), unconstrained.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.models.cumulative_logit.covariance import expected_information, sandwich
from analysis.models.cumulative_logit.data import OrdinalData
from analysis.models.cumulative_logit.fitted import OrdinalFit
from analysis.models.data.labels import read_clusters
from analysis.models.data.terms import read_term
from analysis.models.numerics.newton import condition_number
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.proportionality.partial_odds.maximum import maximise_partial
from analysis.models.types import Matrix


@dataclass(frozen=True, kw_only=True)
class PartialOddsFit(OrdinalFit):
    """A fitted model logit P(Y <= j) = theta_j + x'beta + z'gamma_j over k observed levels.

    ``nonproportional`` (q): the columns z, with log odds ratios ``gamma`` (k - 1, q), one row for
    each cut point; ``proportional`` (p - q): the columns x, with ``beta``. All are log odds ratios
    of a *lower* level per unit. ``covariance`` of (theta, beta, gamma cut by cut) from the observed
    information, ``covariance_expected`` from the Fisher information, ``covariance_robust`` the
    sandwich (HC0, or by cluster). ``smallest_distance``: of neighbouring cumulative logits, over
    all rows; 0 is the edge of the model. ``log_likelihood_proportional``: of the proportional-odds
    fit to the same data. The others as in OrdinalFit.
    """

    proportional: tuple[int, ...]
    nonproportional: tuple[int, ...]
    gamma: Matrix
    covariance_expected: Matrix
    covariance_robust: Matrix
    log_likelihood_proportional: float
    smallest_distance: float

    @property
    def gamma_errors(self) -> Matrix:
        """Standard errors of gamma."""
        errors = self.standard_errors[len(self.theta) + len(self.beta) :]
        return errors.reshape(self.gamma.shape)


def fit_partial_odds(
    y: ArrayLike,
    x: ArrayLike,
    nonproportional: Sequence[int],
    *,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> PartialOddsFit:
    """Return the maximum-likelihood fit with free effects of some columns at every cut point.

    ``y`` (n,): integer levels. ``x`` (n, p): columns. ``nonproportional``: numbers of the columns
    with free effects (Peterson & Harrell 1990, unconstrained). ``weights`` (n,): positive
    frequency weights. ``clusters`` (n,): labels for the cluster sandwich.

    Raises EstimationError as fit_proportional_odds does, and if the maximum lies at the edge of the
    region where every row's cumulative logits increase (a probability of 0 for some row).

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit = fit_partial_odds(mrs, x, nonproportional=[0])
    >>> np.exp(fit.gamma).round(1).tolist()  # odds ratios at the three cut points
    [[2.5], [4.0], [2.5]]
    """
    data = OrdinalData.read(y, x, weights)
    free = read_term(nonproportional, data.columns.shape[1])
    groups = None if clusters is None else read_clusters(clusters, len(data.order))[data.order]
    proportional = fit_proportional_odds(y, x, weights=weights)
    found = maximise_partial(data, proportional, free)
    parameters, derivatives = found.optimum.parameters, found.optimum.derivatives
    back = found.back_transform()
    bread = np.linalg.inv(derivatives.information)
    fisher = np.linalg.inv(expected_information(found.model, parameters))
    robust = sandwich(found.model, parameters, bread, groups)
    if groups is not None:  # squares of summed weights, not sums of weights
        robust = found.unit * robust
    estimate = back @ parameters
    shared = tuple(j for j in range(data.columns.shape[1]) if j not in free)
    ends = np.cumsum([data.cuts, len(shared)])
    return PartialOddsFit(
        levels=data.levels,
        dropped_levels=proportional.dropped_levels,
        proportional=shared,
        nonproportional=free,
        theta=estimate[: ends[0]],
        beta=estimate[ends[0] : ends[1]],
        gamma=estimate[ends[1] :].reshape(data.cuts, len(free)),
        covariance=back @ bread @ back.T / found.unit,
        covariance_expected=back @ fisher @ back.T / found.unit,
        covariance_robust=back @ robust @ back.T / found.unit,
        log_likelihood=found.log_likelihood,
        log_likelihood_proportional=proportional.log_likelihood,
        smallest_distance=found.smallest_distance,
        n=len(data.order),
        convergence=found.optimum.convergence,
        iterations=found.optimum.iterations,
        max_gradient=found.optimum.max_gradient,
        condition_number=condition_number(derivatives.information),
        coefficient_error=found.optimum.last_step,
    )
