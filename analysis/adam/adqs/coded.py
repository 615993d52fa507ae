"""Records with their texts as codes: what a score is called takes a byte in each of its rows."""

from collections.abc import Sequence

import pandas as pd
from pandas.api.types import is_string_dtype, union_categoricals

from analysis.adam.tables import SUBJECT


def code_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its columns of text as categories in order of the texts, but SUBJID.

    >>> coded = code_texts(pd.DataFrame({"SUBJID": ["S1", "S2"], "AVISIT": ["D90", "D30"]}))
    >>> coded["AVISIT"].cat.categories.tolist(), coded["AVISIT"].cat.codes.tolist()
    (['D30', 'D90'], [1, 0])
    """
    texts = [name for name in frame if name != SUBJECT and is_string_dtype(frame[name].dtype)]
    return frame.astype(dict.fromkeys(texts, "category"))


def join_coded(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of frames of the same columns, one after the other, numbered anew.

    A column that is coded in the first is in all of them.
    """
    first = parts[0]
    names = [str(name) for name in first]
    coded = [name for name in names if isinstance(first[name].dtype, pd.CategoricalDtype)]
    plain = [name for name in names if name not in coded]
    joined = pd.concat([part[plain] for part in parts], ignore_index=True)
    texts = {
        name: union_categoricals([part[name] for part in parts], sort_categories=True)
        for name in coded
    }
    return joined.assign(**texts)[names]
