"""One mutant of a shape, from its seed to the verdict."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cached_property

from tests.properties.mutated_shapes.mutant import Mutant
from tests.properties.mutated_shapes.mutate import mutate
from tests.properties.mutated_shapes.oracle.case import Case, Outcome
from tests.properties.mutated_shapes.oracle.judge import judge
from tests.properties.mutated_shapes.shape import Shape

BLINDED = 0.2
"""Share of the mutants that are read blinded, which takes longer."""
LONGEST = 20_000
"""Characters of a message that a person still reads."""
NO_WORDS = re.compile(r"Traceback|object at 0x|[\x00-\x08\x0b-\x1f]|<class '")


@dataclass(frozen=True)
class Verdict:
    """How a mutant ended: ``same``, ``stopped``, ``told``; and its faults."""

    said: str
    end: str
    faults: tuple[str, ...]
    message: str = ""


@dataclass(frozen=True)
class Trial:
    """A shape, and what reading it gives, blinded and with lists."""

    shape: Shape

    @cached_property
    def masked(self) -> Outcome:
        return self._read(blinded=True)

    @cached_property
    def with_lists(self) -> Outcome:
        return self._read(blinded=False)

    def _read(self, *, blinded: bool) -> Outcome:
        shape = self.shape
        outcome, _ = shape.read(shape.files, shape.mapping, blinded=blinded)
        assert not outcome.message, f"{shape.name}: {outcome.message}"
        return outcome

    def run(self, seed: int) -> Verdict:
        """Make, read and judge one mutant; an exception has its words as a note."""
        rng = random.Random(f"{self.shape.name} {seed}")
        mutant, blinded = mutate(rng, self.shape), rng.random() < BLINDED
        try:
            return self.judge(mutant, blinded=blinded)
        except Exception as error:
            error.add_note(f"{self.shape.name} {seed}: {mutant.said}")
            raise

    def judge(self, mutant: Mutant, *, blinded: bool) -> Verdict:
        before = self.masked if blinded else self.with_lists
        after, mapping = self.shape.read(mutant.files, mutant.mapping, blinded=blinded)
        if mapping is None or after.message:
            return Verdict(
                mutant.said, "stopped", tuple(check_message(after.message)), after.message
            )
        case = Case(mutant, mapping, self.shape.layout, before, after)
        faults = tuple(judge(case))
        end = "told" if case.differences or case.told else "same"
        return Verdict(mutant.said, end, faults)


def check_message(message: str) -> list[str]:
    """What a message lacks to be one for people."""
    faults = []
    if NO_WORDS.search(message):
        faults.append(f"no message for people: {message[:300]!r}")
    if len(message) > LONGEST:
        faults.append(f"a message of {len(message)} characters: {message[:200]!r}")
    return faults
