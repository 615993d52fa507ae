"""Registry of faults: what a fault is, and how the functions that plant one are registered.

Each registered function plants the fault that it is named after and writes its consequences into
the ledger; the details in the ledger say the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from analysis.simulate.arrays import Flags
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.faults.draft import Draft
from analysis.simulate.faults.scene import Scene

Eligible: TypeAlias = Callable[[Cohort, Draft], Flags]


class Plant(Protocol):
    """Plants one fault on the subject of the scene and writes the ledger."""

    __name__: str

    def __call__(self, scene: Scene) -> None: ...


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    ``topics`` are the parts of the record it touches: two faults of one subject share none.
    ``share`` multiplies ``demo.fault_rate``; a fault that is ``single`` is planted once.
    """

    name: str
    topics: frozenset[str]
    eligible: Eligible
    plant: Plant
    share: float = 1.0
    single: bool = False


@dataclass
class Faults:
    """The faults of one module, in the order in which they are defined."""

    members: list[Fault] = field(default_factory=list)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.members)

    def register(
        self, topics: str, eligible: Eligible, share: float = 1.0, single: bool = False
    ) -> Callable[[Plant], Plant]:
        """Register the decorated function as a fault of its own name; topics are words."""

        def keep(plant: Plant) -> Plant:
            words = frozenset(topics.split())
            self.members.append(Fault(plant.__name__, words, eligible, plant, share, single))
            return plant

        return keep
