"""A table as a Word table: repeated heads, rows that are never parted, decimal points in line."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from analysis.display.documents.columns import PADDING, Grid, Place, lay_columns
from analysis.display.documents.lines import Kind, Line, lay_lines, name_title
from analysis.display.documents.word.styles import CELL, GROUP, HEAD, SECTION, TABLE_STYLE, Look
from analysis.display.tables.table import Table
from analysis.io.printable import clean_cell

SMALLEST = 7.0
"""Points: letters that can be read."""

_LOOKS = {Kind.SECTION: SECTION, Kind.GROUP: GROUP, Kind.NOTE: CELL}


def build_table_xml(table: Table, width: float) -> str:
    """Return the element ``w:tbl`` of a table that is ``width`` points wide."""
    lines = lay_lines(table)
    grid = lay_columns(table, lines, width)
    columns = "".join(f'<w:gridCol w:w="{_twips(column.width)}"/>' for column in grid.columns)
    rows = "".join(_write_line(line, grid) for line in lines)
    return (
        f"<w:tbl {nsdecls('w')}>{_write_properties(table, grid)}<w:tblGrid>{columns}</w:tblGrid>"
        f"{_write_heads(table, grid)}{rows}</w:tbl>"
    )


def is_too_wide(table: Table, width: float) -> bool:
    """Return whether a table only fits ``width`` points in small letters or with many breaks."""
    if table.is_wide:
        return True
    return lay_columns(table, lay_lines(table), width).size < SMALLEST


def clean_text(text: str) -> str:
    """Return ``text`` in one line as XML can hold it (:mod:`analysis.io.printable`)."""
    return clean_cell(text)


def _twips(points: float) -> int:
    return round(points * 20)


def _write_properties(table: Table, grid: Grid) -> str:
    side = f'w:w="{_twips(PADDING)}" w:type="dxa"'
    return (
        f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{_twips(grid.width)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar><w:left {side}/><w:right {side}/></w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(clean_text(name_title(table)))}/></w:tblPr>"
    )


def _write_heads(table: Table, grid: Grid) -> str:
    cells = (
        _write_cell(
            column.width,
            _write_paragraph(
                HEAD, grid, text, Place(indent=0.0) if column.point is None else Place(), keep=True
            ),
            '<w:vAlign w:val="bottom"/>',
        )
        for column, text in zip(grid.columns, table.columns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _write_line(line: Line, grid: Grid) -> str:
    cells = [_write_span(line, grid)] if line.spans else _write_cells(line, grid)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _write_span(line: Line, grid: Grid) -> str:
    paragraph = _write_paragraph(
        _LOOKS[line.kind], grid, line.texts[0], Place(indent=0.0), keep=line.keep
    )
    return _write_cell(grid.width, paragraph, f'<w:gridSpan w:val="{len(grid.columns)}"/>')


def _write_cells(line: Line, grid: Grid) -> Iterator[str]:
    for position, text in enumerate(line.texts):
        place = grid.place(position, text, line.kind is Kind.INDENTED)
        paragraph = _write_paragraph(CELL, grid, text, place, keep=line.keep)
        yield _write_cell(grid.columns[position].width, paragraph)


def _write_cell(width: float, paragraph: str, properties: str = "") -> str:
    size = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{properties}</w:tcPr>{paragraph}</w:tc>"


def _write_paragraph(look: Look, grid: Grid, text: str, place: Place, *, keep: bool) -> str:
    half_points = round(grid.size * 2)
    size = "" if grid.size == look.size else f'<w:sz w:val="{half_points}"/>'
    size = f'<w:rPr>{size}<w:szCs w:val="{half_points}"/></w:rPr>' if size else ""
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{look.id}"/>{kept}{_write_place(place)}</w:pPr>'
        f"<w:r>{size}{_write_text(text)}</w:r></w:p>"
    )


def _write_text(text: str) -> str:
    lines = (escape(clean_text(line)) for line in text.split("\n"))
    return "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)


def _write_place(place: Place) -> str:
    if place.tab is not None:
        return f'<w:tabs><w:tab w:val="decimal" w:pos="{_twips(place.tab)}"/></w:tabs>'
    if place.indent is None:
        return '<w:jc w:val="center"/>'
    return f'<w:ind w:left="{_twips(place.indent)}"/>' if place.indent else ""
