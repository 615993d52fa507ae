"""Dates that the trial can have: from its first subject to its lock, a history from its own day."""

from datetime import date
from functools import cache

from analysis.config import Plan
from analysis.edc.layout import Column, Layout, Table

Days = tuple[date, date]


def limit_dates(layout: Layout, plan: Plan) -> Layout:
    """Return the layout with the first and the last day that each column of dates can have."""
    dates = plan.plausible_dates
    days = {False: (dates.first, dates.last), True: (dates.first_of_history, dates.last)}
    tables = {name: _limit_table(table, days) for name, table in layout.tables.items()}
    return layout.model_copy(update={"tables": tables})


def _limit_table(table: Table, days: dict[bool, Days]) -> Table:
    columns = {
        name: column.model_copy(update={"days": days[column.history]})
        if column.type in ("date", "datetime")
        else column
        for name, column in table.columns.items()
    }
    return table.model_copy(update={"columns": columns})


def is_plausible(column: Column, value: object) -> bool:
    """Whether a value of the column lies within its days, or may: ``2025`` overlaps with them.

    ``value``: as ``analysis.edc.written.values.parse_value`` gives it.
    """
    text = str(value)[: len("YYYY-MM-DD")]
    first, last = _write_days(column.days or (date.min, date.max))
    return first[: len(text)] <= text <= last[: len(text)]


@cache
def _write_days(days: Days) -> tuple[str, str]:
    return days[0].isoformat(), days[1].isoformat()
