"""The mRS at the day of the outcome: which score counts (SAP 4.2, 4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analysis.qc.from_export.derivations.contradicted import find_contradicted
from analysis.qc.from_export.derivations.deaths import Death
from analysis.qc.from_export.derivations.last_alive import DEAD
from analysis.qc.from_export.export import Export


@dataclass(frozen=True)
class Outcome:
    """The score that counts, and the rule of SAP 4.3 by which it does: a, b, c or d."""

    score: int
    rule: str

    def find_level(self, export: Export) -> int:
        """Return its level in the plan, whose last level holds every worse score."""
        return min(self.score, export.plan.outcome.levels[-1])


@dataclass(frozen=True)
class _Assessment:
    """A score with its study day and the rank of its source."""

    score: int
    day: int
    rank: int


def find_outcomes(export: Export, deaths: Mapping[str, Death]) -> dict[str, Outcome]:
    """Return the outcome of every randomised subject who has one (SAP 4.3)."""
    assessed: dict[str, list[_Assessment]] = {subject: [] for subject in export.subjects}
    for subject, assessment in _list_assessments(export, deaths):
        assessed[subject].append(assessment)
    found = {
        subject: _apply_rules(export, deaths.get(subject), subject, given)
        for subject, given in assessed.items()
    }
    return {subject: outcome for subject, outcome in found.items() if outcome}


def _apply_rules(
    export: Export, death: Death | None, subject: str, assessed: list[_Assessment]
) -> Outcome | None:
    plan = export.plan.outcome
    died = export.find_day(subject, death.day) if death else None
    if died is not None and died <= plan.day:
        return Outcome(DEAD, "a")
    if chosen := _choose(assessed, plan.day, plan.window_days):
        return Outcome(chosen.score, "b")
    if died is not None and died <= plan.day + plan.window_days:
        return Outcome(DEAD, "c")
    chosen = _choose(assessed, plan.day, plan.late_window_days)
    return Outcome(chosen.score, "d") if chosen else None


def _choose(assessed: list[_Assessment], day: int, width: int) -> _Assessment | None:
    """The preferred source, then the nearest, then the earlier, then the worse."""
    inside = [each for each in assessed if abs(each.day - day) <= width]
    return min(inside, key=lambda a: (a.rank, abs(a.day - day), a.day, -a.score), default=None)


def _list_assessments(export: Export, deaths: Mapping[str, Death]) -> list[tuple[str, _Assessment]]:
    """Dated scores of the visit that contradict no death, nor are contradicted (SAP 4.2)."""
    plan, taken_back = export.plan.outcome, find_contradicted(export)
    ranks = {source: rank for rank, source in enumerate(map(str, plan.source_order))}
    found = []
    for row in export.rows("mrs"):
        day, score = row.values["MRSDTC"], row.values["MRS"]
        if row.values["VISIT"] != f"D{plan.day}" or not isinstance(score, Decimal):
            continue
        number = export.find_day(row.subject, day if isinstance(day, date) else None)
        died = deaths[row.subject].day if row.subject in deaths else None
        if number is None or _contradicts(day, int(score), died):
            continue
        if score == DEAD and row.subject in taken_back:
            continue
        rank = ranks.get(str(row.values["MRSSRC"]), len(ranks))
        found.append((row.subject, _Assessment(int(score), number, rank)))
    return found


def _contradicts(day: object, score: int, died: date | None) -> bool:
    """After the death, or a score of death before it."""
    if died is None or not isinstance(day, date):
        return False
    return day > died or (day < died and score == DEAD)
