"""Study drug: the table ``ex``, one row per planned dose."""

import numpy as np

from analysis.config.plan import Plan
from analysis.simulate.arrays import (
    Columns,
    Floats,
    Ints,
    Texts,
    Times,
    add_minutes,
    at_clock,
    blank_where,
    to_texts,
    write_decimal,
    write_moment,
    write_whole,
)
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.randomness.draws import draw_event, draw_same_level
from analysis.simulate.tables.columns import keep_rows, stack_rows

DIED = "受试者死亡"
KIT_DAMAGED = "药盒破损，更换药盒"
REPLACED_KIT = 0.01
# How a dose that was no longer due is written: dose 0, dose empty, no row.
ZERO, EMPTY, NO_ROW = range(3)


def build_ex(plan: Plan, cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``ex``: every dose as planned until death."""
    written = draw_same_level(rng, (0.5, 0.25, 0.25), len(cohort))
    parts = [_build_dose(plan, cohort, 0, written, cohort.allocation.kitno, rng)]
    kits = _replace_kits(cohort, rng)
    parts += [_build_dose(plan, cohort, day, written, kits, rng) for day in plan.dosing.iv_days]
    return stack_rows(parts)


def _build_dose(
    plan: Plan, cohort: Cohort, day: int, written: Ints, kits: Texts, rng: np.random.Generator
) -> Columns:
    """The rows of one planned dose."""
    n = len(cohort)
    given_at = _draw_start(cohort, day, rng)
    planned = write_decimal(_planned_mg(plan, cohort, day))
    stopped = cohort.course.dead & ~(given_at < cohort.death)
    dose = np.where(stopped, np.where(written == ZERO, "0", ""), planned).astype(object)
    remark = np.where(kits == cohort.allocation.kitno, "", KIT_DAMAGED)
    part: Columns = {
        "SUBJID": cohort.allocation.subjid,
        "EXSEQ": to_texts([str(day + 1)] * n),
        "EXROUTE": to_texts(["IA" if day == 0 else "IV"] * n),
        "EXDAY": write_whole(np.full(n, day)),
        "EXSTDTC": blank_where(stopped, write_moment(given_at)),
        "EXPDOSE": planned,
        "EXDOSE": dose,
        "EXKIT": blank_where(stopped, kits),
        "EXREAS": np.where(stopped, DIED, remark).astype(object),
    }
    return keep_rows(part, ~(stopped & (written == NO_ROW)))


def _draw_start(cohort: Cohort, day: int, rng: np.random.Generator) -> Times:
    """Day 0 within a quarter of an hour, else in the morning."""
    n, randomised = len(cohort), cohort.allocation.randomised
    if day == 0:
        return add_minutes(randomised, rng.integers(2, 16, n))
    return at_clock(randomised, day, 8 * 60 + rng.integers(0, 150, n))


def _planned_mg(plan: Plan, cohort: Cohort, day: int) -> Floats:
    """Dose planned, mg."""
    if day == 0:
        return np.full(len(cohort), plan.dosing.ia_mg)
    return plan.dosing.iv_mg_per_kg * cohort.baseline.weight


def _replace_kits(cohort: Cohort, rng: np.random.Generator) -> Texts:
    """The kit of the intravenous doses: rarely a spare one of the same arm (the last spares)."""
    kits = cohort.allocation.kitno.copy()
    spare = {arm: list(numbers) for arm, numbers in cohort.allocation.spare_kits.items()}
    for subject in np.flatnonzero(draw_event(rng, REPLACED_KIT, len(cohort))):
        kits[subject] = spare[bool(cohort.allocation.treated[subject])].pop()
    return kits
