"""The last day known alive (SAP 9.1), which dates a death that has no full date (SAP 4.1)."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from analysis.qc.from_export.export import Export
from analysis.qc.from_export.reading.cells import Span, Value
from analysis.qc.from_export.reading.columns import SEEN_ALIVE

DEAD = 6
"""The score of the mRS that means death."""


def find_last_alive(export: Export, subjects: set[str]) -> dict[str, date]:
    """Return the latest full date of a sign of life of each of these subjects."""
    last: dict[str, date] = {}
    for subject, value in _list_signs(export):
        for day in take_day(value) if subject in subjects else []:
            last[subject] = max(day, last.get(subject, day))
    return last


def take_day(value: Value | None) -> list[date]:
    """Return the day that a value names, if it names one."""
    if isinstance(value, Span):
        return [value.earliest.date()] if value.is_a_day else []
    if isinstance(value, datetime):
        return [value.date()]
    return [value] if isinstance(value, date) else []


def _list_signs(export: Export) -> Iterator[tuple[str, Value | None]]:
    """Subject and date of whatever only the living have or do."""
    yield from export.moments.items()
    for table, columns in SEEN_ALIVE.items():
        for row in export.rows(table):
            yield from ((row.subject, row.values[column]) for column in columns)
    for row in export.rows("ex"):
        given = row.values["EXDOSE"]
        if isinstance(given, Decimal) and given > 0:
            yield row.subject, row.values["EXSTDTC"]
    for row in export.rows("mrs"):
        score = row.values["MRS"]
        if isinstance(score, Decimal) and score < DEAD:
            yield row.subject, row.values["MRSDTC"]
    for row in export.rows("ae"):
        if row.values["AEOUT"] != "FATAL":
            yield row.subject, row.values["AEENDTC"]
    for row in export.rows("ds"):
        if row.values["DSDECOD"] == "COMPLETED":
            yield row.subject, row.values["DSSTDTC"]
