"""The files of an export as the search reads them: small ones are kept, others read again."""

from __future__ import annotations

import weakref
from pathlib import Path

import pandas as pd
import pytest

from analysis.edc.allocation.refusal import find_arm_like
from analysis.edc.allocation.search import files
from analysis.edc.allocation.search.files import SearchedExport
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from tests.unit.edc.allocation.search.ways import LAYOUT, MAPPING, PLAN, RATIO, make_trial


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export that gives the arms away in two files, one of them no table of the layout."""
    trial = make_trial(120, 4)
    for name, table in trial.tables.items():
        table.texts.to_csv(tmp_path / f"{name}.csv", index=False)
    sides = trial.sides("rand")
    colours = ["blue" if side else "red" for side in sides]
    listing = pd.DataFrame({"ID": trial.tables["rand"].texts["SUBJID"], "COLOUR": colours})
    listing.to_csv(tmp_path / "listing.csv", index=False)
    dm = trial.tables["dm"].texts.assign(HINT=trial.sides("dm").astype(int))
    dm.to_csv(tmp_path / "dm.csv", index=False)
    return tmp_path


def _search(folder: Path) -> list[str]:
    return find_arm_like(folder, MAPPING, LAYOUT, PLAN.arms, RATIO)


def test_whether_files_are_kept_does_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _search(folder)
    monkeypatch.setattr(files, "MOST_KEPT", 0)
    assert [each.partition(" (")[0] for each in kept] == [
        "dm.csv, column HINT",
        "listing.csv, column COLOUR",
    ]
    assert _search(folder) == kept


def test_files_that_are_not_kept_are_held_one_at_a_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, held = Source.read, []

    def read_alone(source: Source) -> LabelledTable:
        assert [name for name, texts in held if texts() is not None] == []
        table = read(source)
        held.append((source.name, weakref.ref(table.texts)))
        return table

    monkeypatch.setattr(Source, "read", read_alone)
    monkeypatch.setattr(files, "MOST_KEPT", 0)
    _search(folder)
    assert [name for name, _ in held].count("dm") == 2


def test_what_cannot_be_read_is_told_whenever_the_files_are_gone_through(folder: Path) -> None:
    (folder / "cut_off.csv").write_text("A,B\n1,2,3\n", encoding="utf-8")
    export = SearchedExport(folder, MAPPING, LAYOUT)
    first = {file.name for file in export}
    assert {file.name for file in export} == first
    assert "cut_off.csv" not in first
    (finding,) = export.unreadable
    assert finding.startswith("cut_off.csv")
    assert "cannot be searched" in finding
