"""Every shape has the same bytes each time, and says exactly what it cannot carry."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.simulate.exports.__main__ import main
from analysis.simulate.exports.shapes import SHAPES, write_shape
from tests.unit.simulate.conftest import CONFIG
from tests.unit.simulate.exports.conftest import WriteShape


def hash_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def count_cells(table: pd.DataFrame) -> int:
    """Cells with a text."""
    return int((table != "").sum().sum())


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_same_tables_give_the_same_bytes(
    shape: str, written: WriteShape, small: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    folder, _ = written(shape)
    write_shape(shape, small, tmp_path)
    assert hash_files(folder) == hash_files(tmp_path) != {}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_losses_are_what_the_carried_tables_lack(
    shape: str, written: WriteShape, small: dict[str, pd.DataFrame]
) -> None:
    _, carrier = written(shape)
    for name, table in small.items():
        of_table = [loss for loss in carrier.losses if loss.table == name]
        rows_lost = sum(loss.cells for loss in of_table if not loss.column)
        kept = carrier.tables[name]
        assert count_cells(table) - count_cells(kept) == rows_lost
        if not rows_lost:
            differing = (table.reset_index(drop=True) != kept).sum()
            assert {c: int(n) for c, n in differing.items() if n} == {
                loss.column: loss.cells for loss in of_table
            }


def test_the_given_tables_are_not_changed(small: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    before = {name: table.copy() for name, table in small.items()}
    write_shape("chinese_hospital", small, tmp_path)
    for name, table in small.items():
        pd.testing.assert_frame_equal(table, before[name])


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_each_shape_has_a_mapping(shape: str) -> None:
    assert (CONFIG / "exports" / f"{shape}.yaml").is_file()


def test_the_command_writes_a_folder_and_says_what_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = str(CONFIG / "trial.yaml")
    main(["chinese_hospital", str(tmp_path / "out"), "--n", "40", "--plan", plan])
    said = capsys.readouterr().out
    assert said.startswith(f"{tmp_path / 'out'}: written as chinese_hospital\n")
    assert "dm.SEX: 1 cell(s): the text means something else in this system" in said
    assert (tmp_path / "out" / "xlsx").is_dir()


def test_a_shape_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["lotus", str(tmp_path)])
    assert "invalid choice" in capsys.readouterr().err
