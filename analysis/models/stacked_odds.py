"""Proportional-odds fits of data sets with the same observed levels, at once.

Formulas: docs/methods.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.columns import StackedBases
from analysis.models.cumulative_logit import CumulativeLogit
from analysis.models.level_sums import Stack
from analysis.models.newton import Matrix, Vector
from analysis.models.stacked_levels import fit_stack


@dataclass(frozen=True)
class StackedOdds:
    """m fits. ``theta`` (m, k - 1), ``beta`` (m, p), ``covariance`` (m, r, r) of both and
    ``log_likelihood`` (m,). ``fitted`` (m,): False where the others mean nothing.
    """

    theta: Matrix
    beta: Matrix
    covariance: Stack
    log_likelihood: Vector
    fitted: NDArray[np.bool_]


def fit_odds_stack(
    bases: StackedBases, codes: NDArray[np.intp], levels: int, weights: Matrix | None
) -> StackedOdds:
    """Return the fits of ``codes`` (m, n), each with all ``levels``, to the columns of ``bases``.

    ``weights`` (m, n): positive, or None for ones.
    """
    m = len(codes)
    unit = np.ones(m) if weights is None else weights.max(axis=1)
    relative = None if weights is None else weights / unit[:, None]
    scores = np.broadcast_to(bases.scores, (m, *bases.scores.shape[1:]))
    model = CumulativeLogit.build(scores, codes, levels, relative)
    found = fit_stack(model, model.start())
    back = bases.back_transforms(model.cuts)
    root = np.matmul(back, found.root)
    parameters = np.matmul(back, found.parameters[:, :, None])[:, :, 0]
    return StackedOdds(
        theta=parameters[:, : model.cuts],
        beta=parameters[:, model.cuts :],
        covariance=np.matmul(root, root.swapaxes(1, 2)) / unit[:, None, None],
        log_likelihood=found.log_likelihood * unit,
        fitted=found.fitted & bases.sound,
    )
