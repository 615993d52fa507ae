"""Workbooks: cells as the check writes them, by hand and beside the reading of the package."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.edc.sources.folder import list_sources
from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade import opendocument as ods
from tests.unit.edc.sources.workbooks.handmade.compound import formula, label, number, xls
from tests.unit.edc.sources.workbooks.handmade.packages import (
    CHINESE,
    CHINESE_MADE,
    DATE,
    GERMAN,
    MOMENT,
    PERCENT,
    TIME,
    rows,
    texts,
    xlsx,
)
from tests.unit.edc.sources.workbooks.handmade.packages import number as cell
from tests.unit.qc.from_export.reading.sources.both_readings import (
    read_by_check,
    read_file_by_check,
    require_same,
)

LEGACY = Path(__file__).parents[4] / "edc" / "sources" / "workbooks" / "legacy.xls"
SHARED = (
    "<t>SUBJID</t>",
    '<r><t>S</t></r><r><t xml:space="preserve">1 </t></r><rPh sb="0" eb="1"><t>x</t></rPh>',
    "<t>a_x000A_b_x005F_x0041_</t>",
)


def shared(place: str, at: int) -> str:
    return f'<c r="{place}" t="s"><v>{at}</v></c>'


def test_cells_of_every_kind(tmp_path: Path, mapping: Mapping) -> None:
    values = [
        cell("B2", "0.30000000000000004"), cell("B3", 46000, DATE), cell("B4", 46000.5, MOMENT),
        cell("B5", 0.25, TIME), cell("B6", 0.5, PERCENT), cell("B7", 46000, GERMAN),
        cell("B8", 46000, CHINESE), cell("B9", 46000, CHINESE_MADE), cell("B10", "1E-7"),
        '<c r="B11" t="b"><v>1</v></c>', '<c r="B12" t="str"><f>A1</f><v> x </v></c>', "",
        shared("B14", 2), cell("B15", 9007199254740993), cell("B16", 46000.12345678, MOMENT),
    ]  # fmt: skip
    lines = [shared("A1", 0) + texts(1, "", "V"), *(shared(f"A{i}", 1) + value for i, value in
             enumerate(values, start=2) if value)]  # fmt: skip
    lines.insert(12, "")
    (tmp_path / "x.xlsx").write_bytes(xlsx({"S": rows(*lines)}, shared=SHARED))
    columns = require_same(tmp_path, mapping)["x"]
    assert columns["SUBJID"] == ["S1"] * 14
    assert columns["V"] == [
        "0.3", "2025-12-09", "2025-12-09T12:00", "06:00", "0.5", "2025-12-09", "2025-12-09",
        "2025-12-09", "0.0000001", "TRUE", "x", "a b_x0041_", "9007199254740992",
        "2025-12-09T02:57:47",
    ]  # fmt: skip


@pytest.mark.parametrize("properties", ["", '<workbookPr date1904="1"/>'])
def test_days_from_1904_on(tmp_path: Path, mapping: Mapping, properties: str) -> None:
    sheet = rows(texts(1, "D"), cell("A2", 46000, DATE), cell("A3", 44538.25, MOMENT))
    (tmp_path / "x.xlsx").write_bytes(xlsx({"S": sheet}, book=properties))
    first = require_same(tmp_path, mapping)["x"]["D"][0]
    assert first == ("2029-12-10" if properties else "2025-12-09")


def test_sheets_headers_further_down_and_labels(tmp_path: Path, mapping: Mapping) -> None:
    upper = rows(texts(1, "Report"), "", texts(3, "ID", "", "AGE"), texts(4, "id", "", "age"),
                 "", texts(6, "S1", "", "70"), texts(7, "S2"))  # fmt: skip
    book = xlsx(
        {"Demography": upper, "Empty row first": rows(texts(2, "A"), texts(3, "1"), first=2)}
    )
    (tmp_path / "book.xlsm").write_bytes(book)
    source = SourceMapping(file="book.xlsm", part="Demography", header_row=2, label_rows=1)
    found = require_same(tmp_path, mapping.model_copy(update={"sources": {"dm": source}}))
    assert found == {
        "dm": {"ID": ["S1", "S2"], "AGE": ["70", ""]}, "empty row first": {"A": ["1"]},
    }  # fmt: skip


def test_a_decimal_comma_is_that_of_the_mapping(tmp_path: Path, mapping: Mapping) -> None:
    (tmp_path / "x.xlsx").write_bytes(xlsx({"S": rows(texts(1, "V"), cell("A2", 2.5))}))
    comma = mapping.model_copy(update={"decimal": ","})
    assert require_same(tmp_path, comma) == {"x": {"V": ["2,5"]}}


def test_opendocument(tmp_path: Path, mapping: Mapping) -> None:
    repeated = 'table:number-columns-repeated="2"'
    book = ods.ods(
        ods.row(ods.texts("SUBJID", "N", "D", "T", "B", "X")),
        ods.row(ods.texts("S1") + ods.cell("2,8", "float", "2.8")
                + ods.cell("11.4.26", "date", "2026-04-11T03:52:07") + ods.cell("", "time",
                "PT10H05M00S") + ods.cell("yes", "boolean", "true") + ods.cell("a", "string")),
        ods.row(ods.cell(), 'table:number-rows-repeated="3"'),
        ods.row(ods.texts("S2") + ods.cell("1", "float", "1", repeated)
                + ods.cell("", "", "", repeated)),
        ods.row(ods.cell(), 'table:number-rows-repeated="1048000"'),
    )  # fmt: skip
    (tmp_path / "x.ods").write_bytes(book)
    assert require_same(tmp_path, mapping)["x"] == {
        "SUBJID": ["S1", "S2"], "N": ["2.8", "1"], "D": ["2026-04-11T03:52:07", "1"],
        "T": ["10:05", ""], "B": ["TRUE", ""], "X": ["a", ""],
    }  # fmt: skip


def test_a_workbook_of_excel_97(tmp_path: Path, mapping: Mapping) -> None:
    shutil.copy(LEGACY, tmp_path / "legacy.xls")
    read = read_by_check(tmp_path, mapping)
    plain = read["plain"].columns
    assert plain["SUBJID"] == ["01", "02", "肺炎"]
    assert plain["MRSDTC"] == ["2026-04-11", "2026-05-01", ""]
    assert plain["LKWDTC"] == ["2026-04-11T03:52", "2026-05-01T12:30:07", ""]
    assert plain["WEIGHT"] == ["63.9", "48.8", "2.8"]
    seen = set()
    for source in list_sources(tmp_path, mapping):
        try:
            expected = source.read().texts
        except DataError:  # a sheet of errors or merged cells, which stops a run
            continue
        seen.add(source.name)
        columns = {str(name).upper(): list(expected[name]) for name in expected}
        assert read[source.name].columns == columns, source.name
    assert "plain" in seen


def test_records_of_excel_97(tmp_path: Path, mapping: Mapping) -> None:
    short = b"\x7e\x02\x0a\x00" + b"\x02\x00\x00\x00\x00\x00" + (281 << 2 | 3).to_bytes(4, "little")
    book = xls(label(0, 0, "A"), number(1, 0, 2.5), short, formula(3, 0, b"\0" * 6 + b"\xf0\x3f"))
    (tmp_path / "x.xls").write_bytes(book)
    assert require_same(tmp_path, mapping)["x"] == {"A": ["2.5", "2.81", "1"]}


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.ods"])
def test_a_file_that_is_no_workbook_says_so(tmp_path: Path, mapping: Mapping, name: str) -> None:
    (tmp_path / name).write_bytes(b"SUBJID,AGE\nS1,70\n")
    problem = read_file_by_check(tmp_path / name, mapping).problem
    assert problem == f"{name} cannot be read (ValueError)"
