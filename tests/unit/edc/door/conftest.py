"""Tables of a trial of 300 subjects, typed and held against the limits of the shipped plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Plan, load_plan
from analysis.edc.layout import Layout
from analysis.edc.typed import TypedTable, type_table

Cells = Callable[[int], str] | str
Read = Callable[..., TypedTable]
SUBJECTS = tuple(f"{n % 12 + 1:02d}-{n:03d}" for n in range(300))
TOP = Path(__file__).parents[4]


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(TOP / "config" / "trial.yaml")


@pytest.fixture(scope="session")
def read(layout: Layout, plan: Plan) -> Read:
    """Type a table with one row a subject, or ``n`` of them; cells by column, or of a number."""

    def build(name: str, n: int = len(SUBJECTS), **cells: Cells) -> TypedTable:
        table = layout.tables[name]
        made: Mapping[str, Cells] = {"SUBJID": lambda i: SUBJECTS[i], **cells}
        texts = {
            column: [cell(i) if callable(cell) else cell for i in range(n)]
            for column, cell in ((c, made.get(c, "")) for c in table.columns)
        }
        frame = pd.DataFrame(texts, dtype=str)
        subjects = None if name == "rand" else frozenset(SUBJECTS)
        return type_table(name, table, frame, subjects, plan.door)

    return build


def first(n: int, spoilt: str, good: Cells) -> Callable[[int], str]:
    """The first ``n`` cells are spoilt, the others good."""
    return lambda i: spoilt if i < n else good(i) if callable(good) else good
