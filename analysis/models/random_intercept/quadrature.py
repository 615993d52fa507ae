"""Adaptive Gauss-Hermite quadrature about the modes (docs/methods.md, section 9)."""

from dataclasses import dataclass
from functools import lru_cache
from operator import index

import numpy as np
from scipy.special import roots_hermite

from analysis.errors import EstimationError
from analysis.models.cumulative_logit.levels import logistic_parts
from analysis.models.random_intercept.logits import GroupedLogits
from analysis.models.random_intercept.modes import ModePath
from analysis.models.types import Matrix, Vector

MOST_NODES = 250
"""More nodes gain nothing: a bell-shaped integrand needs about ten, and the outermost of 250 lie 31
standard deviations out."""


@dataclass(frozen=True)
class Rule:
    """Integral of f ~ spread * sum of e^log_weight f(mode + offset * spread), over the line.

    Exact for a normal density of that mode and standard deviation, times a polynomial of degree
    below twice the number of nodes. One node is Laplace's approximation.
    """

    offsets: Vector
    log_weights: Vector


def read_nodes(nodes: int) -> int:
    """Return the number of nodes; EstimationError for anything but an integer from 1 to 250."""
    try:
        count = index(nodes)
    except TypeError as error:
        raise EstimationError("the number of nodes must be an integer") from error
    if isinstance(nodes, bool) or not 1 <= count <= MOST_NODES:
        raise EstimationError(f"the number of nodes must be 1 to {MOST_NODES}, not {nodes}")
    return count


@lru_cache
def gauss_hermite(nodes: int) -> Rule:
    """Return the rule of ``nodes`` nodes (Golub & Welsch 1969; Liu & Pierce 1994).

    The weights are taken from the orthonormal Hermite functions, whose e^(-x^2 / 2) is part of
    them, so that nothing under- or overflows: e^(x^2) w = 1 / (nodes * function^2).
    """
    x = roots_hermite(nodes)[0]
    function, before = np.pi**-0.25 * np.exp(-x * x / 2.0), np.zeros_like(x)
    for degree in range(1, nodes):
        up, down = np.sqrt(2.0 / degree) * x, np.sqrt((degree - 1.0) / degree)
        function, before = up * function - down * before, function
    rule = Rule(np.sqrt(2.0) * x, np.log(np.sqrt(2.0) / nodes) - 2.0 * np.log(np.abs(function)))
    rule.offsets.flags.writeable = rule.log_weights.flags.writeable = False
    return rule


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
    # h at the nodes, with the logarithms of their weights
    _, share, tail, product = logistic_parts(t)
    log_rows = np.minimum(t, 0.0) + np.log(share)  # log F(t)
    log_terms = (
        logits.sum_groups(log_rows) - 0.5 * precision * position**2 + rule.log_weights[:, None]
    )
    # shares of the nodes, their largest factored out
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
