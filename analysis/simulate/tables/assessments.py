"""Assessments after randomisation: the tables ``nihss``, ``mrs`` and ``eq5d``."""

import numpy as np

from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.plan import Plan
from analysis.simulate.arrays import (
    DAY,
    Columns,
    Flags,
    Floats,
    Texts,
    Times,
    add_minutes,
    at_clock,
    pick_texts,
    to_texts,
    write_date,
    write_moment,
    write_whole,
)
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.randomness.draws import draw_event, draw_same_level
from analysis.simulate.tables.columns import keep_rows, stack_rows

# NIHSS as a share of the baseline, by mRS at day 90.
SHARE_H24 = (0.28, 0.42, 0.58, 0.75, 0.95, 1.12, 1.25)
SHARE_D7 = (0.10, 0.22, 0.42, 0.63, 0.90, 1.15, 1.30)
NIHSS_MISSING = 0.02
EQ5D_MISSING = 0.03
EQ5D_ITEMS = ("EQMO", "EQSC", "EQUA", "EQPD", "EQAD")
# Mean level above "no problems" of each item at mRS 0 to 5.
EQ5D_MEAN = (
    (0.05, 0.25, 0.7, 1.6, 2.9, 3.8),
    (0.02, 0.10, 0.5, 1.3, 2.8, 3.85),
    (0.05, 0.35, 0.9, 1.8, 3.0, 3.85),
    (0.20, 0.40, 0.6, 0.9, 1.2, 1.50),
    (0.20, 0.40, 0.6, 0.9, 1.2, 1.60),
)


def build_nihss(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``nihss``: 24 hours and day 7 of those alive and in the study."""
    n, randomised = len(cohort), cohort.allocation.randomised
    h24 = add_minutes(randomised, rng.integers(22 * 60, 26 * 60, n))
    week = at_clock(randomised, 7 + rng.integers(-1, 2, n), 8 * 60 + rng.integers(0, 480, n))
    parts = [
        _build_nihss_visit(cohort, "H24", h24, SHARE_H24, rng),
        _build_nihss_visit(cohort, "D7", week, SHARE_D7, rng),
    ]
    return stack_rows(parts)


def _build_nihss_visit(
    cohort: Cohort, visit: str, when: Times, share: tuple[float, ...], rng: np.random.Generator
) -> Columns:
    n = len(cohort)
    mean = np.asarray(share)[cohort.course.mrs] * cohort.baseline.nihss
    score = np.clip(np.round(mean + rng.normal(0, 2.0, n)), 0, 42).astype(np.int64)
    part: Columns = {
        "SUBJID": cohort.allocation.subjid,
        "VISIT": to_texts([visit] * n),
        "NIHDTC": write_moment(when),
        "NIHSS": write_whole(score),
    }
    return keep_rows(part, _still_in(cohort, when) & draw_event(rng, 1 - NIHSS_MISSING, n))


def _still_in(cohort: Cohort, when: Times) -> Flags:
    """Alive and not lost at that time."""
    elapsed = (when - cohort.allocation.randomised).astype(np.int64)
    return np.asarray(elapsed < cohort.course.last_minutes)


def build_mrs(plan: Plan, cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``mrs``: day 30 at the site, day 90 at the site and by the core laboratory.

    The dead have level 6 at the visits that they did not live to see, dated at death or, for some
    of day 90, at the day of the visit.
    """
    visits, course = cohort.visits, cohort.course
    early = course.dead & (course.death_minutes < 30 * DAY)
    dated_at_visit = draw_event(rng, 0.35, len(cohort))
    death = cohort.death
    local = np.where(course.dead & ~dated_at_visit, death, visits.local_date)
    central = np.where(course.dead & ~dated_at_visit, death, visits.central_date)
    score = {
        "month": np.where(early, DEATH_SCORE, visits.month_score),
        "local": np.where(course.dead, DEATH_SCORE, visits.local_score),
        "central": np.where(course.dead, DEATH_SCORE, visits.central_score),
    }
    month = np.where(early, death, visits.month_date)
    seen = course.completed | course.dead
    parts = [
        keep_rows(
            _write_readings(cohort, "D30", "LOCAL", month, score["month"], rng),
            (visits.month_seen & ~early) | early,
        ),
        keep_rows(
            _write_readings(cohort, "D90", "CENTRAL", central, score["central"], rng),
            seen & visits.central_seen,
        ),
        keep_rows(_write_readings(cohort, "D90", "LOCAL", local, score["local"], rng), seen),
    ]
    return stack_rows(parts)


def _write_readings(
    cohort: Cohort,
    visit: str,
    source: str,
    when: Times,
    score: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    rng: np.random.Generator,
) -> Columns:
    n = len(cohort)
    shares = (0.0, 0.7, 0.3) if source == "CENTRAL" else (0.62, 0.33, 0.05)
    return {
        "SUBJID": cohort.allocation.subjid,
        "VISIT": to_texts([visit] * n),
        "MRSDTC": write_date(when),
        "MRSSRC": to_texts([source] * n),
        "MRSMODE": pick_texts(("CLINIC", "PHONE", "VIDEO"), draw_same_level(rng, shares, n)),
        "MRS": write_whole(score),
    }


def build_eq5d(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``eq5d``: survivors at their day-90 visit, items in line with the mRS."""
    n = len(cohort)
    mrs = np.minimum(cohort.course.mrs, 5)
    items = {
        name: _draw_item(rng, np.asarray(mean)[mrs])
        for name, mean in zip(EQ5D_ITEMS, EQ5D_MEAN, strict=True)
    }
    vas = np.clip(np.round(90 - 12.5 * mrs + rng.normal(0, 9, n)), 0, 100).astype(np.int64)
    table: Columns = {
        "SUBJID": cohort.allocation.subjid,
        "VISIT": to_texts(["D90"] * n),
        "EQDTC": write_date(cohort.visits.local_date),
        **items,
        "EQVAS": write_whole(vas),
    }
    return keep_rows(table, cohort.course.completed & draw_event(rng, 1 - EQ5D_MISSING, n))


def _draw_item(rng: np.random.Generator, mean: Floats) -> Texts:
    """Levels 1 to 5 around a mean number of steps above 1."""
    return write_whole(1 + rng.binomial(4, mean / 4))
