"""What is made is its owner's alone, and who else can read is said where modes mean something."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.run.folders import permissions
from analysis.run.folders.permissions import keep_private, note_readers


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export that everybody can read, in folders that everybody may enter."""
    monkeypatch.setattr(permissions, "_lets_through", lambda folders, group: True)
    (tmp_path / "edc").mkdir(mode=0o755)
    (tmp_path / "edc" / "dm.csv").write_text("SUBJID\n", encoding="utf-8")
    return tmp_path / "edc"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    engine = tmp_path / ".snakemake"
    engine.mkdir(mode=0o755)
    keep_private(engine)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").touch()
    assert [mode(tmp_path / name) for name in (".snakemake", "new", "new/file")] == [
        0o700, 0o700, 0o600,
    ]  # fmt: skip
    keep_private(tmp_path / "none")


def test_a_folder_that_everybody_can_read_is_named_once(folder: Path) -> None:
    note = note_readers({"edc_dir": folder, "results": folder.parent / "none"})
    assert note is not None
    assert note.count("\n") == 0
    assert f"edc_dir = {folder} (everybody)" in note
    assert note.endswith(f"To close: chmod -R go-rwx {folder}")
    assert "results" not in note


def test_the_command_that_is_named_closes_it(folder: Path) -> None:
    folder.chmod(0o700)
    assert note_readers({"edc_dir": folder}) is None


@pytest.mark.parametrize("everything", [0o777, 0o755])
def test_nothing_is_said_where_modes_mean_nothing(folder: Path, everything: int) -> None:
    """A drive of Windows gives every file one mode."""
    for path in (folder, folder / "dm.csv"):
        path.chmod(everything)
    assert note_readers({"edc_dir": folder}) is None


def test_a_folder_that_nobody_can_reach_is_closed(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "edc").mkdir(mode=0o755)
    assert note_readers({"edc_dir": tmp_path / "home" / "edc"}) is None


def test_a_group_of_others_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.chmod(0o750)
    assert note_readers({"edc_dir": folder}) is None, "the group of the owner alone"
    monkeypatch.setattr(permissions, "_is_private", lambda group, path: False)
    assert "(group " in str(note_readers({"edc_dir": folder}))
