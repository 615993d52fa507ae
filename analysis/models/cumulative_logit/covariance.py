"""Expected (Fisher) information and sandwich covariance of cumulative logits (docs/methods.md, 8).

And the name of the information, expected or observed, that a score test takes.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from analysis.errors import EstimationError
from analysis.models.cumulative_logit.free_effects import Curvature, PartialLogit, mirror
from analysis.models.cumulative_logit.levels import gap
from analysis.models.types import Matrix, Vector


def expected_information(model: PartialLogit, parameters: Vector) -> Matrix:
    """Return the Fisher information (size, size) at parameters that order every row's logits.

    With g_j = F(eta_j) F(-eta_j) and pi_j the probability of level j, a row's information of
    (eta_j, eta_j) is g_j^2 (1 / pi_j + 1 / pi_(j+1)), of (eta_j, eta_(j+1)) it is
    -g_j g_(j+1) / pi_(j+1), and the sum over a row j is g_j (pi_j + pi_(j+1)) for the logit link.
    """
    alpha, beta = model.split(parameters)
    shared = model.x @ beta
    m, free = model.w.shape[1], model.cuts * model.w.shape[1]
    total = np.zeros((model.size, model.size))
    weights_of_x = np.zeros(len(shared))
    below: Vector | None = None  # the logit of the cut point before
    for cut in range(model.cuts):
        # logits of this cut point and the next, g, and g / pi of the levels on either side
        here = model.w @ alpha[cut] + shared
        above = model.w @ alpha[cut + 1] + shared if cut + 1 < model.cuts else None
        at = slice(cut * m, (cut + 1) * m)
        slope = expit(here) * expit(-here)
        lower_share, lower = _part(here, below, -1.0)
        upper_share, upper = _part(here, above, 1.0)
        # g^2 (1 / pi_j + 1 / pi_(j+1)), and g (pi_j + pi_(j+1)) with beta
        diagonal = model.weights * slope * (lower_share + upper_share)
        mixed = model.weights * slope * (lower + upper)
        total[at, at] = model.w.T @ (diagonal[:, None] * model.w)
        total[at, free:] = model.w.T @ (mixed[:, None] * model.x)
        weights_of_x += mixed
        if above is not None:
            across = -model.weights * expit(above) * expit(-above) * upper_share
            total[at, at.stop : at.stop + m] = model.w.T @ (across[:, None] * model.w)
        below = here
    total[free:, free:] = model.x.T @ (weights_of_x[:, None] * model.x)
    return mirror(total)


def _part(here: Vector, other: Vector | None, side: float) -> tuple[Vector, Vector]:
    """Of the level between a cut point and the next (side 1) or last (-1): g / pi, and pi itself.

    ``other`` is None beyond the ends, where the level takes all the rest.
    """
    near, log_near = expit(side * here), log_expit(side * here)
    if other is None:
        return near, expit(-side * here)
    between = gap(side * (other - here))
    log_far = log_expit(side * other)
    pi = np.exp(log_far + log_expit(-side * here)) * between
    return np.exp(log_near - log_far) / between, pi


def sandwich(
    model: PartialLogit,
    parameters: Vector,
    bread: NDArray[np.floating],
    clusters: NDArray[np.intp] | None,
) -> Matrix:
    """Return bread @ meat @ bread, without a small-sample factor.

    ``bread`` (size, size): the inverse of the observed information. Without clusters, the meat is
    the sum over subjects of their scores' products (HC0; a weight is a number of subjects); with
    ``clusters`` (n,), the sum over clusters of the products of their summed scores.
    """
    at_upper, at_lower = model.scores(parameters)
    if clusters is None:
        meat = model.assemble(Curvature(at_upper**2, at_lower**2, at_upper * at_lower))
    else:
        scores = _row_scores(model, at_upper, at_lower)
        sums = np.zeros((int(clusters.max()) + 1, model.size))
        np.add.at(sums, clusters, scores)
        meat = sums.T @ sums
    return bread @ meat @ bread


def _row_scores(model: PartialLogit, at_upper: Vector, at_lower: Vector) -> Matrix:
    m = model.w.shape[1]
    scores = np.zeros((len(model.weights), model.size))
    for level, rows in model.levels():
        if level < model.cuts:
            scores[rows, level * m : (level + 1) * m] = at_upper[rows, None] * model.w[rows]
        if level > 0:
            scores[rows, (level - 1) * m : level * m] = at_lower[rows, None] * model.w[rows]
    scores[:, model.cuts * m :] = (at_upper + at_lower)[:, None] * model.x
    return scores * model.weights[:, None]


class Information(StrEnum):
    """The information of a score test: Fisher's, as SAS PROC LOGISTIC, or minus the Hessian."""

    EXPECTED = "expected"
    OBSERVED = "observed"


def read_information(information: str) -> Information:
    """Return the kind of information; EstimationError for any other."""
    try:
        return Information(information)
    except ValueError as error:
        raise EstimationError(f"information is expected or observed, not {information}") from error
