"""Planting of the faults, and which fault goes to which subject."""

from dataclasses import dataclass

import numpy as np

from analysis.config.plan import Plan
from analysis.simulate.arrays import Flags
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.faults.draft import Draft
from analysis.simulate.faults.kinds import (
    bleeding,
    cells,
    dates,
    deaths,
    exclusion,
    inclusion,
    rows,
    scores,
    study_drug,
)
from analysis.simulate.faults.ledger import Entry
from analysis.simulate.faults.registry import Fault
from analysis.simulate.faults.scene import Scene
from analysis.simulate.randomness.streams import Streams

FAULTS: tuple[Fault, ...] = (
    *inclusion.FAULTS,
    *exclusion.FAULTS,
    *study_drug.FAULTS,
    *scores.FAULTS,
    *deaths.FAULTS,
    *bleeding.FAULTS,
    *cells.FAULTS,
    *rows.FAULTS,
    *dates.FAULTS,
)


def plant_faults(plan: Plan, cohort: Cohort, draft: Draft, streams: Streams) -> list[Entry]:
    """Plant every fault on its subjects, note the missing outcomes, and return the ledger.

    Each fault gets ``max(1, round(demo.fault_rate * n))`` subjects (times its share), none of them
    with another fault as long as there are such subjects, and never two that touch the same part
    of the record. In a trial too small for all of them a fault gets fewer subjects or none. With
    ``demo.fault_rate`` 0 nothing is planted; missing outcomes follow ``demo.missing_outcome``.
    """
    entries: list[Entry] = []
    scene = Scene(plan, cohort, draft, entries, streams["fault_values"])
    for subject in np.flatnonzero(cohort.course.lost).tolist():
        _note_missing_outcome(scene.at("missing_outcome", subject))
    if plan.demo.fault_rate > 0:
        for fault, subject in _assign_subjects(plan, cohort, draft, streams["fault_subjects"]):
            fault.plant(scene.at(fault.name, subject))
    return entries


def _note_missing_outcome(scene: Scene) -> None:
    detail = scene.cells("ds")["DSDECOD"].lower()
    scene.reason("mrs", "MRS", "NOMRS", detail)
    scene.score("", detail)


@dataclass
class _Candidates:
    """The subjects a fault may still go to."""

    eligible: list[Flags]
    touched: dict[str, Flags]  # by topic
    taken: Flags  # with any fault

    def choose(self, number: int, fault: Fault, rng: np.random.Generator) -> int | None:
        """A subject without a fault, else one whose faults touch something else, else None."""
        open_to = self.eligible[number].copy()
        for topic in fault.topics:
            open_to &= ~self.touched[topic]
        untouched = np.flatnonzero(open_to & ~self.taken)
        choices = untouched if len(untouched) else np.flatnonzero(open_to)
        if not len(choices):
            return None
        subject = int(rng.choice(choices))
        self.taken[subject] = True
        for topic in fault.topics:
            self.touched[topic][subject] = True
        return subject


def _assign_subjects(
    plan: Plan, cohort: Cohort, draft: Draft, rng: np.random.Generator
) -> list[tuple[Fault, int]]:
    """One subject for every fault, the choosiest fault first, then a second, and so on."""
    n = len(cohort)
    counts = [1 if f.single else max(1, round(plan.demo.fault_rate * f.share * n)) for f in FAULTS]
    topics = frozenset().union(*(fault.topics for fault in FAULTS))
    candidates = _Candidates(
        eligible=[fault.eligible(cohort, draft) for fault in FAULTS],
        touched={topic: np.zeros(n, dtype=bool) for topic in topics},
        taken=cohort.course.lost.copy(),
    )
    order = sorted(range(len(FAULTS)), key=lambda number: int(candidates.eligible[number].sum()))
    chosen: list[tuple[int, int]] = []
    for turn in range(max(counts)):
        for number in (number for number in order if turn < counts[number]):
            subject = candidates.choose(number, FAULTS[number], rng)
            if subject is not None:
                chosen.append((number, subject))
    return [(FAULTS[number], subject) for number, subject in sorted(chosen)]
