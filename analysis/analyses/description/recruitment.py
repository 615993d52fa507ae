"""Recruitment: numbers randomised by the end of each month and by site; no arm is shown."""

import pandas as pd

from analysis.config import Plan
from analysis.config.columns import UNKNOWN_SITE
from analysis.io.result import AnalysisResult, Statistic

SITE = "SITEID"
DATE = "RANDDT"
METHOD = "count of subjects by calendar month of randomisation, and cumulative; both arms together"


def analyse_recruitment(adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Return recruitment: n and n_cumulative by month (``2026-04``), and by site; n_sites.

    Months run from the first to the last with a randomisation; a site's rows are at
    ``01: 2026-04``, its whole number at ``01``. Whose date is missing is counted at ``missing``.
    Subjects of an unknown site have rows as those of a site, which ``n_sites`` does not count.
    """
    members = adsl[adsl["ITTFL"] == "Y"]
    dated = members[members[DATE].notna()]
    months = dated[DATE].dt.strftime("%Y-%m")
    span = list_months(months)
    statistics = [Statistic("n", len(members), variable=DATE)]
    statistics += [Statistic("n", len(members) - len(dated), variable=DATE, level="missing")]
    statistics += _count(months, span, DATE, "")
    sites = sorted(dated[SITE].dropna().unique())
    known = [site for site in sites if site != UNKNOWN_SITE]
    statistics.append(Statistic("n_sites", len(known), variable=SITE))
    for site in sites:
        own = months[dated[SITE] == site]
        statistics.append(Statistic("n", len(own), variable=SITE, level=str(site)))
        statistics += _count(own, span, SITE, f"{site}: ")
    return AnalysisResult("recruitment", "ITT", METHOD, tuple(statistics))


def list_months(months: pd.Series) -> tuple[str, ...]:
    """Return every calendar month from the first to the last, as ``2026-04``."""
    if months.empty:
        return ()
    span = pd.period_range(months.min(), months.max(), freq="M")
    return tuple(span.strftime("%Y-%m"))


def _count(months: pd.Series, span: tuple[str, ...], variable: str, lead: str) -> list[Statistic]:
    counts = months.value_counts()
    statistics, total = [], 0
    for month in span:
        here = int(counts.get(month, 0))
        total += here
        keys = {"variable": variable, "level": f"{lead}{month}"}
        statistics += [Statistic("n", here, **keys), Statistic("n_cumulative", total, **keys)]
    return statistics
