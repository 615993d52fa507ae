"""Columns of text by Arrow, where pandas goes through them one Python object at a time."""

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def is_among(texts: pd.Series, known: Iterable[str]) -> "pd.Series[bool]":
    """Return for each text whether it is a known one, as ``texts.isin(known)``; a missing is none.

    >>> is_among(pd.Series(["S1", None, "S2"], dtype="str"), {"S1"}).tolist()
    [True, False, False]
    """
    texts_known = known.dropna() if isinstance(known, pd.Series) else pd.Series(list(known))
    found = pc.is_in(pa.array(texts, pa.large_string()), pa.array(texts_known, pa.large_string()))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=texts.index, dtype=bool)
