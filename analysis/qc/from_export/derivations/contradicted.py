"""Who is dead by one local mRS of 6 alone that a central score takes back (SAP 4.1)."""

from dataclasses import dataclass
from datetime import date

from analysis.qc.from_export.derivations.last_alive import DEAD
from analysis.qc.from_export.export import Export

ELSEWHERE = (("ds", "DSDECOD", "DEATH"), ("ae", "AEOUT", "FATAL"))


def find_contradicted(export: Export) -> set[str]:
    """Return the subjects with a single 6, a local one, that a central score below it contradicts.

    The central score is later, or both lie in the window of the outcome, and nothing else records
    a death: such a subject is alive. What has no date contradicts nothing.
    """
    others = {row.subject for row in export.rows("dd")}
    for table, column, meaning in ELSEWHERE:
        others |= {row.subject for row in export.rows(table) if row.values[column] == meaning}
    scores: dict[str, list[_Score]] = {}
    for row in export.rows("mrs"):
        day, score, source = (row.values[name] for name in ("MRSDTC", "MRS", "MRSSRC"))
        if score is not None and row.subject not in others:
            number = export.find_day(row.subject, day if isinstance(day, date) else None)
            given = _Score(number, str(source), score == DEAD)
            scores.setdefault(row.subject, []).append(given)
    return {subject for subject, given in scores.items() if _contradict(given, export)}


@dataclass(frozen=True)
class _Score:
    """The study day of a score of the mRS, its source, and whether it means death."""

    day: int | None
    source: str
    is_death: bool


def _contradict(given: list[_Score], export: Export) -> bool:
    outcome, sixes = export.plan.outcome, [score for score in given if score.is_death]
    if len(sixes) != 1 or sixes[0].source != "LOCAL" or (six := sixes[0].day) is None:
        return False

    def is_inside(day: int) -> bool:
        return abs(day - outcome.day) <= outcome.window_days

    living = [s.day for s in given if s.source == "CENTRAL" and not s.is_death]
    return any(
        day > six or (is_inside(day) and is_inside(six)) for day in living if day is not None
    )
