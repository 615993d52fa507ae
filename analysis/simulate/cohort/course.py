"""Course after randomisation: death, loss to follow-up, haemorrhage, cause of death."""

from dataclasses import dataclass

import numpy as np

from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.plan import Plan
from analysis.simulate.arrays import (
    DAY,
    Flags,
    Floats,
    Ints,
    Texts,
    Times,
    add_minutes,
    blank_where,
    pick_texts,
)
from analysis.simulate.randomness.draws import (
    draw_event,
    draw_level,
    draw_log_logistic,
    draw_same_level,
    draw_weibull,
)

HEIDELBERG = ("1A", "1B", "1C", "2", "3A", "3B", "3C", "3D")
TYPES_SYMPTOMATIC = (0.0, 0.02, 0.13, 0.55, 0.08, 0.09, 0.12, 0.01)
TYPES_SILENT = (0.34, 0.30, 0.12, 0.05, 0.04, 0.04, 0.10, 0.01)
# By mRS at day 90: about 6 % symptomatic, 30 % any.
SYMPTOMATIC = (0.004, 0.010, 0.015, 0.030, 0.060, 0.115, 0.145)
SILENT = (0.14, 0.17, 0.20, 0.24, 0.28, 0.33, 0.32)
FIRST_IMAGING = 1.7 * DAY
IMAGING_HOURS_BEFORE_DEATH = 0.6


@dataclass(frozen=True)
class Course:
    """Follow-up of the subjects, in order of SUBJID; minutes count from randomisation."""

    mrs: Ints  # true mRS at day 90, 6 = dead
    dead: Flags
    death_minutes: Floats  # infinite for survivors
    lost: Flags  # survivors without a day-90 mRS
    withdrew: Flags  # of these: by their own wish
    last_minutes: Floats  # last contact: death, loss, or infinite
    haemorrhage: Flags
    symptomatic: Flags
    haemorrhage_minutes: Floats  # infinite without
    haemorrhage_type: Texts  # "" without

    @property
    def completed(self) -> Flags:
        """Alive and followed to day 90."""
        return ~self.dead & ~self.lost

    def death(self, randomised: Times) -> Times:
        """Time of death, none for survivors."""
        minutes = np.where(self.dead, self.death_minutes, 0)
        return np.where(self.dead, add_minutes(randomised, minutes), np.datetime64("NaT", "m"))


def draw_course(
    plan: Plan, mrs: Ints, rng: np.random.Generator, haemorrhage_rng: np.random.Generator
) -> Course:
    """Return the follow-up that goes with the true mRS: everyone with level 6 dies by day 90."""
    n, dead = len(mrs), mrs == DEATH_SCORE
    last = plan.outcome.day * DAY - 1
    death = np.where(dead, draw_weibull(rng, 22.0 * DAY, 0.75, (240, last), n), np.inf)
    lost = _choose_lost(plan, mrs, dead, rng)
    lost_minutes = np.where(lost, rng.uniform(8 * DAY, 85 * DAY, n), np.inf)
    symptomatic = draw_event(haemorrhage_rng, np.asarray(SYMPTOMATIC)[mrs], n)
    silent = draw_event(haemorrhage_rng, np.asarray(SILENT)[mrs], n) & ~symptomatic
    bleeding = symptomatic | silent
    return Course(
        mrs=mrs,
        dead=dead,
        death_minutes=death,
        lost=lost,
        withdrew=lost & draw_event(rng, 0.3, n),
        last_minutes=np.minimum(death, lost_minutes),
        haemorrhage=bleeding,
        symptomatic=symptomatic,
        haemorrhage_minutes=_draw_bleeding_time(bleeding, death, haemorrhage_rng),
        haemorrhage_type=_draw_type(bleeding, symptomatic, haemorrhage_rng),
    )


def _choose_lost(plan: Plan, mrs: Ints, dead: Flags, rng: np.random.Generator) -> Flags:
    """``demo.missing_outcome`` of the survivors, those without disability rather more often."""
    survivors = np.flatnonzero(~dead)
    count = round(plan.demo.missing_outcome * len(survivors))
    weight = np.exp(-0.12 * mrs[survivors])
    chosen = rng.choice(survivors, count, replace=False, p=weight / weight.sum())
    lost = np.zeros(len(mrs), dtype=bool)
    lost[chosen] = True
    return lost


def _draw_bleeding_time(bleeding: Flags, death: Floats, rng: np.random.Generator) -> Floats:
    """Time of the imaging that shows it: mostly in the first two days, before any death."""
    n = len(bleeding)
    early = draw_log_logistic(rng, 20 * 60, 4, (3 * 60, FIRST_IMAGING), n)
    late = rng.uniform(2.2 * DAY, 7 * DAY, n)
    minutes = np.where(draw_event(rng, 0.93, n), early, late)
    minutes = np.where(minutes < death, minutes, IMAGING_HOURS_BEFORE_DEATH * death)
    return np.where(bleeding, minutes, np.inf)


def _draw_type(bleeding: Flags, symptomatic: Flags, rng: np.random.Generator) -> Texts:
    """Heidelberg class, empty without haemorrhage."""
    level = np.where(
        symptomatic,
        draw_same_level(rng, TYPES_SYMPTOMATIC, len(bleeding)),
        draw_same_level(rng, TYPES_SILENT, len(bleeding)),
    )
    return blank_where(~bleeding, pick_texts(HEIDELBERG, level))


def draw_causes(course: Course, weights: Floats, rng: np.random.Generator) -> Ints:
    """Return the cause of each death as a row of ``weights`` (causes by early, late, bleeding).

    Subjects who live have -1.
    """
    period = np.where(course.symptomatic, 2, np.where(course.death_minutes <= 7 * DAY, 0, 1))
    cause = draw_level(rng, weights.T[period])
    return np.where(course.dead, cause, -1)
