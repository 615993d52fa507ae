"""The account of the door: rows and cells of the export, and what became of them."""

import pandas as pd

from analysis.config import Plan
from analysis.io.result import AnalysisResult, Statistic

SUMMED = ("rows_read", "rows_used", "filled", "set_missing", "out_of_range")
"""What is added over all tables."""
LOST = ("left_out_missing_key", "left_out_unknown_subject")
"""Rows left out whose content is nowhere else; of identical rows one is kept."""


def analyse_door(door: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return every count of ``door.csv``; level is the table, or ``table.column``.

    ``rows_lost`` are rows left out but for identical ones. Level "" holds the sums of all tables.
    """
    counts = door.assign(n=door["n"].astype("int64"))
    statistics = [
        Statistic(str(what), int(n), variable=table, level=f"{table}.{column}".rstrip("."))
        for table, column, what, n in counts[["table", "column", "what", "n"]].itertuples(
            index=False
        )
    ]
    lost = counts[counts["what"].isin(LOST)].groupby("table", sort=False)["n"].sum()
    rows_lost = [
        Statistic("rows_lost", int(n), variable=str(table), level=str(table))
        for table, n in lost.items()
    ]
    sums = counts.groupby("what")["n"].sum()
    together = [Statistic(what, int(sums.get(what, 0))) for what in SUMMED]
    all_lost = Statistic("rows_lost", int(lost.sum()))
    every = (*together, all_lost, *statistics, *rows_lost)
    return [AnalysisResult("door", "", "counts of reading the export", every)]
