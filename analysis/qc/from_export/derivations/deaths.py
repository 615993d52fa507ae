"""Deaths and their dates (SAP 4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.qc.from_export.derivations.contradicted import find_contradicted
from analysis.qc.from_export.derivations.last_alive import DEAD, find_last_alive, take_day
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.reading.cells import Span, Value


@dataclass(frozen=True)
class Death:
    """A recorded death; ``day``: None where nobody knows when the subject was alive.

    ``is_full``: whether a record gives the date in full.
    """

    day: date | None
    is_full: bool = True


def find_deaths(export: Export) -> dict[str, Death]:
    """Return the death of every subject who is recorded as dead.

    Its date is that of ``dd``; without one, the earliest of an mRS of 6, of the disposition DEATH
    and of the end of a fatal adverse event; without a full one, the earliest day that the partial
    ones can mean from the last day known alive on, else the day after that (SAP 4.1).
    """
    recorded = {row.subject: row.values["DTHDTC"] for row in export.rows("dd")}
    signs: dict[str, list[Value | None]] = {subject: [] for subject in recorded}
    for subject, value in _list_signs(export):
        signs.setdefault(subject, []).append(value)
    full = {
        subject: take_day(recorded.get(subject)) or [d for v in values for d in take_day(v)]
        for subject, values in signs.items()
    }
    last = find_last_alive(export, {subject for subject, days in full.items() if not days})
    return {
        s: Death(min(full[s])) if full[s] else Death(
            _complete(recorded.get(s), signs[s], last.get(s)), is_full=False
        )
        for s in sorted(signs)
    }  # fmt: skip


def _complete(recorded: Value | None, others: list[Value | None], last: date | None) -> date | None:
    """The date of a death without a full one: what ``dd`` leaves of the days from the last one
    alive on, and of that what every other record leaves, the earliest first, as long as a day is
    left. Where none of them leaves any, it is the day after that last one."""
    if last is None:
        return None
    partial = [v for v in others if isinstance(v, Span)]
    partial = sorted(partial, key=lambda span: (span.earliest, span.latest))
    earliest, latest, fits = last, date.max, False
    for span in [recorded, *partial] if isinstance(recorded, Span) else partial:
        low = max(earliest, span.earliest.date())
        high = min(latest, span.latest.date())
        if low <= high:
            earliest, latest, fits = low, high, True
    return earliest if fits else last + timedelta(days=1)


def _list_signs(export: Export) -> Iterator[tuple[str, Value | None]]:
    """Subject and date (it may be missing) of every sign of a death outside ``dd``."""
    alive = find_contradicted(export)
    for table, column, meaning, dated in (
        ("mrs", "MRS", DEAD, "MRSDTC"),
        ("ds", "DSDECOD", "DEATH", "DSSTDTC"),
        ("ae", "AEOUT", "FATAL", "AEENDTC"),
    ):
        for row in export.rows(table):
            if row.values[column] == meaning and row.subject not in alive:
                yield row.subject, row.values[dated]
