"""Gauss-Hermite quadrature about a mode (docs/methods.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import index

import numpy as np
from scipy.special import roots_hermite

from analysis.errors import EstimationError
from analysis.models.newton import Vector

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
