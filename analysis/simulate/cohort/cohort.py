"""The cohort of the demonstration trial, before anything is written into tables."""

from dataclasses import dataclass

import numpy as np

from analysis.config.plan import Plan
from analysis.simulate.arrays import Ints, Times
from analysis.simulate.cohort.allocation import Allocation, allocate
from analysis.simulate.cohort.baseline import Baseline, draw_baseline
from analysis.simulate.cohort.course import Course, draw_causes, draw_course
from analysis.simulate.cohort.outcome import draw_mrs
from analysis.simulate.cohort.procedure import Procedure, draw_procedure
from analysis.simulate.cohort.terms import read_terms
from analysis.simulate.cohort.visits import Visits, draw_visits
from analysis.simulate.randomness.streams import Streams


@dataclass(frozen=True)
class Cohort:
    """Everyone randomised: one entry per subject in every array, in order of SUBJID."""

    allocation: Allocation
    baseline: Baseline
    procedure: Procedure
    course: Course
    cause: Ints  # row of the terms, -1 for survivors
    visits: Visits

    def __len__(self) -> int:
        return len(self.allocation.subjid)

    @property
    def death(self) -> Times:
        """Time of death, none for survivors."""
        return self.course.death(self.allocation.randomised)

    @property
    def death_day(self) -> Ints:
        """Study day of death (SAP 1.1), -1 for survivors."""
        days = self.death.astype("datetime64[D]") - self.allocation.randomised.astype(
            "datetime64[D]"
        )
        return np.where(self.course.dead, days.astype(np.int64), -1)


def draw_cohort(plan: Plan, streams: Streams) -> Cohort:
    """Return the truth of one trial under the settings of ``plan.demo``."""
    allocation = allocate(plan, streams)
    baseline = draw_baseline(plan.demo.n, streams)
    procedure = draw_procedure(allocation, baseline, streams["procedure"])
    mrs = draw_mrs(plan, allocation, baseline, procedure, streams["outcome"])
    course = draw_course(plan, mrs, streams["course"], streams["haemorrhage"])
    return Cohort(
        allocation=allocation,
        baseline=baseline,
        procedure=procedure,
        course=course,
        cause=draw_causes(course, read_terms().fatal, streams["causes"]),
        visits=draw_visits(plan, allocation, course, streams["visits"]),
    )
