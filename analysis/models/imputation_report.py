"""What happened in the imputations of one arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.chained_equations import Chain
from analysis.models.incomplete import ArmRows


@dataclass(frozen=True)
class ArmReport:
    """What happened in one arm, over m imputations.

    ``visited``: the variables imputed, in order; ``trace`` (m, cycles, visited): the mean of their
    imputed values. ``redraws``: parameter draws thrown away because the cut points were not in
    order. By variable: ``augmented``, in how many imputations its model was fitted to augmented
    data, ``separations``, why in the first of them, and ``left_out``, the predictors that were
    constant or collinear among the rows of its model. ``absent_levels``: levels of the other arm
    that nobody has here, so that nobody is given them.
    """

    rows: int
    missing: int
    visited: tuple[str, ...]
    trace: NDArray[np.float64]
    redraws: int
    augmented: Mapping[str, int]
    separations: Mapping[str, str]
    left_out: Mapping[str, tuple[str, ...]]
    absent_levels: tuple[int, ...]


def report_arm(rows: ArmRows, absent_levels: tuple[int, ...], chains: Sequence[Chain]) -> ArmReport:
    """Return the report of one arm from its chains, one for each imputation."""
    names = sorted({name for chain in chains for name in (*chain.separations, *chain.left_out)})
    separated = [[c.separations[name] for c in chains if name in c.separations] for name in names]
    left_out = [{label for c in chains for label in c.left_out.get(name, ())} for name in names]
    return ArmReport(
        rows=len(rows.x),
        missing=int(rows.outcome.missing.sum()),
        visited=tuple(rows.variables[j].name for j in rows.visiting_order()) if chains else (),
        trace=np.array([chain.trace for chain in chains]),
        redraws=sum(chain.redraws for chain in chains),
        augmented={n: len(why) for n, why in zip(names, separated, strict=True) if why},
        separations={n: why[0] for n, why in zip(names, separated, strict=True) if why},
        left_out={n: tuple(sorted(out)) for n, out in zip(names, left_out, strict=True) if out},
        absent_levels=absent_levels,
    )
