"""Score and likelihood-ratio tests of proportional odds (docs/methods.md, section 7)."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.covariance import (
    Information,
    expected_information,
    read_information,
)
from analysis.models.cumulative_logit.data import OrdinalData
from analysis.models.cumulative_logit.free_effects import PartialLogit
from analysis.models.data.design_matrix import put_first
from analysis.models.data.terms import (
    ProportionalityTests,
    Term,
    Terms,
    TermTest,
    all_columns,
    read_terms,
)
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.proportionality.partial_odds.maximum import maximise_partial
from analysis.models.types import Matrix, Vector

METHODS = {
    Information.EXPECTED: "score test, expected information",
    Information.OBSERVED: "score test, observed information",
}
LIKELIHOOD_RATIO = "likelihood-ratio test"


def score_test(
    y: ArrayLike,
    x: ArrayLike,
    terms: Terms | None = None,
    *,
    weights: ArrayLike | None = None,
    information: Information = Information.EXPECTED,
) -> ProportionalityTests:
    """Return the score test of the same log odds ratios at every cut point.

    ``y`` (n,): integer levels, three or more observed. ``x`` (n, p). ``terms``: groups of column
    numbers freed together while the others stay proportional, by default each column; the overall
    test frees all. ``weights`` (n,): positive frequencies. Score and information are those of the
    freed model at the proportional-odds fit. Degrees of freedom: number of columns times
    (cut points - 1).

    A test whose information is not positive definite is not estimable. Raises EstimationError for
    unusable input, two levels, or no proportional-odds fit.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> test = score_test(mrs, x).overall
    >>> round(test.statistic, 2), test.df
    (0.25, 2)
    """
    kind = read_information(information)
    data, fit, overall, wanted = _fit_null(y, x, terms, weights)
    score, matrix = _free_everything(data, fit, kind)

    def test(term: Term) -> TermTest:
        embed = _embed(put_first(data.basis, term.columns)[1], len(term.columns), data.cuts)
        df = len(term.columns) * (data.cuts - 1)
        what = f"the {kind} information"
        return term.quadratic_test(embed.T @ score, embed.T @ matrix @ embed, df, what)

    return ProportionalityTests(METHODS[kind], test(overall), tuple(test(term) for term in wanted))


def likelihood_ratio_test(
    y: ArrayLike, x: ArrayLike, terms: Terms | None = None, *, weights: ArrayLike | None = None
) -> ProportionalityTests:
    """Return the likelihood-ratio test of the same log odds ratios at every cut point.

    As score_test, but twice the rise of the log likelihood from the proportional-odds fit to the
    partial proportional-odds fit with the term's columns free; a test without such a fit (its
    maximum at the edge of the ordered region, or separation) is not estimable.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> test = likelihood_ratio_test(mrs, x).overall
    >>> round(test.statistic, 2), test.df
    (0.26, 2)
    """
    data, fit, overall, wanted = _fit_null(y, x, terms, weights)

    def test(term: Term) -> TermTest:
        df = len(term.columns) * (data.cuts - 1)
        try:
            found = maximise_partial(data, fit, term.columns)
        except EstimationError as error:
            return term.not_estimable(error.reason, df)
        return term.test(2.0 * (found.log_likelihood - fit.log_likelihood), df)

    return ProportionalityTests(
        LIKELIHOOD_RATIO, test(overall), tuple(test(term) for term in wanted)
    )


def _fit_null(
    y: ArrayLike, x: ArrayLike, terms: Terms | None, weights: ArrayLike | None
) -> tuple[OrdinalData, ProportionalOddsFit, Term, tuple[Term, ...]]:
    """The data, the fit with proportional odds, and the terms to free: all at once, and each."""
    data = OrdinalData.read(y, x, weights)
    p = data.columns.shape[1]
    wanted = read_terms(terms, p)
    data.require_contrast()
    return data, fit_proportional_odds(y, x, weights=weights), all_columns(p), tuple(wanted)


def _free_everything(
    data: OrdinalData, fit: ProportionalOddsFit, information: Information
) -> tuple[Vector, Matrix]:
    """Score and information, in the uncorrelated columns, with every effect free at every cut."""
    ones = np.ones((len(data.order), 1))
    unit = float(data.weights.max())
    model = PartialLogit(
        np.hstack([ones, data.basis.scores]), ones[:, :0], data.weights / unit, data.starts
    )
    intercepts, slopes = data.basis.to_scores(fit.theta, fit.beta)
    point = np.column_stack([intercepts, np.tile(slopes, (data.cuts, 1))]).ravel()
    found = model.evaluate(point)
    if found is None:
        raise EstimationError(ReasonCode.NULL_CUT_POINTS_COINCIDE)
    if information is Information.EXPECTED:
        return found.gradient * unit, expected_information(model, point) * unit
    return found.gradient * unit, found.information * unit


def _embed(rotation: Matrix, q: int, cuts: int) -> Matrix:
    """The parameters of the model with every effect free, from those with the first ``q`` free.

    ``rotation`` (p, p): of the scores, which puts the columns of the term first.
    """
    p = len(rotation)
    block = np.zeros((1 + p, 1 + q))
    block[0, 0] = 1.0
    block[1:, 1:] = rotation[:, :q]
    shared = np.vstack([np.zeros((1, p - q)), rotation[:, q:]])
    return np.hstack([np.kron(np.eye(cuts), block), np.tile(shared, (cuts, 1))])
