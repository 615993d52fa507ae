"""The arm of each row read: 1 for the treatment, 0 for the reference."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_vector


def read_arm(arm: ArrayLike, n: int) -> NDArray[np.bool_]:
    """Return which of ``n`` rows are in arm 1; EstimationError for anything but 0 and 1.

    >>> read_arm([1, 0], n=2).tolist()
    [True, False]
    """
    member = read_vector(arm, n, "arm")
    treated: NDArray[np.bool_] = member == 1.0
    if not np.all(treated | (member == 0.0)):
        raise EstimationError("arm must be 0 or 1")
    return treated


def require_rows_in_arms(treated: NDArray[np.bool_], fewest: int) -> None:
    """Raise EstimationError if an arm has fewer than ``fewest`` rows."""
    treated_n = int(treated.sum())
    reference_n = len(treated) - treated_n
    if min(treated_n, reference_n) < fewest:
        raise EstimationError(
            ReasonCode.FEW_ROWS_IN_ARM, treated=treated_n, reference=reference_n, fewest=fewest
        )
