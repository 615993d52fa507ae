"""Counts by arm, in the order of the plan."""

from collections.abc import Iterator

import pandas as pd

from analysis.config import Plan
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import Statistic

BOTH = ""
"""Group of both arms together, and of a contrast."""


def iter_groups(data: pd.DataFrame, plan: Plan, arm: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the code and the rows of each arm (column ``arm``), then of both together."""
    for code in plan.arms.codes:
        yield code, data[data[arm] == code]
    yield BOTH, data


def select_set(adsl: pd.DataFrame, population: str) -> tuple[pd.DataFrame, str]:
    """Return the subjects of ITT, PP or SAF and the column of the arm they are analysed in."""
    flag, arm = {
        "ITT": ("ITTFL", "TRT01P"),
        "PP": ("PPROTFL", "TRT01P"),
        "SAF": ("SAFFL", "TRT01A"),
    }[population]
    return adsl[adsl[flag] == "Y"], arm


def share_of(count: int, total: int, **keys: str) -> Statistic:
    """Return the percent of a total; not estimable when the total is 0."""
    if not total:
        return Statistic("pct", None, **keys, warning=Reason.of(ReasonCode.ZERO_TOTAL))
    return Statistic("pct", 100.0 * count / total, **keys)


def count_share(count: int, total: int, **keys: str) -> list[Statistic]:
    """Return n and pct of a count."""
    return [Statistic("n", count, **keys), share_of(count, total, **keys)]
