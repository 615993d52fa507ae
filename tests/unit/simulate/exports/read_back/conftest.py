"""The demonstration trial with many faults and texts that are hard to carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import load_plan
from analysis.edc.layout import Layout, load_layout
from analysis.simulate import simulate_trial
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.shapes import write_shape
from tests.unit.simulate.exports.read_back.reading import TOP, Reader, Tables

HARD_TEXTS = (
    "a, b",
    'he said "no"',
    "two\nlines",
    "one; two",
    "it's = 1",
    "100% & <5>",
    "头痛、呕吐",
)
FAULTS = 0.03
SUBJECTS = 60


@dataclass(frozen=True)
class Shaped:
    """A shape on disk, what it carries, and how it is read."""

    folder: Path
    carrier: Carrier
    reader: Reader

    def require_read_back(self, part: str = "") -> None:
        """Every cell comes back through the mapping, as text and typed."""
        folder = self.folder / part
        assert self.reader.compare_texts(folder, self.carrier.tables) == []
        assert self.reader.compare_typed(folder, self.carrier.tables) == []

    @property
    def lost(self) -> set[tuple[str, str]]:
        """Table and column of what the shape cannot carry."""
        return {(loss.table, loss.column) for loss in self.carrier.losses}


MakeShape = Callable[[str], Shaped]


@pytest.fixture(scope="session")
def layout() -> Layout:
    return load_layout()


@pytest.fixture(scope="session")
def tables() -> Tables:
    plan = load_plan(TOP / "config" / "trial.yaml")
    demo = plan.demo.model_copy(update={"n": SUBJECTS, "fault_rate": FAULTS})
    given = simulate_trial(plan.model_copy(update={"demo": demo})).tables
    events = given["ae"].reset_index(drop=True)
    events.loc[range(len(HARD_TEXTS)), "AETERM"] = list(HARD_TEXTS)
    return {**given, "ae": events}


@pytest.fixture(scope="session")
def make_shape(
    tables: dict[str, pd.DataFrame], layout: Layout, tmp_path_factory: pytest.TempPathFactory
) -> MakeShape:
    def make(shape: str) -> Shaped:
        folder = tmp_path_factory.mktemp(shape)
        carrier = write_shape(shape, tables, folder / "export")
        reader = Reader.of(shape, layout, folder / "layout")
        return Shaped(folder / "export", carrier, reader)

    return make
