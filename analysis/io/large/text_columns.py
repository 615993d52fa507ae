"""Columns of text by Arrow, where pandas goes through them one Python object at a time."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def is_among(texts: pd.Series, known: Iterable[str]) -> "pd.Series[bool]":
    """Return for each text whether it is a known one, as ``texts.isin(known)``; a missing is none.

    >>> is_among(pd.Series(["S1", None, "S2"], dtype="str"), {"S1"}).tolist()
    [True, False, False]
    """
    texts_known = known.dropna() if isinstance(known, pd.Series) else pd.Series(list(known))
    found = pc.is_in(pa.array(texts, pa.large_string()), pa.array(texts_known, pa.large_string()))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=texts.index, dtype=bool)


def find_first(wanted: pd.Series, known: pd.Series) -> NDArray[np.int64]:
    """Return for each text its first position in ``known``, or -1; a missing one has none.

    >>> find_first(pd.Series(["S2", "S9"], dtype="str"), pd.Series(["S1", "S2", "S2"], dtype="str"))
    array([ 1, -1])
    """
    texts, among = (pa.array(each, pa.large_string()) for each in (wanted, known))
    found = pc.index_in(texts, value_set=among, skip_nulls=True)  # of several the first
    places: NDArray[np.int32] = pc.fill_null(found, -1).to_numpy(zero_copy_only=False)
    return places.astype(np.int64)
