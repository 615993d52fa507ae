"""Brant's test of proportional odds (Brant 1990; docs/methods.md, section 7)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from analysis.models.cumulative_logit.data import OrdinalData
from analysis.models.data.terms import (
    ProportionalityTests,
    Term,
    Terms,
    TermTest,
    all_columns,
    read_terms,
)
from analysis.models.proportionality.cut_points import cut_logits
from analysis.models.types import Matrix


def brant_test(
    y: ArrayLike, x: ArrayLike, terms: Terms | None = None, *, weights: ArrayLike | None = None
) -> ProportionalityTests:
    """Return Brant's Wald test that the log odds ratios are the same at every cut point.

    ``y`` (n,): integer levels, three or more observed. ``x`` (n, p). ``terms``: groups of column
    numbers tested together, by default each column. ``weights`` (n,): positive frequencies.
    The covariance of the separate logistic fits is taken at their own probabilities. Degrees of
    freedom: number of columns times (cut points - 1).

    A test whose covariance is not positive definite is not estimable. Raises EstimationError for
    unusable input, two levels, or a cut point whose logistic fit has no estimate.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> test = brant_test(mrs, x).overall
    >>> round(test.statistic, 2), test.df
    (0.27, 2)
    """
    data = OrdinalData.read(y, x, weights)
    data.require_contrast()
    p = data.columns.shape[1]
    wanted = read_terms(terms, p)
    fits, logits = cut_logits(data)
    # in the uncorrelated columns: slopes (cuts, p) and their covariance (cuts, cuts, p, p)
    slopes = np.array([data.basis.to_scores(fit.theta, fit.beta)[1] for fit in fits])
    covariance = _joint_covariance(data, expit(logits), expit(-logits))
    differences = slopes[1:] - slopes[0]
    spread = covariance[1:, 1:] - covariance[1:, :1] - covariance[:1, 1:] + covariance[0, 0]
    effects = data.basis.back_transform(0)

    def test(term: Term, rows: Matrix) -> TermTest:
        vector = (differences @ rows.T).ravel()
        blocks = rows @ spread @ rows.T
        matrix = blocks.transpose(0, 2, 1, 3).reshape(len(vector), len(vector))
        return term.quadratic_test(
            vector, matrix, len(vector), "the covariance of the separate fits"
        )

    overall = test(all_columns(p), np.eye(p))
    by_term = tuple(test(term, effects[list(term.columns)]) for term in wanted)
    return ProportionalityTests("Brant, probabilities of the separate fits", overall, by_term)


def _joint_covariance(data: OrdinalData, below: Matrix, above: Matrix) -> NDArray[np.float64]:
    """Covariance (cuts, cuts, p, p) of the slopes of the separate fits.

    ``below``, ``above`` (cuts, n): fitted P(Y <= j) and P(Y > j). For j <= l the block is
    (X'W_jj X)^-1 X'W_jl X (X'W_ll X)^-1 with W_jl = P(Y <= j) P(Y > l), the covariance of the two
    indicators, and X with a column of ones.
    """
    ones = np.column_stack([np.ones(len(data.weights)), data.basis.scores])
    cuts, p = len(below), data.basis.scores.shape[1]
    breads = [
        np.linalg.inv(ones.T @ ((data.weights * below[j] * above[j])[:, None] * ones))
        for j in range(cuts)
    ]
    joint = np.empty((cuts, cuts, p, p))
    for j in range(cuts):
        joint[j, j] = breads[j][1:, 1:]
        for k in range(j + 1, cuts):
            meat = ones.T @ ((data.weights * below[j] * above[k])[:, None] * ones)
            block = (breads[j] @ meat @ breads[k])[1:, 1:]
            joint[j, k], joint[k, j] = block, block.T
    return joint
