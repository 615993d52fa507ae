"""Files of a kind that the check does not read: nothing is held against them, and it says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.qc.from_export.reading.files import read_file
from analysis.qc.from_export.reading.mapping import describe_table
from analysis.qc.from_export.reading.queries.registry import Registry
from analysis.qc.from_export.reading.queries.table import read_made
from analysis.qc.from_export.reading.sources.pieces import list_pieces


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workbook that is not read, beside a table that is, and a document that is no source."""
    (tmp_path / "book.xlsb").write_bytes(b"")
    (tmp_path / "notes.pdf").write_bytes(b"")
    (tmp_path / "dd.csv").write_text("SUBJID,DTHDTC\nS1,2026-03-05\n", encoding="utf-8")
    return tmp_path


def test_a_table_that_may_lie_in_it_is_not_checked(folder: Path, mapping: Mapping) -> None:
    pieces = list_pieces(sorted(folder.iterdir()))
    file = read_file(pieces, describe_table(mapping, "ich"))
    assert file.is_foreign
    assert file.problem == "table ich: the second implementation does not read book.xlsb"
    assert read_file(pieces, describe_table(mapping, "dd")).columns["SUBJID"] == ["S1"]


@pytest.mark.parametrize("source", ["images", "image*"])
def test_a_table_that_a_query_makes_of_it_is_not_checked(
    folder: Path, mapping: Mapping, source: str
) -> None:
    spec = TableMapping(source=source, rows="SICH = 'Y'")
    mapped = mapping.model_copy(update={"tables": {"ich": spec}})
    registry = Registry(list_pieces(sorted(folder.iterdir())), mapped)
    file = read_made(registry, "ich", ["SUBJID", "SICH"])
    assert file.is_foreign
    assert file.problem.endswith("the second implementation does not read book.xlsb")


def test_without_such_a_file_a_table_that_is_not_there_fails(
    folder: Path, mapping: Mapping
) -> None:
    (folder / "book.xlsb").unlink()
    file = read_file(list_pieces(sorted(folder.iterdir())), describe_table(mapping, "ich"))
    assert not file.is_foreign
    assert file.problem == "no file of the export holds table ich"
