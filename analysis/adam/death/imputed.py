"""The date of a death that no record dates in full (SAP 4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.adam.partial_dates import IMPUTED, first_day, last_day

FIRST = "dd"
"""The table whose date goes before those of the others."""


@dataclass(frozen=True)
class ImputedDate:
    """A day, and what of it is imputed: D the day, M month and day, Y everything.

    ``given``: the partial date that was looked at, empty if there is none, and ``source``, its
    table. ``fits``: whether the day is one of those that it may mean; if not, or if nothing is
    given, the day is that after ``last_alive``.
    """

    day: date
    flag: str
    last_alive: date
    source: str = ""
    given: str = ""
    fits: bool = False


def impute_death(given: Mapping[str, Sequence[str]], last_alive: date) -> ImputedDate:
    """Return the date of a death from its partial dates, by table, and the last day known alive.

    The earliest day that is not before ``last_alive`` and that the partial date in ``dd`` may mean,
    else the earliest of another table; a month given elsewhere within a year so chosen narrows it.
    Where all that is given lies before ``last_alive``, or nothing is given, it is the day after it.

    >>> impute_death({"dd": ["2025-04"]}, date(2025, 3, 12)).day
    datetime.date(2025, 4, 1)
    >>> impute_death({"ae": ["2025"]}, date(2025, 3, 12)).day
    datetime.date(2025, 3, 12)
    >>> impute_death({"dd": ["2025"], "ae": ["2025-05"]}, date(2025, 3, 12)).day
    datetime.date(2025, 5, 1)
    >>> impute_death({}, date(2025, 3, 12)).day
    datetime.date(2025, 3, 13)
    """
    found = [_fit(text, source, last_alive) for source, texts in given.items() for text in texts]
    unknown = ImputedDate(_day_after(last_alive), IMPUTED[0], last_alive)
    chosen = min(found, key=_rank, default=unknown)
    within = [each for each in found if each.fits and each.given.startswith(chosen.given)]
    return min(within, key=_rank_within, default=chosen) if chosen.fits else chosen


def _fit(text: str, source: str, last_alive: date) -> ImputedDate:
    earliest = max(first_day(text), last_alive)
    if earliest > last_day(text):
        return ImputedDate(_day_after(last_alive), IMPUTED[0], last_alive, source, text)
    return ImputedDate(earliest, IMPUTED[len(text)], last_alive, source, text, fits=True)


def _rank(found: ImputedDate) -> tuple[bool, bool, date, str, str]:
    return not found.fits, found.source != FIRST, found.day, found.source, found.given


def _rank_within(found: ImputedDate) -> tuple[int, bool, date, str]:
    """The most precise first, then as among all."""
    return -len(found.given), found.source != FIRST, found.day, found.source


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
