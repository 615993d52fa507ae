"""Sites and other strata of the subjects of a fit."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses.model_data.design import Design
from analysis.config.columns import UNKNOWN_SITE

SITE = "SITEID"
NOT_RECORDED = "not recorded"
CROSSED = " / "
"""Between the values of a stratum of several columns."""


def label_subjects(
    adsl: pd.DataFrame, design: Design, column: str = SITE
) -> tuple[NDArray[np.str_], tuple[str, ...]]:
    """Return the label (n,) of each subject of a design and what the reader must know of them.

    Subjects whose label is missing have one label of their own, and so has an unknown site.
    """
    labels = adsl.set_index("SUBJID").loc[list(design.subjects), column].astype("str")
    missing = int((labels.isna() | (labels == UNKNOWN_SITE)).sum())
    notes = (f"{missing} subjects without {column}: analysed as one more",) if missing else ()
    return labels.fillna(NOT_RECORDED).to_numpy(dtype=np.str_), notes


def label_strata(
    adsl: pd.DataFrame, design: Design, columns: Sequence[str]
) -> tuple[NDArray[np.str_], tuple[str, ...]]:
    """Return the stratum (n,) of each subject: the combination of the values of the columns.

    A missing value counts as one more. With what the reader must know.
    """
    labelled = [label_subjects(adsl, design, column) for column in columns]
    rows = zip(*(labels for labels, _ in labelled), strict=True)
    crossed = np.array([CROSSED.join(row) for row in rows], dtype=np.str_)
    return crossed, tuple(note for _, notes in labelled for note in notes)
