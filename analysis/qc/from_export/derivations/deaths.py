"""Deaths and their dates (SAP 4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analysis.qc.from_export.export import Export
from analysis.qc.from_export.reading.cells import Span, Value

DEAD = 6
"""The score of the mRS that means death."""


@dataclass(frozen=True)
class Death:
    """A recorded death; ``day``: None where nothing gives a full date."""

    day: date | None


def find_deaths(export: Export) -> dict[str, Death]:
    """Return the death of every subject who is recorded as dead.

    Its date is that of ``dd``; without one, the earliest of an mRS of 6, of the disposition DEATH
    and of the end of a fatal adverse event (SAP 4.1).
    """
    recorded = {row.subject: row.values["DTHDTC"] for row in export.rows("dd")}
    signs: dict[str, list[date]] = {}
    for subject, value in _list_signs(export):
        signs.setdefault(subject, []).extend(_take_day(value))
    return {
        subject: Death(
            min(_take_day(recorded.get(subject)) or signs.get(subject, []), default=None)
        )
        for subject in sorted({*recorded, *signs})
    }


def find_contradicted(export: Export) -> set[str]:
    """Return the dead by a single local mRS of 6 that a central score below 6 contradicts.

    The central score is later, or of the same visit, and nothing else records a death: the plan
    (SAP 4.1) takes such a subject for alive.
    """
    others = {row.subject for row in export.rows("dd")}
    others |= {subject for subject, _ in _list_signs(export, ("ds", "ae"))}
    scores: dict[str, list[tuple[str, str, date, Value]]] = {}
    for row in export.rows("mrs"):
        visit, source, day, score = (
            row.values[name] for name in ("VISIT", "MRSSRC", "MRSDTC", "MRS")
        )
        if isinstance(day, date) and score is not None and row.subject not in others:
            given = (str(visit), str(source), day, score)
            scores.setdefault(row.subject, []).append(given)
    return {subject for subject, given in scores.items() if _contradict(given)}


def _contradict(given: list[tuple[str, str, date, Value]]) -> bool:
    sixes = [each for each in given if each[3] == DEAD]
    if len(sixes) != 1 or sixes[0][1] != "LOCAL":
        return False
    visit, _, day, _ = sixes[0]
    return any(s == "CENTRAL" and score != DEAD and (d > day or v == visit) for v, s, d, score
               in given)  # fmt: skip


def _list_signs(
    export: Export, tables: tuple[str, ...] = ("mrs", "ds", "ae")
) -> Iterator[tuple[str, Value | None]]:
    """Subject and date (it may be missing) of every sign of a death outside ``dd``."""
    signs = {
        "mrs": ("MRS", DEAD, "MRSDTC"),
        "ds": ("DSDECOD", "DEATH", "DSSTDTC"),
        "ae": ("AEOUT", "FATAL", "AEENDTC"),
    }
    for table in tables:
        column, meaning, dated = signs[table]
        for row in export.rows(table):
            if row.values[column] == meaning:
                yield row.subject, row.values[dated]


def _take_day(value: Value | None) -> list[date]:
    """The day that a value names, if it names one."""
    if isinstance(value, Span):
        return [value.earliest.date()] if value.is_a_day else []
    return [value] if isinstance(value, date) else []
