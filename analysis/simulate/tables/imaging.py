"""Follow-up imaging: the table ``ich``."""

import numpy as np

from analysis.simulate.arrays import (
    DAY,
    Columns,
    Flags,
    Floats,
    add_minutes,
    to_texts,
    write_moment,
    write_yes_no,
)
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.randomness.draws import draw_event
from analysis.simulate.tables.columns import keep_rows, stack_rows

ROUTINE_DONE = 0.97
REPEATED = 0.35


def build_ich(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``ich``: one scan that shows the haemorrhage, or a routine one at 24 h.

    A third have a second scan between day 2 and day 6; it shows what the first showed.
    """
    n, course = len(cohort), cohort.course
    routine = rng.uniform(17 * 60, 34 * 60, n)
    first = np.where(course.haemorrhage, course.haemorrhage_minutes, routine)
    done = course.haemorrhage | ((first < course.last_minutes) & draw_event(rng, ROUTINE_DONE, n))
    again = first + rng.uniform(1.2 * DAY, 4.5 * DAY, n)
    repeated = done & draw_event(rng, REPEATED, n) & (again < course.last_minutes)
    return stack_rows([_write_scans(cohort, first, done), _write_scans(cohort, again, repeated)])


def _write_scans(cohort: Cohort, minutes: Floats, done: Flags) -> Columns:
    """The rows of one scan."""
    course, n = cohort.course, len(cohort)
    types = np.where(course.haemorrhage, course.haemorrhage_type, to_texts(["NONE"] * n))
    table: Columns = {
        "SUBJID": cohort.allocation.subjid,
        "ICHDTC": write_moment(add_minutes(cohort.allocation.randomised, minutes)),
        "ICHTYPE": types.astype(object),
        "SICH": write_yes_no(course.symptomatic),
    }
    return keep_rows(table, done)
