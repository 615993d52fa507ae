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

    The central score is later, or both lie in the window of the outcome, and nothing else records
    a death: the plan (SAP 4.1) takes such a subject for alive.
    """
    others = {row.subject for row in export.rows("dd")}
    others |= {subject for subject, _ in _list_signs(export, ("ds", "ae"))}
    scores: dict[str, list[_Score]] = {}
    for row in export.rows("mrs"):
        day, score = row.values["MRSDTC"], row.values["MRS"]
        number = export.find_day(row.subject, day if isinstance(day, date) else None)
        if number is not None and score is not None and row.subject not in others:
            given = _Score(number, row.values["MRSSRC"] == "CENTRAL", score == DEAD)
            scores.setdefault(row.subject, []).append(given)
    return {subject for subject, given in scores.items() if _contradict(given, export)}


@dataclass(frozen=True)
class _Score:
    """The study day of a score of the mRS, its source, and whether it means death."""

    day: int
    is_central: bool
    is_death: bool


def _contradict(given: list[_Score], export: Export) -> bool:
    outcome, sixes = export.plan.outcome, [score for score in given if score.is_death]
    if len(sixes) != 1 or sixes[0].is_central:
        return False

    def is_inside(score: _Score) -> bool:
        return abs(score.day - outcome.day) <= outcome.window_days

    living = [score for score in given if score.is_central and not score.is_death]
    (six,) = sixes
    return any(s.day > six.day or (is_inside(s) and is_inside(six)) for s in living)


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
