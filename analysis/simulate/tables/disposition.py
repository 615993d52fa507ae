"""Disposition and deaths: the tables ``ds`` and ``dd``."""

import numpy as np

from analysis.simulate.arrays import Columns, add_minutes, write_date
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.cohort.terms import read_terms
from analysis.simulate.tables.columns import keep_rows


def build_ds(cohort: Cohort) -> Columns:
    """Return the table ``ds``: one row per subject, dated at the last contact."""
    course, allocation = cohort.course, cohort.allocation
    left = add_minutes(allocation.randomised, np.where(course.lost, course.last_minutes, 0))
    last = np.where(course.lost, left, cohort.visits.local_date)
    decision = np.select(
        [course.dead, course.withdrew, course.lost],
        ["DEATH", "WITHDRAWAL BY SUBJECT", "LOST TO FOLLOW-UP"],
        "COMPLETED",
    )
    return {
        "SUBJID": allocation.subjid,
        "DSDECOD": decision.astype(object),
        "DSSTDTC": write_date(np.where(course.dead, cohort.death, last)),
    }


def build_dd(cohort: Cohort) -> Columns:
    """Return the table ``dd``: one row per death."""
    table: Columns = {
        "SUBJID": cohort.allocation.subjid,
        "DTHDTC": write_date(cohort.death),
        "DTHCAUS": read_terms().cause[cohort.cause],
    }
    return keep_rows(table, cohort.course.dead)
