"""Folders that cannot be written to are named before a run begins, with what to do."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.run.folders.os_errors import explain_os_error, is_full
from analysis.run.folders.writable import require_writable


def test_a_folder_that_can_be_written_to_is_made_and_left_empty(tmp_path: Path) -> None:
    require_writable([tmp_path / "a" / "b"])
    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "the quota is used up"),
        (errno.EROFS, "read only"), (errno.EACCES, "no permission"), (errno.ENXIO, "cannot be"),
    ],
)  # fmt: skip
def test_every_folder_that_cannot_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(code, os.strerror(code), "/some/name")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(ConfigError) as caught:
        require_writable([tmp_path / "one", tmp_path / "two"])
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines[1:3]] == [
        f"  - {tmp_path / name}" for name in ("one", "two")
    ]
    assert words in lines[1]


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="a part of this path is a file"):
        require_writable([tmp_path / "file" / "x"])


def test_no_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one would be taken without a word, and a verification holds data of subjects."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    with pytest.raises(ConfigError, match="TMPDIR names no folder"):
        require_writable([])
    assert not (tmp_path / "none").exists()


def test_a_cause_that_a_library_wraps_is_found(tmp_path: Path) -> None:
    error = ValueError("cannot write")
    error.__cause__ = OSError(errno.ENOSPC, "full", "x.parquet")
    assert str(explain_os_error(error, tmp_path)).startswith("x.parquet: the disk is full")
    assert explain_os_error(ValueError("of the program"), tmp_path) is None
    assert explain_os_error(FileNotFoundError(errno.ENOENT, "none", "x"), tmp_path) is None
    assert "No memory left" in str(explain_os_error(MemoryError(), tmp_path))


def test_a_full_disk_is_seen_where_a_library_hides_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_full(tmp_path / "not" / "there")
    monkeypatch.setattr("shutil.disk_usage", lambda _: (1 << 20, 1 << 20, 0))

    class Usage:
        free = 0

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage())
    assert "the disk is full" in str(explain_os_error(OSError("encoder error -2"), tmp_path))
