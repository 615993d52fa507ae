"""Visits: when the subjects were seen, and the readings of the mRS."""

from dataclasses import dataclass

import numpy as np

from analysis.config.plan import Plan
from analysis.simulate.arrays import DAY, Flags, Ints, Times, at_clock
from analysis.simulate.cohort.allocation import Allocation
from analysis.simulate.cohort.course import Course
from analysis.simulate.randomness.draws import draw_event, draw_same_level

READINGS_DIFFER = 0.10
CENTRAL_ABSENT = 0.03
EDGE_DAYS = 1  # the generated visits stay this far inside the window


@dataclass(frozen=True)
class Visits:
    """Visits of the subjects, in order of SUBJID; a date stands also where no visit took place."""

    month_seen: Flags  # the day-30 visit took place
    month_date: Times
    month_score: Ints
    local_date: Times  # day-90 visit at the site
    local_score: Ints
    central_seen: Flags  # the core laboratory has a reading
    central_date: Times
    central_score: Ints


def draw_visits(
    plan: Plan, allocation: Allocation, course: Course, rng: np.random.Generator
) -> Visits:
    """Return the visits of those who come: all inside the window of day 90."""
    n = len(course.mrs)
    nominal, margin = plan.outcome.day, plan.outcome.window_days - EDGE_DAYS
    local = nominal + np.clip(np.round(rng.normal(1.5, 3.5, n)), -margin, margin)
    central = np.clip(local + rng.integers(-3, 4, n), nominal - margin, nominal + margin)
    month = 30 + np.clip(np.round(rng.normal(0.5, 2.5, n)), -7, 7)
    return Visits(
        month_seen=draw_event(rng, 0.985, n) & (month * DAY < course.last_minutes - DAY),
        month_date=at_clock(allocation.randomised, month, 0),
        month_score=_clip_alive(course.mrs + _draw_recovery(rng, n)),
        local_date=at_clock(allocation.randomised, local, 0),
        local_score=_draw_reading(rng, course.mrs),
        central_seen=draw_event(rng, 1 - CENTRAL_ABSENT, n),
        central_date=at_clock(allocation.randomised, central, 0),
        central_score=_clip_alive(course.mrs),
    )


def _draw_recovery(rng: np.random.Generator, n: int) -> Ints:
    """Levels of the mRS gained between day 30 and day 90."""
    return draw_same_level(rng, (0.06, 0.53, 0.34, 0.07), n) - 1


def _draw_reading(rng: np.random.Generator, mrs: Ints) -> Ints:
    """The site's reading: mostly that of the core laboratory, else one level off."""
    off = np.where(draw_event(rng, READINGS_DIFFER, len(mrs)), rng.choice([-1, 1], len(mrs)), 0)
    return _clip_alive(mrs + off)


def _clip_alive(scores: Ints) -> Ints:
    """Scores of the living: 0 to 5."""
    return np.clip(scores, 0, 5)
