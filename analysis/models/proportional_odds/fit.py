"""Proportional-odds regression by maximum likelihood (docs/methods.md, section 2)."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.common_effects import CumulativeLogit
from analysis.models.cumulative_logit.fitted import OrdinalFit, list_dropped
from analysis.models.data.arrays import read_columns, read_levels, read_vector, read_weights
from analysis.models.data.design_matrix import build_basis
from analysis.models.data.labels import read_clusters
from analysis.models.numerics.newton import Convergence, condition_number, maximise
from analysis.models.numerics.separation import DIVERGING, require_no_separation
from analysis.models.proportional_odds.covariance import FittedRows
from analysis.models.types import Matrix


@dataclass(frozen=True, kw_only=True)
class ProportionalOddsFit(OrdinalFit):
    """A fitted model logit P(Y <= j) = theta_j + x'beta over k observed levels.

    ``theta`` (k - 1,), ``beta`` (p,); covariances of (theta, beta). The others as in OrdinalFit.
    """

    rows: FittedRows = field(repr=False, compare=False)

    @cached_property
    def covariance_expected(self) -> Matrix:
        """Covariance of (theta, beta) from the expected (Fisher) information, as SAS's LOGISTIC."""
        return self.rows.expected_covariance()

    @cached_property
    def covariance_robust(self) -> Matrix:
        """Sandwich covariance of (theta, beta): HC0, or of the clusters if the fit has any.

        Without small-sample factor. A weight is a number of subjects.
        """
        return self.rows.robust_covariance()


def fit_proportional_odds(
    y: ArrayLike,
    x: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    offset: ArrayLike | None = None,
) -> ProportionalOddsFit:
    """Return the maximum-likelihood fit of the proportional-odds model (McCullagh 1980).

    ``y`` (n,): integer levels. ``x`` (n, p): columns, p may be 0. ``weights`` (n,): positive
    frequency weights. ``clusters`` (n,): labels, text or numbers; ``covariance_robust`` is theirs
    (Liang & Zeger 1986). ``offset`` (n,): added to the linear predictor of a lower level.

    Raises EstimationError for shapes that differ, anything but finite numbers up to 1e100, weights
    that are not positive or differ by more than 1e6, missing cluster labels or a single cluster, a
    single observed level, collinear or constant columns, separation, and a fit that does not
    converge; ValueError never reaches the caller.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit = fit_proportional_odds(mrs, x)
    >>> np.exp(fit.beta).round(2).tolist()  # odds ratio of a lower mRS
    [3.05]
    """
    levels, codes = read_levels(y)
    n = len(codes)
    columns = read_columns(x, n)
    weight = None if weights is None else read_weights(weights, n)
    shift = None if offset is None else read_vector(offset, n, "offset")
    cluster = None if clusters is None else read_clusters(clusters, n)
    if len(levels) < 2:
        raise EstimationError(ReasonCode.ONE_LEVEL, level=levels[0])
    basis = build_basis(columns)
    # weights of at most 1 and an offset of mean 0: undone in the results
    unit = 1.0 if weight is None else float(weight.max())
    centre = 0.0 if shift is None else float(shift.mean())
    relative = None if weight is None else weight / unit
    moved = None if shift is None else shift - centre
    model = CumulativeLogit.build(
        basis.scores.T[None],
        codes[None],
        len(levels),
        None if relative is None else relative[None],
        None if moved is None else moved[None],
    )
    optimum = maximise(model.at, model.start()[0])
    converged = optimum.convergence is Convergence.CONVERGED
    if not converged or model.diverges(optimum.parameters[None], DIVERGING)[0]:
        require_no_separation(codes, columns)
    if not converged:
        raise EstimationError(ReasonCode.NOT_CONVERGED, why=optimum.convergence.value)
    information = optimum.derivatives.information
    back = basis.back_transform(model.cuts)
    parameters = back @ optimum.parameters
    return ProportionalOddsFit(
        levels=levels,
        dropped_levels=list_dropped(levels),
        theta=parameters[: model.cuts] - centre,
        beta=parameters[model.cuts :],
        covariance=back @ np.linalg.inv(information) @ back.T / unit,
        log_likelihood=optimum.derivatives.value * unit,
        n=n,
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        max_gradient=optimum.max_gradient,
        condition_number=condition_number(information),
        coefficient_error=optimum.last_step,
        rows=FittedRows(basis, codes, relative, unit, moved, cluster, optimum.parameters),
    )
