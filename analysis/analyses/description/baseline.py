"""Baseline characteristics of the ITT set, by arm and for both arms together."""

import pandas as pd

from analysis.analyses.model_data.arms import count_share, iter_groups, select_set
from analysis.config import Plan
from analysis.edc.layout import load_layout
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic

CONTINUOUS = (
    "AGE", "WEIGHT", "NIHSSBL", "ASPECTS", "LKWRNDH", "PUNCRECM", "PASSES", "SBP", "DBP", "GLUC",
)  # fmt: skip
CATEGORICAL = (
    "SEX", "MRSPRE", "HTN", "DIAB", "AFIB", "CAD", "STROKEHX", "SMOKE", "ANTIPLT", "ANTICOAG",
    "IVT", "OCCLOC", "OCCSIDE", "TOAST", "ETICI", "ANESTH", "RESCUE",
)  # fmt: skip


def analyse_baseline(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the summary of every baseline characteristic.

    Continuous: n, mean, sd, median, quartiles (linear interpolation, R type 7), min, max.
    Categorical: n and percent of the subjects with a value. The number missing stands apart.
    """
    members, arm = select_set(adsl, "ITT")
    levels = list_levels(members)
    statistics: list[Statistic] = []
    for group, rows in iter_groups(members, plan, arm):
        statistics += summarise_baseline(rows, group, levels)
    return [AnalysisResult("baseline", "ITT", "descriptive", tuple(statistics))]


def summarise_baseline(
    rows: pd.DataFrame, group: str, levels: dict[str, tuple[str, ...]]
) -> list[Statistic]:
    """Return the summary of every characteristic of some subjects."""
    statistics: list[Statistic] = []
    for name in CONTINUOUS:
        statistics += summarise_numbers(rows[name], "missing", group=group, variable=name)
    for name in CATEGORICAL:
        statistics += _summarise_levels(rows[name], group, name, levels[name])
    return statistics


def list_levels(adsl: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the levels of each categorical variable in the order of the layout's code lists."""
    columns = {
        name: column
        for table in load_layout().tables.values()
        for name, column in table.columns.items()
    }
    return {
        name: columns[name].allowed
        or tuple(str(value) for value in sorted(adsl[name].dropna().unique()))
        for name in CATEGORICAL
    }


def summarise_numbers(values: pd.Series, missing_level: str, **keys: str) -> list[Statistic]:
    """Return n, mean, sd, median, quartiles (R type 7), min and max of the values that are there.

    The number missing is n at ``missing_level``. What one value or none does not give is said.
    """
    observed = values.dropna().astype("float64")
    n = Statistic("n", len(observed), **keys)
    missing = Statistic("n", len(values) - len(observed), **keys | {"level": missing_level})
    if observed.empty:
        return [n, missing]
    quartiles = observed.quantile([0.25, 0.5, 0.75])
    summary = {
        "mean": observed.mean(),
        "sd": observed.std() if len(observed) > 1 else None,
        "median": quartiles[0.5],
        "q1": quartiles[0.25],
        "q3": quartiles[0.75],
        "min": observed.min(),
        "max": observed.max(),
    }
    return [
        n,
        *(
            Statistic(stat, None, **keys, warning=Reason.of(ReasonCode.ONE_VALUE))
            if value is None
            else Statistic(stat, float(value), **keys)
            for stat, value in summary.items()
        ),
        missing,
    ]


def _summarise_levels(
    values: pd.Series, group: str, name: str, levels: tuple[str, ...]
) -> list[Statistic]:
    keys = {"group": group, "variable": name}
    observed = values.dropna().astype("str")
    statistics: list[Statistic] = []
    for level in levels:
        count = int((observed == level).sum())
        statistics += count_share(count, len(observed), **keys, level=level)
    missing = len(values) - len(observed)
    return [*statistics, Statistic("n", missing, **keys, level="missing")]
