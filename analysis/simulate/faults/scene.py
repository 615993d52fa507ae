"""The scene in which a fault is planted: one subject, the tables, the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.plan import Plan
from analysis.edc.queries import Rule
from analysis.simulate.arrays import add_minutes, at_clock
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.faults.draft import Draft
from analysis.simulate.faults.ledger import Entry, expect_mrs, expect_query, expect_reason


@dataclass(frozen=True)
class Scene:
    """One subject, the tables, and the ledger, for the function that plants a fault."""

    plan: Plan
    cohort: Cohort
    draft: Draft
    entries: list[Entry]
    rng: np.random.Generator
    fault: str = ""
    subject: int = -1

    def at(self, fault: str, subject: int) -> Scene:
        """Return the scene for this fault and this subject."""
        return replace(self, fault=fault, subject=subject)

    @property
    def subjid(self) -> str:
        """The subject's id."""
        return str(self.cohort.allocation.subjid[self.subject])

    def date(self, day: int) -> str:
        """The calendar date of a study day."""
        randomised = self.cohort.allocation.randomised[[self.subject]]
        return str(at_clock(randomised, day, 0).astype("datetime64[D]")[0])

    def moment(self, minutes: float) -> str:
        """The time so many minutes after randomisation."""
        randomised = self.cohort.allocation.randomised[[self.subject]]
        return str(add_minutes(randomised, np.array([minutes]))[0])

    def pick(self, *choices: str) -> str:
        """One of the texts, at random."""
        return choices[int(self.rng.integers(len(choices)))]

    def whole(self, low: int, high: int) -> int:
        """A random whole number, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def rows(self, table: str, **where: str) -> list[int]:
        """The subject's rows whose cells are as given."""
        return self.draft.rows(table, self.subjid, **where)

    def cells(self, table: str, **where: str) -> dict[str, str]:
        """The first of the subject's rows whose cells are as given."""
        return self.draft.cells(table, self.rows(table, **where)[0])

    def put(self, table: str, column: str, text: str, **where: str) -> None:
        """Write a cell in all of the subject's rows whose cells are as given."""
        for row in self.rows(table, **where):
            self.draft.put(table, row, column, text)

    def put_first(self, table: str, column: str, text: str, **where: str) -> None:
        """Write a cell in the first of the subject's rows whose cells are as given."""
        self.draft.put(table, self.rows(table, **where)[0], column, text)

    def drop(self, table: str, **where: str) -> None:
        """Leave out all of the subject's rows whose cells are as given."""
        for row in self.rows(table, **where):
            self.draft.drop(table, row)

    def add(self, table: str, **cells: str) -> None:
        """Add a row behind the subject's last row."""
        rows = self.rows(table)
        self.draft.add(table, {"SUBJID": self.subjid, **cells}, rows[-1] if rows else -1)

    def next_number(self, table: str) -> str:
        """The sequence number of a further row."""
        return str(len(self.rows(table)) + 1)

    def repeat(self, table: str, where: dict[str, str], **changes: str) -> None:
        """Add the first row whose cells are as given once more, with changes."""
        row = self.rows(table, **where)[0]
        self.draft.add(table, {**self.draft.cells(table, row), **changes}, row)

    def score_written(self) -> str:
        """The day-90 mRS that the subject's rows give as they stand: central before local."""
        if self.cohort.course.dead[self.subject]:
            return str(DEATH_SCORE)
        readings = [self.rows("mrs", VISIT="D90", MRSSRC=source) for source in ("CENTRAL", "LOCAL")]
        first = next(rows[0] for rows in readings if rows)
        return self.draft.cells("mrs", first)["MRS"]

    def query(self, table: str, column: str, rule: Rule, detail: str) -> None:
        """Expect a data query about the subject."""
        self.note(self.subjid, table, column, expect_query(rule), detail)

    def reason(self, table: str, column: str, code: str, detail: str) -> None:
        """Expect a per-protocol reason."""
        self.note(self.subjid, table, column, expect_reason(code), detail)

    def score(self, score: str, detail: str) -> None:
        """Expect this day-90 mRS ("" for none)."""
        self.note(self.subjid, "mrs", "MRS", expect_mrs(score), detail)

    def note(self, subjid: str, table: str, column: str, expect: str, detail: str) -> None:
        """Write one row of the ledger."""
        self.entries.append(Entry(self.fault, subjid, table, column, expect, detail))
