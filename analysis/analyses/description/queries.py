"""Data queries: their number by severity and rule."""

import pandas as pd

from analysis.io.result import AnalysisResult, Statistic


def count_queries(queries: pd.DataFrame) -> list[AnalysisResult]:
    """Return the number of queries by severity and rule; level is ``severity rule``."""
    counts = (queries["severity"] + " " + queries["rule"]).value_counts().sort_index()
    statistics = [
        Statistic("n", int(n), variable=str(level).partition(" ")[0], level=str(level))
        for level, n in counts.items()
    ]
    total = Statistic("n", len(queries))
    return [AnalysisResult("queries", "", "count", (total, *statistics))]
