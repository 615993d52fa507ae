"""Files of another kind than their ending says, locked, cut short, damaged: one message each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.workbooks import packages as reader
from analysis.edc.sources.workbooks.workbook import list_sheets
from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.compound import compound, label, xls
from tests.unit.edc.sources.workbooks.handmade.opendocument import ods, row, texts
from tests.unit.edc.sources.workbooks.handmade.packages import (
    MAIN,
    OFFICE,
    pack,
    relate,
    rows,
    xlsx,
)
from tests.unit.edc.sources.workbooks.handmade.packages import texts as row_of
from tests.unit.edc.sources.workbooks.handmade.records import xlsb

BOOK = xlsx({"S": rows(row_of(1, "A", "B"), row_of(2, "1", "2"))})
HTML = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>A</td></tr></table>'
XML_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
WORD = {"_rels/.rels": relate(("r", "officeDocument", "word/document.xml")),
        "word/document.xml": "<document/>"}  # fmt: skip


def refusal(content: bytes, name: str = "dm.xlsx") -> str:
    with pytest.raises(DataError) as caught:
        list_sheets(SourceFile(name, content=content))
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "dm.xlsx", "the file is empty"),
        (HTML, "dm.xls", "a web page (HTML) with the ending of a workbook"),
        (b"\xef\xbb\xbf\r\n<TABLE><tr>", "dm.xlsx", "a web page (HTML)"),
        ("\ufeff<table>".encode("utf-16-le"), "dm.xls", "a web page (HTML)"),
        (XML_2003, "dm.xls", "an XML spreadsheet of Excel 2003"),
        (b"MIME-Version: 1.0\r\n", "dm.xls", "a web page with its parts (MHTML)"),
        (b"SUBJID,MRS\n01,3\n", "export.zip/dm.xlsx", "If it is a CSV file, rename it to dm.csv"),
        ("\ufeffSUBJID\tMRS\n01\t3\n".encode("utf-16-le"), "dm.xls", "plain text"),
        ("SUBJID;Größe\n".encode("latin-1"), "dm.xls", "plain text"),
        (b"%PDF-1.7", "dm.xlsx", "a PDF document"), (b"\x1f\x8b\x08", "dm.xlsx", "a gzip archive"),
        (b"\0" * 600, "dm.xlsx", "no workbook, or its beginning is damaged"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "dm.xls", "no workbook, or its beginning is damaged"),
        (xls(label(0, 0, "A")), "dm.xlsx", "an old Excel workbook (.xls), and its ending says"),
        (BOOK, "dm.xls", "Rename it to dm.xlsx"), (BOOK, "dm.xlsb", "Rename it to dm.xlsx"),
        (BOOK, "dm.csv", "Rename it to dm.xlsx"), (xlsb(b""), "dm.xlsx", "Rename it to dm.xlsb"),
        (ods(row(texts("A"))), "dm.xlsx", "Rename it to dm.ods"),
        (pack({"dm.csv": "A\n1\n"}), "dm.xlsx", "a zip archive that holds no workbook"),
        (pack(WORD), "dm.xlsx", "a zip archive that holds no workbook"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "dm.xlsx",
         "protected by a password"),
        (compound({"WordDocument": b"x"}), "dm.xls", "holds no workbook"),
    ],
)  # fmt: skip
def test_another_kind_of_file(content: bytes, name: str, message: str) -> None:
    assert message in refusal(content, name)


def test_a_folder_and_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "dm.xlsx").mkdir()
    os.mkfifo(tmp_path / "bl.xlsx")
    for name in ("dm.xlsx", "bl.xlsx", "absent.xlsx"):
        with pytest.raises(DataError, match=rf"{name}: this is no file"):
            list_sheets(SourceFile.at(tmp_path / name))


def test_too_much_when_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[object] = []
    monkeypatch.setattr(reader, "MOST_BYTES", 100_000)
    monkeypatch.setattr(reader.Package, "_unpack", lambda _, part: unpacked.append(part))
    bomb = pack({"_rels/.rels": " " * 60_000, "xl/workbook.xml": " " * 60_000})
    assert len(bomb) < 1_000
    assert "unpacked the workbook has 120,000 bytes, and at most 100,000 are read" in refusal(bomb)
    assert unpacked == []


def test_a_part_that_is_larger_than_it_declares() -> None:
    part = b"A" * 1_000_000
    honest = pack({"xl/workbook.xml": part})
    lie = honest.replace((1_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lie != honest
    assert "cut off or damaged" in refusal(lie)


def test_entities_are_not_followed() -> None:
    doctype = '<!DOCTYPE workbook [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    parts = {
        "_rels/.rels": relate(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{doctype}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">&b;</workbook>',
    }
    assert "a document type, which no workbook has" in refusal(pack(parts))


def test_a_sheet_without_its_part() -> None:
    parts = {
        "_rels/.rels": relate(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relate(("r9", "worksheet", "worksheets/s.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" r:id="r1"/></sheets></workbook>',
    }
    assert "cut off or damaged" in refusal(pack(parts))


@pytest.mark.parametrize("name", ["count", "uniqueCount"])
def test_a_count_of_shared_texts_that_no_memory_holds(name: str) -> None:
    parts = {
        "_rels/.rels": relate(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relate(("r2", "sharedStrings", "sharedStrings.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" {name}="4000000000"/>',
    }
    assert "the count of its texts" in refusal(pack(parts))


def test_a_workbook_without_a_sheet() -> None:
    assert "the workbook has no sheet of cells" in refusal(xlsx({}))
