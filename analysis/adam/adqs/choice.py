"""Choice of one row among several of a visit (SAP 3.4)."""

import pandas as pd

from analysis.adam.tables import SUBJECT

DEATH_RECORD = "DEATH"
"""DTYPE of a record that stands for a death."""


def choose_nearest(
    rows: pd.DataFrame, distance: pd.Series, *, higher_is_worse: bool = True
) -> pd.Index:
    """Return the labels of the rows used, one for each subject and visit (column AVISIT).

    ``distance``: from the nominal time of the visit, by row. The nearest, then the earlier (ADTM,
    else ADT), then the worse AVAL; a row without a date only where none has one. Rows without a
    value are never chosen.
    """
    worst_first = -rows["AVAL"] if higher_is_worse else rows["AVAL"]
    time = "ADTM" if "ADTM" in rows else "ADT"
    candidates = rows[[SUBJECT, "AVISIT", time, "AVAL"]].assign(
        distance=distance, worst_first=worst_first
    )
    candidates = candidates.dropna(subset=["AVAL"])
    order = [SUBJECT, "AVISIT", "distance", time, "worst_first"]
    ordered = candidates.sort_values(order, kind="stable", na_position="last")
    return ordered.drop_duplicates([SUBJECT, "AVISIT"]).index
