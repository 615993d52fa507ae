"""Bias-reduced cluster variance (CR2) of an effect of proportional odds (docs/methods.md, 14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.free_effects import mirror
from analysis.models.cumulative_logit.levels import level_probabilities
from analysis.models.data.terms import read_term
from analysis.models.numerics.wald import Interval, t_interval
from analysis.models.proportional_odds.fit import ProportionalOddsFit
from analysis.models.types import Matrix, Stack, Vector

DETERMINED = 1e-13
"""An eigenvalue below this share of the largest is rounding: the cluster alone determines that
direction, its residual there is 0 and a pseudo-inverse leaves it so."""
SMALLEST_LEVEL = 1e-150
"""Level probabilities below this have no square in double precision."""


@dataclass(frozen=True)
class BiasReducedEffect:
    """A log odds ratio with its CR2 ``standard_error`` and Satterthwaite ``degrees_of_freedom``."""

    estimate: float
    standard_error: float
    degrees_of_freedom: float
    clusters: int

    def interval(self, alpha: float) -> Interval:
        """Return the t interval and p-value of the effect."""
        return t_interval(self.estimate, self.standard_error, self.degrees_of_freedom, alpha)


@dataclass(frozen=True)
class _Rows:
    """The estimating equations sum x' weight residual = 0 of the indicators of Y <= j.

    ``x`` (n, cuts, r): derivatives of their means; ``spread`` (n, cuts, cuts): their covariance,
    ``weight`` its inverse and ``root`` its symmetric root; ``residual`` (n, cuts).
    """

    x: Stack
    spread: Stack
    weight: Stack
    root: Stack
    residual: Matrix

    def weighted(self) -> Stack:
        return self.weight @ self.x

    def take(self, chosen: NDArray[np.bool_]) -> _Rows:
        return _Rows(*(part[chosen] for part in vars(self).values()))


def estimate_bias_reduced(fit: ProportionalOddsFit, column: int) -> BiasReducedEffect:
    """Return the effect of one column with CR2 variance (Pustejovsky & Tipton 2018).

    ``fit``: made with ``clusters`` and without weights or offset. ``column``: from 0. The variance
    of scores that the working model expects is exact for any number of clusters; the bread is the
    inverse of the observed information, as in ``covariance_robust``.

    Raises EstimationError for a fit of another kind and an effect without cluster variance.

    >>> from analysis.models.proportional_odds import fit_proportional_odds
    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit = fit_proportional_odds(mrs, x, clusters=[1, 1, 2, 2, 3, 3] * 2)
    >>> effect = estimate_bias_reduced(fit, column=0)
    >>> round(effect.standard_error, 2), round(effect.degrees_of_freedom, 1)
    (0.67, 2.0)
    """
    (place,) = read_term((column,), len(fit.beta))
    rows, clusters = _read_rows(fit)
    cuts = len(fit.theta)
    back = fit.rows.basis.back_transform(cuts)
    # inverse of the working information, and bread' of the effect
    weighted = rows.weighted()
    inverse = np.linalg.inv(np.einsum("ija,ijb->ab", rows.x, weighted))
    # covariance = back @ bread @ back.T, so this is bread @ back.T of the effect
    contrast: Vector = np.linalg.solve(back, fit.covariance[:, cuts + place]).astype(np.float64)
    # by cluster: its adjusted score, that score's working variance, and its image
    sums, spreads, images = [], [], []
    for cluster in np.unique(clusters):
        own = rows.take(clusters == cluster)
        adjusted = _adjust(own, inverse, contrast)
        sums.append(float(np.sum(adjusted * own.residual)))
        spreads.append(float(np.einsum("ij,ijk,ik->", adjusted, own.spread, adjusted)))
        images.append(np.einsum("ija,ij->a", own.x, adjusted))
    variance = float(np.sum(np.square(sums)))
    if not variance > 0.0:
        raise EstimationError(ReasonCode.NO_CLUSTER_VARIANCE)
    return BiasReducedEffect(
        estimate=float(fit.beta[place]),
        standard_error=float(np.sqrt(variance)),
        degrees_of_freedom=_satterthwaite(np.array(spreads), np.array(images), inverse),
        clusters=len(sums),
    )


def _read_rows(fit: ProportionalOddsFit) -> tuple[_Rows, NDArray[np.intp]]:
    found = fit.rows
    if found.clusters is None:
        raise EstimationError("the fit has no clusters")
    if found.weights is not None or found.offset is not None:
        raise EstimationError("a bias-reduced variance needs a fit without weights or offset")
    cuts = len(fit.theta)
    theta, effects = found.parameters[:cuts], found.parameters[cuts:]
    # covariance of the indicators of Y <= j, and its symmetric root
    logits = theta + (found.basis.scores @ effects)[:, None]
    below, above = expit(logits), expit(-logits)
    spread = _indicator_covariance(below, above)
    values, vectors = np.linalg.eigh(spread)
    n = len(logits)
    # derivatives of P(Y <= j) by (theta, beta)
    columns = np.broadcast_to(found.basis.scores[:, None, :], (n, cuts, len(effects)))
    cut_points = np.broadcast_to(np.eye(cuts), (n, cuts, cuts))
    inside = found.codes[:, None] <= np.arange(cuts)
    rows = _Rows(
        x=(below * above)[:, :, None] * np.concatenate([cut_points, columns], axis=2),
        spread=spread,
        weight=_inverse_covariance(theta, below, above),
        root=(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]) @ vectors.transpose(0, 2, 1),
        residual=np.where(inside, above, -below),
    )
    return rows, found.clusters


def _indicator_covariance(below: Matrix, above: Matrix) -> Stack:
    """P(Y <= j) P(Y > l) for j <= l."""
    return mirror(below[:, :, None] * above[:, None, :])


def _inverse_covariance(theta: Vector, below: Matrix, above: Matrix) -> Stack:
    """The inverse of the covariance of the indicators: a band, in which nothing cancels."""
    n, cuts = below.shape
    levels = level_probabilities(below, above, np.diff(theta))
    if not levels.min() > SMALLEST_LEVEL:
        raise EstimationError(ReasonCode.NO_LEVEL_PROBABILITY)
    weight = np.zeros((n, cuts, cuts))
    index = np.arange(cuts)
    weight[:, index, index] = 1.0 / levels[:, :-1] + 1.0 / levels[:, 1:]
    weight[:, index[:-1], index[1:]] = weight[:, index[1:], index[:-1]] = -1.0 / levels[:, 1:-1]
    return weight


def _adjust(own: _Rows, inverse: Matrix, contrast: Vector) -> Matrix:
    """Return A W X @ contrast of one cluster, (rows, cuts), with A = D' B^(-1/2) D.

    D is a root of the working covariance and B = D (covariance - X inverse X') D'; A does not
    depend on which root.
    """
    n, cuts, r = own.x.shape
    # B, for D the root of the covariance
    through = (own.root @ own.x).reshape(n * cuts, r)
    matrix = -(through @ inverse @ through.T)
    squares = own.spread @ own.spread
    for i in range(n):
        at = slice(i * cuts, (i + 1) * cuts)
        matrix[at, at] += squares[i]
    # D' B^(-1/2) D W X contrast, by the eigenvectors of B
    values, vectors = np.linalg.eigh(matrix)
    kept = values > DETERMINED * values[-1]
    start = (own.root @ (own.weighted() @ contrast)[:, :, None]).ravel()
    middle = vectors[:, kept] @ ((vectors[:, kept].T @ start) / np.sqrt(values[kept]))
    adjusted: Matrix = (own.root @ middle.reshape(n, cuts, 1))[:, :, 0]
    return adjusted


def _satterthwaite(spreads: Vector, images: Matrix, inverse: Matrix) -> float:
    """Degrees of freedom of a sum of squares with covariance diag(spreads) - images' inverse images
    under the working model (Bell & McCaffrey 2002)."""
    matrix = np.diag(spreads) - images @ inverse @ images.T
    return float(np.trace(matrix) ** 2 / np.sum(matrix**2))
