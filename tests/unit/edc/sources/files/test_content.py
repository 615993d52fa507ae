"""The bytes of a file; what stands in its place is said, and never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.edc.sources.files.content import read_content
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError


def refusal(path: Path, most_bytes: int | None = None) -> str:
    with pytest.raises(DataError) as caught:
        read_content(SourceFile.at(path), most_bytes)
    return str(caught.value)


def test_a_file_on_the_disk_and_one_in_memory(tmp_path: Path) -> None:
    (tmp_path / "dm.csv").write_bytes(b"A\n")
    assert read_content(SourceFile.at(tmp_path / "dm.csv"), 2) == b"A\n"
    assert read_content(SourceFile("x.zip/dm.csv", content=b"B\n")) == b"B\n"


def test_a_folder_or_a_pipe_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "dm.csv").mkdir()
    os.mkfifo(tmp_path / "ae.csv")
    assert refusal(tmp_path / "dm.csv").startswith("dm.csv: a folder stands in place of the file")
    assert refusal(tmp_path / "ae.csv").startswith("ae.csv: a pipe or a device stands in place")


def test_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "dm.csv").startswith(
        "dm.csv: cannot be read (No such file or directory). See that"
    )


def test_more_than_is_read(tmp_path: Path) -> None:
    (tmp_path / "big.zip").write_bytes(b"12345")
    assert refusal(tmp_path / "big.zip", 4).startswith("big.zip: the file has 5 bytes, and at most")
