"""What a batch of win odds is given, and the data sets of some of its replicates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.models.batch_inputs import Argument, BatchInputs, read_inputs, share
from analysis.models.inputs import read_columns, read_levels
from analysis.models.stacked_arms import (
    MOST_STRATA,
    StackedArms,
    read_arm_stack,
    read_strata_stack,
)
from analysis.models.stacked_readers import Checked, Given, read_column_stack, read_level_stack
from analysis.models.strata import read_strata
from analysis.models.two_arms import read_arm


def _share_strata(labels: Given, n: int) -> Checked:
    codes = read_strata(labels, n)
    few = bool(codes.max() < MOST_STRATA)
    return Checked((codes if few else 0 * codes)[None], np.array([few]))


_ARGUMENTS = {
    "y": Argument(1, lambda one, _: share(read_levels(one)[1]), read_level_stack),
    "arm": Argument(1, lambda one, n: share(read_arm(one, n)), read_arm_stack),
    "strata": Argument(1, _share_strata, read_strata_stack, labels=True),
    "covariates": Argument(2, lambda one, n: share(read_columns(one, n).T), read_column_stack),
}


def read_batch(
    y: ArrayLike, arm: ArrayLike, strata: ArrayLike | None, covariates: ArrayLike | None
) -> BatchInputs:
    """Return the inputs of a batch, each (m, n) or (n,); ``covariates`` (m, n, p) or (n, p).

    Raises EstimationError as ``read_inputs`` does.
    """
    given = {"y": y, "arm": arm, "strata": strata, "covariates": covariates}
    return read_inputs(
        {name: (values, _ARGUMENTS[name]) for name, values in given.items() if values is not None}
    )


def read_arms(inputs: BatchInputs, some: slice) -> StackedArms:
    """Return the data sets of some replicates."""
    m = some.stop - some.start
    found = {name: part.read(some) for name, part in inputs.parts.items()}
    sound = np.ones(m, dtype=bool)
    for part in found.values():
        sound &= part.sound
    return StackedArms(
        np.broadcast_to(found["y"].values, (m, inputs.rows)),
        found["arm"].values,
        found["strata"].values if "strata" in found else None,
        found["covariates"].values if "covariates" in found else None,
        sound,
    )
