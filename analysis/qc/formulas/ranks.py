"""Tests within strata: Cochran-Mantel-Haenszel mean scores, and moments of a re-randomisation."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from analysis.qc.formulas.likelihood.complex_step import Vector


@dataclass(frozen=True)
class Arrangement:
    """Sum of scores of the treated less its mean over all arrangements within strata; its variance.

    ``given`` strata; ``alone`` of them, with ``alone_rows`` rows, hold one arm. Of the others:
    ``rows``, and those of the smaller arm of each, ``smaller_arms``.
    """

    excess: float
    variance: float
    given: int
    alone: int
    alone_rows: int
    rows: int
    smaller_arms: int

    @property
    def z(self) -> float:
        """In standard deviations."""
        return self.excess / float(np.sqrt(self.variance))


def arrange(scores: Vector, treated: NDArray[np.bool_], strata: pd.Series) -> Arrangement:
    """Return the moments of the sum of scores (n,) of the treated; ``strata`` (n,): labels."""
    groups = list(strata.groupby(strata.to_numpy()).indices.values())
    mixed = [rows for rows in groups if 0 < treated[rows].sum() < len(rows)]
    excess, variance, smaller = 0.0, 0.0, 0
    for rows in mixed:
        values, own = scores[rows], treated[rows]
        n, n1 = len(rows), int(own.sum())
        excess += float(values[own].sum() - n1 * values.mean())
        variance += n1 * (n - n1) / n * float(np.var(values, ddof=1))
        smaller += min(n1, n - n1)
    n_mixed = sum(map(len, mixed))
    alone_rows = len(scores) - n_mixed
    return Arrangement(
        excess, variance, len(groups), len(groups) - len(mixed), alone_rows, n_mixed, smaller
    )


def score_ranks(levels: NDArray[np.int64], strata: pd.Series) -> Vector:
    """Return each subject's midrank over one more than its stratum holds (modified ridits)."""
    scores = np.empty(len(levels))
    for rows in strata.groupby(strata.to_numpy()).indices.values():
        scores[rows] = rankdata(levels[rows]) / (len(rows) + 1.0)
    return scores


def can_differ(values: NDArray[np.generic], treated: NDArray[np.bool_], strata: pd.Series) -> bool:
    """Whether some stratum has both arms and more than one value."""
    table = pd.DataFrame({"value": values, "arm": treated}).groupby(strata.to_numpy())
    counts = table.nunique()
    return bool(((counts["value"] > 1) & (counts["arm"] > 1)).any())
