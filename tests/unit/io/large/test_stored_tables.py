"""Tables in files: read when they are asked for, and let go with whoever asked."""

from __future__ import annotations

import weakref
from pathlib import Path

import pandas as pd
import pytest

from analysis.io.frames import write_parquet
from analysis.io.large.stored_tables import StoredTables
from analysis.io.not_collected import list_not_collected, mark_not_collected
from analysis.io.result import Allocation


@pytest.fixture
def tables(tmp_path: Path) -> StoredTables:
    paths = {name: tmp_path / f"{name}.parquet" for name in ("dm", "ich")}
    for number, (name, path) in enumerate(paths.items()):
        frame = pd.DataFrame({"SUBJID": ["S1", "S2"], "NUMBER": [number, None]})
        marked = mark_not_collected(frame, {"NUMBER": f"{name}.NUMBER"})
        write_parquet(path, marked, Allocation.REHEARSAL)
    return StoredTables(paths)


def test_a_table_is_as_it_was_written(tables: StoredTables) -> None:
    assert list(tables) == ["dm", "ich"]
    assert tables["ich"].to_dict("list")["SUBJID"] == ["S1", "S2"]
    assert tables["ich"]["NUMBER"].tolist()[0] == 1
    found = {name: list_not_collected(frame) for name, frame in tables.items()}
    assert found == {name: {"NUMBER": f"{name}.NUMBER"} for name in tables}


def test_a_table_is_not_kept(tables: StoredTables) -> None:
    first = tables["dm"]
    seen = weakref.ref(first)
    assert tables["dm"] is not first
    del first
    assert seen() is None


def test_a_table_that_is_not_there_is_none(tables: StoredTables) -> None:
    assert "cm" not in tables
    assert tables.get("cm") is None
    assert len(tables) == 2
