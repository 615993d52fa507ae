"""The site, or another stratum, of the subjects of a fit."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses.design import Design

SITE = "SITEID"
NOT_RECORDED = "not recorded"


def label_subjects(
    adsl: pd.DataFrame, design: Design, column: str = SITE
) -> tuple[NDArray[np.str_], tuple[str, ...]]:
    """Return the label (n,) of each subject of a design and what the reader must know of them.

    Subjects whose label is missing have one label of their own.
    """
    labels = adsl.set_index("SUBJID").loc[list(design.subjects), column].astype("str")
    missing = int(labels.isna().sum())
    notes = (f"{missing} subjects without {column}: analysed as one more",) if missing else ()
    return labels.fillna(NOT_RECORDED).to_numpy(dtype=np.str_), notes
