"""Sources are read once where a step says so, and anew everywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analysis.edc.sources.folder import list_sources
from analysis.edc.sources.kept import keep_sources
from analysis.errors import DataError

if TYPE_CHECKING:
    from conftest import MakeMapping

    from analysis.edc.sources.source import Source


@pytest.fixture
def source(tmp_path: Path, make_mapping: MakeMapping) -> Source:
    (tmp_path / "dm.csv").write_text("SUBJID\nS1\n", encoding="utf-8")
    (found,) = list_sources(tmp_path, make_mapping())
    return found


def write(source: Source, text: str) -> None:
    source.path.write_text(text, encoding="utf-8")


def test_a_source_is_kept_meanwhile_and_no_longer(source: Source) -> None:
    with keep_sources():
        first = source.read()
        write(source, "SUBJID\nS2\n")
        assert source.read() is first
    assert source.read().texts["SUBJID"].tolist() == ["S2"]


def test_the_same_file_that_is_read_otherwise_is_another_source(
    tmp_path: Path, source: Source, make_mapping: MakeMapping
) -> None:
    written = {"dm": {"file": "dm.csv", "header_row": 2}}
    (other,) = list_sources(tmp_path, make_mapping(sources=written))
    with keep_sources():
        assert [list(each.read().texts.columns) for each in (source, other)] == [["SUBJID"], ["S1"]]


def test_what_cannot_be_read_is_not_kept(source: Source) -> None:
    write(source, "")
    with keep_sources():
        for _ in range(2):
            with pytest.raises(DataError, match=r"dm\.csv"):
                source.read()
        write(source, "SUBJID\nS3\n")
        assert source.read().texts["SUBJID"].tolist() == ["S3"]
