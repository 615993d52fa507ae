"""The integrand of every group at its quadrature nodes (docs/methods.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.mixed_logits import GroupedLogits
from analysis.models.mixed_modes import ModePath
from analysis.models.newton import Matrix, Vector
from analysis.models.quadrature import Rule


@dataclass(frozen=True)
class Nodes:
    """Nodes by group: ``offset`` (k, 1) in spreads from the mode, ``position`` (k, g) of b.

    ``share`` (k, g): the node's share of the group's integral. ``log_integral`` (g,): logarithm of
    the integral of e^h, h without the constants of the normal density. ``slope`` and ``bend``
    (k, g): h' and h''. ``tail`` and ``product`` (k, m): F(-t) and F(t) F(-t) of every logit.
    """

    offset: Matrix
    position: Matrix
    share: Matrix
    log_integral: Vector
    slope: Matrix
    bend: Matrix
    tail: Matrix
    product: Matrix

    def mean(self, values: Matrix) -> Vector:
        """Return the mean over the nodes of values (k, g), weighted by their shares."""
        mean: Vector = np.sum(self.share * values, axis=0)
        return mean


def place_nodes(
    logits: GroupedLogits, base: Vector, precision: float, path: ModePath, rule: Rule
) -> Nodes:
    """Return the integrand, its slope and its bend at the nodes of the rule about each mode."""
    offset = rule.offsets[:, None]
    position = path.position + offset * path.spread
    t = base + logits.sign * logits.spread(position)
    log_tail, tail, product = _logistic(t)
    log_terms = (
        logits.sum_groups(log_tail) - 0.5 * precision * position**2 + rule.log_weights[:, None]
    )
    peak = np.max(log_terms, axis=0)
    terms = np.exp(log_terms - peak)
    total = np.sum(terms, axis=0)
    return Nodes(
        offset=offset,
        position=position,
        share=terms / total,
        log_integral=np.log(path.spread) + peak + np.log(total),
        slope=logits.sum_groups(logits.sign * tail) - precision * position,
        bend=-logits.sum_groups(product) - precision,
        tail=tail,
        product=product,
    )


def _logistic(
    t: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return log F(t), F(-t) and F(t) F(-t) from one exponential, which is what takes the time."""
    small = np.exp(-np.abs(t))
    share = 1.0 / (1.0 + small)
    other = small * share
    return np.minimum(t, 0.0) + np.log(share), np.where(t >= 0.0, other, share), other * share
