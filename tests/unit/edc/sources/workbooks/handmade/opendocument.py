"""Small ``.ods`` workbooks by hand."""

from __future__ import annotations

from tests.unit.edc.sources.workbooks.handmade.packages import pack

NAMES = ("office", "table", "text", "style")
SPACES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in NAMES) + (
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
HIDDEN = (
    '<office:automatic-styles><style:style style:name="h" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def cell(shown: str = "", kind: str = "", value: str = "", more: str = "") -> str:
    """A cell: what it shows, the type of its value, the value, further attributes."""
    name = kind if kind in {"date", "time", "boolean"} else ""
    attributes = f' office:value-type="{kind}"' if kind else ""
    attributes += f' office:{name + "-" if name else ""}value="{value}"' if value else ""
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    return f"<table:table-cell{attributes} {more}>{paragraph}</table:table-cell>"


def texts(*values: str) -> str:
    """Cells with texts; an empty text is an empty cell."""
    return "".join(cell(value, "string") if value else cell() for value in values)


def row(cells: str, more: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row {more}>{cells}</table:table-row>"


def ods(*rows: str, before: str = "", manifest: str = "", is_hidden: bool = False) -> bytes:
    """A workbook with the sheet S."""
    style = 'table:style-name="h"' if is_hidden else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>{HIDDEN}'
        f'<office:body><office:spreadsheet><table:table table:name="S" {style}>{before}'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    listed = f'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}'
    return pack(
        {
            "mimetype": KIND,
            "content.xml": content,
            "META-INF/manifest.xml": f"{listed}</manifest>",
        }
    )
