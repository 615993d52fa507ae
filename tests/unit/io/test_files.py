"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.io.files import write_atomic, write_text


def test_text_is_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.csv"
    write_text(path, "µ\nb\n")
    assert path.read_bytes() == "µ\nb\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def write_half() -> None:
        with write_atomic(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_temporary_files_are_unique_and_keep_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    with write_atomic(path) as first, write_atomic(path) as second:
        assert first != second
        assert first.suffix == second.suffix == ".png"
        assert first.parent == tmp_path
        first.write_bytes(b"1")
        second.write_bytes(b"2")
    assert path.read_bytes() == b"1"
