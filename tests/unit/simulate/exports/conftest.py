"""A small demonstration trial, and its shapes on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.simulate import simulate_trial
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.shapes import write_shape
from tests.unit.simulate.conftest import DemoPlan

Written = tuple[Path, Carrier]
WriteShape = Callable[[str], Written]


@pytest.fixture(scope="session")
def small(demo_plan: DemoPlan) -> dict[str, pd.DataFrame]:
    return simulate_trial(demo_plan(n=40, fault_rate=0.03)).tables


@pytest.fixture(scope="session")
def written(small: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> WriteShape:
    """A shape, written once for all tests."""
    made: dict[str, Written] = {}

    def write(shape: str) -> Written:
        if shape not in made:
            folder = tmp_path_factory.mktemp(shape)
            made[shape] = folder, write_shape(shape, small, folder)
        return made[shape]

    return write


def read_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> pd.DataFrame:
    """A CSV as text, empty cells as empty texts."""
    return pd.read_csv(path, sep=delimiter, dtype=str, keep_default_na=False, encoding=encoding)
