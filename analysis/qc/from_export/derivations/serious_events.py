"""Adverse events: which are serious, and which treatment-emergent (SAP 9.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.qc.from_export.derivations.doses import Dose, list_given
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.reading.cells import Span, Value


@dataclass(frozen=True)
class Event:
    """An adverse event of a randomised subject."""

    subject: str
    is_serious: bool
    is_emergent: bool


def list_events(export: Export, doses: Mapping[str, list[Dose]]) -> list[Event]:
    """Return all events.

    Treatment-emergent: from the day of the first dose up to the last day of the plan. A partial
    start is the earliest day that it can mean from the first dose on; if there is none, or the
    event ended before, it is not treatment-emergent. Undated doses began on the day of
    randomisation.
    """
    first = {subject: _find_first(export, given, subject) for subject, given in doses.items()}
    return [
        Event(
            row.subject,
            row.values["AESER"] == "Y",
            _is_emergent(export, row.subject, row.values, first[row.subject]),
        )
        for row in export.rows("ae")
    ]


def _find_first(export: Export, doses: list[Dose], subject: str) -> date | None:
    given = list_given(doses)
    moment = (given[0].moment or export.moments[subject]) if given else None
    return moment.date() if moment else None


def _is_emergent(
    export: Export, subject: str, values: Mapping[str, Value | None], first: date | None
) -> bool:
    start, end = (
        span if isinstance(span, Span) else None for span in (values["AESTDTC"], values["AEENDTC"])
    )
    day = _find_start(start, end, first) if first else None
    number = export.find_day(subject, day)
    return number is not None and number <= export.plan.adverse_events.last_day


def _find_start(start: Span | None, end: Span | None, first: date) -> date | None:
    """The day on which it began, None before the first dose."""
    if start and start.is_a_day:
        day = start.earliest.date()
        return day if day >= first else None
    day = max(start.earliest.date(), first) if start else first
    latest = [span.latest.date() for span in (start, end) if span]
    return day if all(day <= last for last in latest) else None
