"""Data queries: their number by severity and rule, and by site."""

import pandas as pd

from analysis.io.result import AnalysisResult, Statistic

ALL_RULES = "all rules"


def count_queries(queries: pd.DataFrame) -> list[AnalysisResult]:
    """Return the number of queries by severity and rule; level is ``severity rule``."""
    counts = (queries["severity"] + " " + queries["rule"]).value_counts().sort_index()
    statistics = [
        Statistic("n", int(n), variable=str(level).partition(" ")[0], level=str(level))
        for level, n in counts.items()
    ]
    total = Statistic("n", len(queries))
    return [AnalysisResult("queries", "", "count", (total, *statistics))]


def count_by_site(queries: pd.DataFrame) -> list[AnalysisResult]:
    """Return the number of queries and of subjects with one, by site and rule.

    ``queries``: rows of ``queries.csv``. The level is ``site rule``, or ``site all rules``; of what
    has no site ``rule`` alone; the variable is the site. What has no site stands last, the sum of
    a site first.
    """
    whole = queries.assign(rule=ALL_RULES)
    groups = [
        (str(site), str(rule), own)
        for (site, rule), own in pd.concat([whole, queries]).groupby(["site", "rule"])
    ]
    groups.sort(key=lambda group: (not group[0], group[0], group[1] != ALL_RULES, group[1]))
    statistics = [statistic for group in groups for statistic in _count(*group)]
    total = Statistic("n", len(queries))
    return [AnalysisResult("queries_by_site", "", "count", (total, *statistics))]


def _count(site: str, rule: str, own: pd.DataFrame) -> tuple[Statistic, Statistic]:
    level = f"{site} {rule}" if site else rule
    subjects = own.loc[own["subject"] != "", "subject"].nunique()
    return (
        Statistic("n", len(own), variable=site, level=level),
        Statistic("n_subjects", int(subjects), variable=site, level=level),
    )
