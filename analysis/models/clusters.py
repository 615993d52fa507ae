"""Clusters of rows, as of a sandwich covariance (docs/methods.md, sections 2 and 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.models.labels import read_labels


def read_clusters(clusters: ArrayLike, n: int) -> NDArray[np.intp]:
    """Return the index of each row's cluster; EstimationError for missing labels or one cluster."""
    found, codes = read_labels(clusters, n, "clusters")
    if len(found) < 2:
        raise EstimationError("all rows are in one cluster: no cluster variance exists")
    return codes
