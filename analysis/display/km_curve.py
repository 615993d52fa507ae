"""The curve of one arm: deaths by day from the Kaplan-Meier estimates, and who is at risk."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard

ANALYSIS = "death_km"


@dataclass(frozen=True)
class Curve:
    """``dead``: 1 less the survival estimate, by day; empty for an arm without subjects.

    ``at_risk``: subjects at risk on each day. ``censored``: days on which somebody was censored.
    """

    arm: Arm
    dead: tuple[float, ...]
    at_risk: tuple[float, ...]
    censored: tuple[int, ...]


def read_curves(ard: Ard, plan: Plan) -> tuple[Curve, Curve]:
    """Return the curves of treatment and reference; raises AnalysisError if a day is absent."""
    return _read_curve(ard, plan, plan.arms.treatment), _read_curve(ard, plan, plan.arms.reference)


def _read_curve(ard: Ard, plan: Plan, arm: Arm) -> Curve:
    days = range(plan.safety.death_day + 1)
    alive = [ard.number(ANALYSIS, "estimate", "SAF", arm.code, str(day)) for day in days]
    at_risk = [ard.require(ANALYSIS, "n_risk", "SAF", arm.code, str(day)) for day in days]
    known = [value for value in alive if value is not None]
    if len(known) < len(alive):
        return Curve(arm, (), tuple(at_risk), ())
    return Curve(arm, tuple(1 - value for value in known), tuple(at_risk),
                 _find_censored(known, at_risk))  # fmt: skip


def _find_censored(alive: list[float], at_risk: list[float]) -> tuple[int, ...]:
    """The days that more leave the risk set than die on, the last day apart.

    The share that dies on a day is the fall of the curve there.
    """
    falls = [1 - alive[0], *(1 - after / before if before else 0.0
                             for before, after in pairwise(alive))]  # fmt: skip
    return tuple(
        day
        for day, (now, later) in enumerate(pairwise(at_risk))
        if round(now - later - falls[day] * now) > 0
    )
