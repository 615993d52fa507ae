"""Strata: labels as they are given, small strata pooled (docs/methods.md, section 4)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.labels import read_labels

FEWEST_PER_ARM = 4
"""Strata with fewer rows in either arm are pooled (SAP 5.4 b)."""
FEWEST_POOLED = 2
"""Fewest rows per arm of any stratum: a sample variance needs two."""


@dataclass(frozen=True)
class StrataUse:
    """What became of the strata.

    ``given`` strata were pooled (``pooled`` of them, with ``pooled_rows`` rows, into one), left out
    (``left_out``, with ``left_out_rows`` rows) or used as they are; ``analysed`` is the number in
    the analysis, the pooled one included.
    """

    given: int
    analysed: int
    pooled: int
    pooled_rows: int
    left_out: int
    left_out_rows: int


@dataclass(frozen=True)
class PooledStrata:
    """``codes`` (n,): the stratum of each row from 0, -1 for a row left out; and the account."""

    codes: NDArray[np.intp]
    use: StrataUse


def read_strata(labels: ArrayLike, n: int) -> NDArray[np.intp]:
    """Return the stratum of each row, numbered from 0 in the order of the labels.

    ``labels`` (n,): finite numbers, or text that is not blank. Raises EstimationError for another
    length, a missing label (None, NaN, masked, blank text) and labels of several kinds.
    """
    if isinstance(labels, np.ma.MaskedArray):
        labels = labels.tolist()  # what is masked becomes None
    return read_labels(labels, n, "strata")[1]


def find_small(
    treated_n: NDArray[Any], reference_n: NDArray[Any], fewest_per_arm: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which strata are small, and whether all of these together have two rows in each arm.

    ``treated_n``, ``reference_n`` (..., strata): rows of each arm; the answers are (..., strata)
    and (...). A stratum without rows is small and adds nothing.
    """
    small = np.minimum(treated_n, reference_n) < fewest_per_arm
    together = np.minimum(
        np.sum(treated_n, axis=-1, where=small), np.sum(reference_n, axis=-1, where=small)
    )
    return small, together >= FEWEST_POOLED


def pool_strata(
    codes: NDArray[np.intp], treated: NDArray[np.bool_], fewest_per_arm: int
) -> PooledStrata:
    """Pool the strata with fewer than ``fewest_per_arm`` rows in either arm into one, the last.

    The pooled stratum is left out if it has fewer than two rows in an arm. Raises EstimationError
    if ``fewest_per_arm`` is not a whole number of at least 2 or no stratum is left.
    """
    require_threshold(fewest_per_arm)
    given = int(codes.max()) + 1
    treated_n = np.bincount(codes[treated], minlength=given)
    reference_n = np.bincount(codes[~treated], minlength=given)
    small, pooling = find_small(treated_n, reference_n, fewest_per_arm)
    whole, pools = given - int(small.sum()), bool(pooling)
    numbers = np.cumsum(~small) - 1
    numbers[small] = whole if pools else -1
    rows = int((treated_n + reference_n)[small].sum())
    if whole == 0 and not pools:
        raise EstimationError(
            ReasonCode.FEW_ROWS_IN_STRATA, fewest=fewest_per_arm, pooled=FEWEST_POOLED
        )
    pooled, left_out = (given - whole, 0) if pools else (0, given - whole)
    use = StrataUse(
        given, whole + pools, pooled, rows if pools else 0, left_out, 0 if pools else rows
    )
    return PooledStrata(numbers[codes], use)


def require_threshold(fewest_per_arm: int) -> None:
    """Raise EstimationError for anything but a whole number of at least 2."""
    whole = isinstance(fewest_per_arm, (int, np.integer)) and not isinstance(fewest_per_arm, bool)
    if not whole or fewest_per_arm < FEWEST_POOLED:
        raise EstimationError(f"fewest_per_arm must be a whole number of at least {FEWEST_POOLED}")
