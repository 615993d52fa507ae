"""Proportional-odds fits of many data sets of one shape, as simulations (docs/methods.md, 2)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.batch import map_chunks
from analysis.models.proportional_odds.batch_chunks import Batch, read_batch
from analysis.models.types import Matrix, Stack, Vector


@dataclass(frozen=True)
class ProportionalOddsBatch:
    """The fits of the model logit P(Y <= j) = theta_j + x'beta to m replicates.

    ``levels`` (k,): observed in any replicate. ``theta`` (m, k - 1): cut points above each of them
    but the last, NaN above a level that the replicate lacks or that is its last; ``theta_errors``.
    ``beta`` (m, p): log odds ratios of a *lower* level per unit, ``beta_covariance`` (m, p, p) from
    the observed information. ``log_likelihood`` (m,). ``problems``: the replicates that have no
    fit, numbered from 0, and why; their numbers are NaN.
    """

    levels: tuple[int, ...]
    theta: Matrix
    theta_errors: Matrix
    beta: Matrix
    beta_covariance: Stack
    log_likelihood: Vector
    problems: Mapping[int, Reason]

    @property
    def beta_errors(self) -> Matrix:
        """Standard errors of beta (m, p)."""
        return np.sqrt(np.diagonal(self.beta_covariance, axis1=1, axis2=2))


def fit_proportional_odds_batch(
    y: ArrayLike, x: ArrayLike, *, weights: ArrayLike | None = None, workers: int = 1
) -> ProportionalOddsBatch:
    """Return the maximum-likelihood fits of m replicates with n rows.

    ``y`` and ``weights`` (m, n), ``x`` (m, n, p): as in ``fit_proportional_odds``, for each
    replicate; or (n,) and (n, p) for what all share; one of them at least must be stacked. A
    replicate's numbers are those of ``fit_proportional_odds`` for it, to rounding; neither the
    other replicates nor the number of ``workers`` (threads) change a bit of them.

    What ``fit_proportional_odds`` says of a replicate that has no fit (one level, collinear
    columns, separation) is in ``problems``. Raises EstimationError for what concerns the batch:
    shapes that do not fit, a kind of values that cannot be read, faults of what is shared, nothing
    stacked, as many columns as rows, and ``workers`` that are not a whole number of at least 1.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit_proportional_odds_batch([mrs, mrs[::-1]], x).beta.round(2).tolist()
    [[1.12], [-1.12]]
    """
    inputs = read_batch(y, x, weights)
    p = inputs.parts["x"].given.shape[-1]
    if p >= inputs.rows:
        raise EstimationError(ReasonCode.TOO_FEW_ROWS, width=p, rows=inputs.rows)
    batch = Batch.plan(inputs)
    problems = map_chunks(batch.fit, inputs.replicates, inputs.rows, workers)
    return ProportionalOddsBatch(levels=batch.levels, **vars(batch.numbers), problems=problems)
