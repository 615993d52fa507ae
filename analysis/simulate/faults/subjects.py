"""Subjects on which a fault can be planted."""

import numpy as np

from analysis.simulate.arrays import DAY, Flags
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.faults.draft import Draft
from analysis.simulate.faults.registry import Eligible


def anyone(cohort: Cohort, draft: Draft) -> Flags:
    """Everyone: the fault does not touch the subject's own rows."""
    return np.ones(len(cohort), dtype=bool)


def followed(cohort: Cohort, draft: Draft) -> Flags:
    """Whoever died or came to day 90."""
    return ~cohort.course.lost


def assessed(cohort: Cohort, draft: Draft) -> Flags:
    """Alive at day 90, with a central and a local reading."""
    seen: Flags = cohort.course.completed & cohort.visits.central_seen
    return seen


def assessed_holding(table: str, **where: str) -> Eligible:
    """Assessed, with a row whose cells are as given."""

    def eligible(cohort: Cohort, draft: Draft) -> Flags:
        holders = draft.holders(table, **where)
        is_holder = np.array([subjid in holders for subjid in cohort.allocation.subjid.tolist()])
        both: Flags = assessed(cohort, draft) & is_holder
        return both

    return eligible


def disabled(cohort: Cohort, draft: Draft) -> Flags:
    """Assessed, with mRS 4 or 5: may well die soon after day 90."""
    return assessed(cohort, draft) & (cohort.course.mrs >= 4)


def died(cohort: Cohort, draft: Draft) -> Flags:
    """Died between day 20 and day 70."""
    return cohort.course.dead & (cohort.death_day >= 20) & (cohort.death_day <= 70)


def died_at_once(cohort: Cohort, draft: Draft) -> Flags:
    """Died while doses were still planned."""
    return cohort.course.dead & (cohort.death_day <= 2)


def given_all_doses(cohort: Cohort, draft: Draft) -> Flags:
    """All doses given as planned."""
    return followed(cohort, draft) & (cohort.course.last_minutes > 6 * DAY)


def bled_with_symptoms(cohort: Cohort, draft: Draft) -> Flags:
    """Symptomatic haemorrhage."""
    return followed(cohort, draft) & cohort.course.symptomatic


def arrived_late(cohort: Cohort, draft: Draft) -> Flags:
    """Last known well long before the puncture, which may then be moved back."""
    return followed(cohort, draft) & (cohort.baseline.lkw_minutes > 6 * 60)
