"""Files that are made again, but never over what somebody edited."""

from __future__ import annotations

from pathlib import Path

from analysis.run.folders.own_files import is_own, write_own

COMMENT = ("# ", "")


def test_what_was_written_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "mapping" / "edc.yaml"
    assert write_own(file, "a: 1\n", COMMENT) == file
    assert write_own(file, "a: 2\n", COMMENT) == file
    assert file.read_text(encoding="utf-8").startswith("a: 2\n# sha256")


def test_what_was_edited_is_left_as_it_is(tmp_path: Path) -> None:
    file = write_own(tmp_path / "edc.yaml", "a: 1\n", COMMENT)
    edited = file.read_text(encoding="utf-8").replace("a: 1", "a: 3")
    file.write_text(edited, encoding="utf-8")
    assert not is_own(file)
    assert write_own(file, "a: 2\n", COMMENT) == tmp_path / "edc-2.yaml"
    assert file.read_text(encoding="utf-8") == edited


def test_a_file_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "edc.yaml").write_bytes(b"\xff\xfe")
    (tmp_path / "edc-2.yaml").write_text("", encoding="utf-8")
    assert write_own(tmp_path / "edc.yaml", "a: 2\n", COMMENT).name == "edc-3.yaml"
