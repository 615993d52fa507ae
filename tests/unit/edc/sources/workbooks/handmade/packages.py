"""Small workbooks by hand: the XML of sheets in a zip package."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.workbooks.workbook import read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DATE, MOMENT, TIME, DURATION, PERCENT, GERMAN, CHINESE, CHINESE_MADE = range(1, 9)
"""Styles of cells, in the order of STYLES."""
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="[$-407]d\\.\\ mmm\\ yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    "</numFmts><cellXfs>"
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 20, 46, 9, 164, 31, 165))
    + "</cellXfs></styleSheet>"
)


def pack(parts: dict[str, str | bytes]) -> bytes:
    """A zip package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def relate(*targets: tuple[str, str, str]) -> str:
    """The part of relations: id, last word of the type, target."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def xlsx(
    sheets: dict[str, str],
    *,
    shared: tuple[str, ...] = (),
    book: str = "",
    after: str = "",
    states: tuple[str, ...] = (),
) -> bytes:
    """A workbook of sheets by name, each the XML within ``<worksheet>``."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="r{i}" '
        f'state="{dict(enumerate(states)).get(i, "visible")}"/>'
        for i, name in enumerate(sheets)
    )
    targets = [(f"r{i}", "worksheet", f"worksheets/s{i}.xml") for i in range(len(sheets))]
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relate(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}'
        f"<sheets>{listed}</sheets>{after}</workbook>",
        "xl/_rels/workbook.xml.rels": relate(*targets),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">'
        + "".join(f"<si>{text}</si>" for text in shared)
        + "</sst>",
    }
    for i, body in enumerate(sheets.values()):
        parts[f"xl/worksheets/s{i}.xml"] = f'<worksheet xmlns="{MAIN}">{body}</worksheet>'
    return pack(parts)


def rows(*cells: str, hidden: tuple[int, ...] = (), first: int = 1) -> str:
    """``<sheetData>`` of rows, each its cells in XML; an empty text is no row."""
    listed = (
        f'<row r="{i}"{" hidden=" + chr(34) + "1" + chr(34) if i in hidden else ""}>{each}</row>'
        for i, each in enumerate(cells, start=first)
        if each
    )
    return f"<sheetData>{''.join(listed)}</sheetData>"


def number(place: str, value: object, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def text(place: str, value: str) -> str:
    """A cell with an inline text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def texts(row: int, *values: str) -> str:
    """The cells of a row from column A on, without the empty ones."""
    return "".join(text(f"{chr(65 + i)}{row}", value) for i, value in enumerate(values) if value)


def column(*values: str) -> str:
    """``<sheetData>`` of a column named X: cells without a place."""
    return rows('<c t="inlineStr"><is><t>X</t></is></c>', *values)


def read(content: bytes, name: str = "dm.xlsx", sheet: str = "S", **options: Any) -> LabelledTable:
    """The table of a sheet in bytes."""
    return read_sheet(SourceFile(name, content=content), sheet, ReadOptions(**options))


def cells(content: bytes, name: str = "dm.xlsx", **options: Any) -> list[list[str]]:
    """Its header and cells."""
    frame = read(content, name, **options).texts
    return [list(frame.columns), *frame.to_numpy().tolist()]
