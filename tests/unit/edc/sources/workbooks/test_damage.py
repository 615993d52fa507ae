"""Workbooks cut off anywhere or damaged at random: read, or refused in one message."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.workbooks.workbook import list_sheets, read_sheet
from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.compound import label, number, xls
from tests.unit.edc.sources.workbooks.handmade.opendocument import ods, row, texts
from tests.unit.edc.sources.workbooks.handmade.packages import rows, xlsx
from tests.unit.edc.sources.workbooks.handmade.packages import texts as row_of
from tests.unit.edc.sources.workbooks.handmade.records import real, text, xlsb
from tests.unit.edc.sources.workbooks.handmade.records import row as record_row

SEED = 20260411
TRIES = 150
BOOKS = {
    "dm.xlsx": xlsx({"S": rows(row_of(1, "A", "B"), row_of(2, "1", "2"))}),
    "dm.xlsb": xlsb(record_row(0, text("A"), text("B")) + record_row(1, real(1), real(2))),
    "dm.ods": ods(row(texts("A", "B")), row(texts("1", "2"))),
    "dm.xls": xls(label(0, 0, "A"), label(0, 1, "B"), number(1, 0, 1), number(1, 1, 2)),
    "legacy.xls": Path(__file__).with_name("legacy.xls").read_bytes(),
}


def is_read(content: bytes, name: str) -> bool:
    """Whether the first sheet is read; any error but DataError fails the test."""
    file = SourceFile(name, content=content)
    try:
        read_sheet(file, list_sheets(file)[0], ReadOptions())
    except DataError:
        return False
    return True


@pytest.mark.parametrize("name", BOOKS)
def test_whole(name: str) -> None:
    assert is_read(BOOKS[name], name)


@pytest.mark.parametrize("name", BOOKS)
def test_cut_off(name: str) -> None:
    """The last sector of an ``.xls`` is filled up, and may be shorter."""
    content = BOOKS[name]
    end = len(content) - (512 if name.endswith(".xls") else 0)
    sizes = range(0, end, max(1, end // TRIES))
    assert not any(is_read(content[:size], name) for size in sizes)


@pytest.mark.parametrize("name", BOOKS)
def test_bytes_that_changed(name: str) -> None:
    content, chance = BOOKS[name], random.Random(SEED)
    for _ in range(TRIES):
        changed = bytearray(content)
        for _ in range(chance.choice([1, 4, 32])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        is_read(bytes(changed), name)
