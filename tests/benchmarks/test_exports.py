"""Large exports: blocks of subjects with ids of their own, and every stage measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Plan, load_plan
from analysis.io.csv_rows import read_rows
from benchmarks.parts.export import making
from benchmarks.parts.export.measure import GIGABYTE, Stage, go_through
from benchmarks.parts.export.picture import draw_stages
from benchmarks.parts.export.stages import STAGES

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(TOP / "config" / "trial.yaml")


def test_blocks_share_no_identifier(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BLOCK", 50)
    rows = making.write_large_export(plan, tmp_path, 100)
    written = {path.stem: read_rows(path) for path in (tmp_path / "edc").iterdir()}
    assert rows == sum(len(table) - 1 for table in written.values())
    header, *randomised = written["rand"]
    for name in ("SUBJID", "RANDNO"):
        assert len({row[header.index(name)] for row in randomised}) == 100


def test_every_stage_is_measured(plan: Plan, tmp_path: Path) -> None:
    making.write_large_export(plan, tmp_path, 120)
    stages = go_through(tmp_path)
    assert tuple(stages) == STAGES
    assert all(stage.processor >= 0 and stage.wall > 0 for stage in stages.values())


def test_the_picture_has_a_line_for_each_stage(tmp_path: Path) -> None:
    found = {n: {"read": Stage(n / 1e3, n / 1e3, GIGABYTE)} for n in (10, 100, 1000)}
    path = tmp_path / "results" / "exports.svg"
    draw_stages(path, found)
    first = path.read_bytes()
    draw_stages(path, found)
    assert b"<svg" in first
    assert first.count(b"<use") > 2 * len(found)
