"""Exposure to the study drug, and the concomitant medication of interest (SAP 9.4)."""

import pandas as pd

from analysis.analyses.description.baseline import summarise_numbers
from analysis.analyses.model_data.arms import count_share, iter_groups, select_set
from analysis.config import Plan
from analysis.io.result import AnalysisResult, Statistic

NUMBERS = ("NDOSE", "DOSEMG", "DOSEMGKG", "DOSEPCT")
"""Doses given, total in mg and in mg per kg, compliance in percent."""
MEDICATIONS = ("CMSTERFL", "CMINSFL")
"""Open-label steroid and insulin."""
DECIMALS = 9
"""80 % of a decimal dose is not exact in binary."""
NOT_COLLECTED = "not collected"
METHOD = "descriptive; compliance = given of what was planned for the doses due"


def analyse_exposure(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the analysis ``exposure`` of the safety set; ``level`` names what is summarised.

    ``NDOSE=3``: subjects with that many doses. ``EXD0FL``: given the dose of day 0.
    ``DOSEPCT in range``: compliance inside ``dosing.accepted_percent``.
    """
    members, arm = select_set(adsl, "SAF")
    statistics: list[Statistic] = []
    for group, rows in iter_groups(members, plan, arm):
        statistics.append(Statistic("N", len(rows), group=group))
        for name in NUMBERS:
            keys = {"group": group, "variable": name, "level": name}
            statistics += summarise_numbers(rows[name], f"{name} missing", **keys)
        statistics += _count_doses(rows, group, plan)
        for name in MEDICATIONS:
            statistics += _count_medication(rows, group, name)
    return [AnalysisResult("exposure", "SAF", METHOD, tuple(statistics))]


def _count_doses(rows: pd.DataFrame, group: str, plan: Plan) -> list[Statistic]:
    """Subjects by number of doses, by day of the dose, and with an acceptable compliance."""
    days = (0, *plan.dosing.iv_days)
    low, high = plan.dosing.accepted_percent
    known = rows["DOSEPCT"].dropna().round(DECIMALS)
    statistics: list[Statistic] = []
    for number in range(1, len(days) + 1):
        keys = {"group": group, "variable": "NDOSE", "level": f"NDOSE={number}"}
        statistics += count_share(int((rows["NDOSE"] == number).sum()), len(rows), **keys)
    for day in days:
        keys = {"group": group, "variable": f"EXD{day}FL", "level": f"EXD{day}FL"}
        statistics += count_share(int((rows[f"EXD{day}FL"] == "Y").sum()), len(rows), **keys)
    keys = {"group": group, "variable": "DOSEPCT", "level": "DOSEPCT in range"}
    return statistics + count_share(int(known.between(low, high).sum()), len(known), **keys)


def _count_medication(rows: pd.DataFrame, group: str, name: str) -> list[Statistic]:
    """Subjects with the medication, or that it was not collected."""
    keys = {"group": group, "variable": name, "level": name}
    if rows[name].isna().any():
        return [Statistic(stat, None, **keys, warning=NOT_COLLECTED) for stat in ("n", "pct")]
    return count_share(int((rows[name] == "Y").sum()), len(rows), **keys)
