"""Gradient and Hessian of the adaptive quadrature (docs/methods.md, section 9).

They are those of the sum over the nodes, which move with the parameters, and not of the integral
that it stands for: so they are exact for any number of nodes.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.models.random_intercept.logits import GroupedLogits
from analysis.models.random_intercept.modes import ModePath
from analysis.models.random_intercept.quadrature import Nodes
from analysis.models.types import Matrix, Vector


def differentiate(
    logits: GroupedLogits, precision: float, path: ModePath, nodes: Nodes
) -> tuple[Vector, Matrix]:
    """Return gradient and Hessian of the sum of the log integrals by (theta, beta, log sigma)."""
    scores = _node_scores(logits, precision, path, nodes)
    means = np.einsum("kg,gkq->gq", nodes.share, scores)
    gradient = np.sum(means + path.spread_by / path.spread[:, None], axis=0)
    around = scores - means[:, None, :]
    weighted = around * nodes.share.T[:, :, None]
    q = scores.shape[2]
    covariance = weighted.reshape(-1, q).T @ around.reshape(-1, q)
    return gradient, covariance + _mean_curvature(logits, precision, path, nodes)


def _node_scores(
    logits: GroupedLogits, precision: float, path: ModePath, nodes: Nodes
) -> NDArray[np.float64]:
    """Total derivative of h at each node, which moves with the mode and the spread: (g, k, q)."""
    scores = np.empty((logits.groups, len(nodes.offset), path.position_by.shape[1]))
    scores[:, :, :-1] = logits.sum_design_at_nodes(nodes.tail)
    scores[:, :, -1] = (precision * nodes.position**2).T - 1.0
    slope, offset = nodes.slope.T[:, :, None], nodes.offset[None, :, :]
    scores += slope * (path.position_by[:, None, :] + offset * path.spread_by[:, None, :])
    return scores


def _mean_curvature(
    logits: GroupedLogits, precision: float, path: ModePath, nodes: Nodes
) -> Matrix:
    """Mean second derivative of h along the moving nodes, and that of the log spread."""
    # what m_psipsi and A_psipsi are multiplied by, in terms of h' and h'' at the mode
    offset, mean = nodes.offset, nodes.mean
    by_spread = mean(offset * nodes.slope) + 1.0 / path.spread
    cube = 0.5 * path.curvature**-1.5
    on_bend = cube * by_spread  # what the second derivative of h'' at the mode counts for
    on_slope = (mean(nodes.slope) + on_bend * path.third) / path.curvature  # and that of h'
    # h'_psi b_psi' with what the derivatives of the mode add
    shares = logits.spread(nodes.share) * nodes.product
    means = _mean_slopes(logits, precision, shares, nodes)
    to_mode = means[0] + _scale(on_slope, path.bend_by) + _scale(on_bend, path.twist_by)
    to_spread = means[1] + _scale(mean(offset * nodes.bend), path.position_by)
    # terms in m_psi m_psi', A_psi A_psi' and D_psi D_psi'
    modes = mean(nodes.bend) + on_slope * path.third + on_bend * path.fourth
    spreads = mean(offset**2 * nodes.bend) - path.curvature
    hessian = _symmetric(to_mode, path.position_by) + _symmetric(to_spread, path.spread_by)
    hessian += path.position_by.T @ _scale(modes, path.position_by)
    hessian += path.spread_by.T @ _scale(spreads, path.spread_by)
    hessian += path.curvature_by.T @ _scale(1.5 * on_bend / path.curvature, path.curvature_by)
    # h_psipsi of (theta, beta), then of log sigma
    rows = np.sum(shares, axis=0) + logits.spread(on_slope) * path.row_third
    hessian[:-1, :-1] -= logits.multiply_design(rows + logits.spread(on_bend) * path.row_fourth)
    by_log_sigma = 2.0 * mean(nodes.position**2) + 4.0 * path.position * on_slope + 4.0 * on_bend
    hessian[-1, -1] -= precision * np.sum(by_log_sigma)
    return hessian


def _mean_slopes(
    logits: GroupedLogits, precision: float, shares: Matrix, nodes: Nodes
) -> tuple[Matrix, Matrix]:
    """Mean derivative of h' with b held, and of offset * h': both (g, q).

    ``shares`` (k, m): share of the node times F(t) F(-t).
    """
    plain, offset = nodes.position, nodes.offset * nodes.position
    return (
        _by_parameters(logits, shares, 2.0 * precision * nodes.mean(plain)),
        _by_parameters(logits, nodes.offset * shares, 2.0 * precision * nodes.mean(offset)),
    )


def _by_parameters(logits: GroupedLogits, weights: Matrix, by_log_sigma: Vector) -> Matrix:
    rows = np.sum(weights, axis=0)
    return np.column_stack([-logits.sum_design(logits.sign * rows), by_log_sigma])


def _scale(factors: Vector, rows: Matrix) -> Matrix:
    return factors[:, None] * rows


def _symmetric(left: Matrix, right: Matrix) -> Matrix:
    product = left.T @ right
    return product + product.T
