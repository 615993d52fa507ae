"""Visits against their dates: a visit whose rows are dated on the days of another one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from analysis.config import Plan
from analysis.edc.door.limits import REMEDY, is_exceeded
from analysis.edc.layout import SUBJECT, Layout, Table
from analysis.io.large.text_columns import find_first

VISIT = "VISIT"
RANDOMISED = "RANDDTC"
Tables = dict[str, pd.DataFrame]
Days = dict[str, float]
"""By visit the study day at which the plan has it; the day of randomisation is day 0."""


@dataclass(frozen=True)
class VisitDays:
    """The dated rows of one visit.

    ``dated``: their number; ``off``: those nearer the day of another visit; ``median``: their
    median study day; ``nearest``: the visit whose day the median is nearest.
    """

    visit: str
    dated: int
    off: int
    median: float
    nearest: str


def find_visits_of_other_days(tables: Tables, plan: Plan, layout: Layout) -> list[str]:
    """Return a finding for each table with a visit that its dates take for another one.

    Those are visits whose median study day is nearer the day of another visit of the plan than
    their own, where the plan does not allow so many rows of other days (``door.visits_off_day``).
    """
    nominal = list_nominal_days(plan)
    findings = []
    for name, table in layout.tables.items():
        limit = plan.door.visits_off_day.find(f"{name}.{VISIT}")
        off = [
            each
            for each in count_visits(name, table, tables, nominal)
            if each.nearest != each.visit and is_exceeded(limit, each.off, each.dated)
        ]
        if off:
            findings.append(_describe(name, off, nominal, limit.percent))
    return findings


def list_nominal_days(plan: Plan) -> Days:
    """Return the study day of each visit that the plan has a time for."""
    return {
        "H24": plan.visits.nihss_h24_hours / 24,
        "D7": float(plan.visits.nihss_d7_day),
        "D30": float(plan.visits.mrs_d30_day),
        "D90": float(plan.outcome.day),
    }


def count_visits(name: str, table: Table, tables: Tables, nominal: Days) -> Iterator[VisitDays]:
    """Yield what the dates say of each visit of a table that has a day and one dated row."""
    dates = [c for c, column in table.columns.items() if column.type in ("date", "datetime")]
    if VISIT not in table.columns or not dates or not {name, "rand"} <= tables.keys():
        return
    rows = tables[name]
    days = _count_days(rows[dates[0]], rows[SUBJECT], tables["rand"])
    visits, at = list(nominal), np.array(list(nominal.values()))
    for visit in (code for code in table.columns[VISIT].codes if code in nominal):
        own = days[(rows[VISIT] == visit) & days.notna()].to_numpy(float)
        if not len(own):
            continue
        nearest = np.abs(own[:, None] - at).argmin(axis=1)
        median = float(np.median(own))
        yield VisitDays(
            visit,
            len(own),
            int((nearest != visits.index(visit)).sum()),
            median,
            visits[int(np.abs(median - at).argmin())],
        )


def _count_days(dates: pd.Series, subjects: pd.Series, rand: pd.DataFrame) -> pd.Series:
    """The study day of each date: its calendar day less that of the randomisation (SAP 1.1)."""
    there = find_first(subjects, rand[SUBJECT])
    start = pd.Series(take(rand[RANDOMISED].array, there, allow_fill=True), index=dates.index)
    days: pd.Series = (dates.dt.normalize() - start.dt.normalize()).dt.days
    return days


def _describe(name: str, off: list[VisitDays], nominal: Days, percent: float) -> str:
    seen = "; ".join(
        f"{each.visit} is day {nominal[each.visit]:g} in the plan, and its {each.dated:,} dated "
        f"rows have a median of day {each.median:.4g}, nearest {each.nearest} "
        f"({each.off:,} of them lie nearer another visit)"
        for each in off
    )
    return (
        f"table {name}, column {VISIT}: {seen}, more than the {percent:g} % of "
        f"door.visits_off_day in the plan.{REMEDY}"
        f"Are the visits exchanged in config/edc.yaml (`tables: {{{name}: {{values: {{{VISIT}: "
        "...}}}`, or the constants of stack), or is it the date of another form? If the visits "
        "took place on those days, set their days (visits, outcome.day), or give "
        f"{name}.{VISIT} a limit of its own under door.visits_off_day.where in the plan"
    )
