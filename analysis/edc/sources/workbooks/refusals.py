"""Cells for which a table is not read: their value is not known, has no name, or would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.edc.sources.workbooks.places import Area, name_column, name_place
from analysis.edc.sources.workbooks.scan.facts import Found
from analysis.edc.sources.workbooks.sheet import Region, Sheet
from analysis.errors import DataError

SHOWN = 5
KNOWN = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
"""Errors of every version of Excel."""
CORRECT = "Correct them where they come from, or empty them if there is no value"
_ERROR = re.compile(r"#[A-Z_/0]+[!?]?|\w+:\s?[0-9]{3}")
"""A name of an error; nothing else that stands in its place is shown."""


def list_refusals(sheet: Sheet, region: Region) -> list[str]:
    """Return what forbids to read the table, each with what to do; cells above it do not count."""
    facts = sheet.facts
    return [
        *_describe(
            region,
            facts.errors,
            "an error in place of a value",
            CORRECT,
        ),
        *_describe(
            region,
            facts.formulas if facts.stale else facts.uncalculated,
            "a formula that was never calculated",
            "Open the workbook in Excel or LibreOffice, and save it",
        ),
        *_describe(
            region,
            [*region.not_understood, *facts.durations],
            "a duration (a time counted beyond the day), or a number that is none",
            "Export the column as text, or as a number of hours, minutes or days",
        ),
        *_find_unnamed(region),
        *_find_merged(sheet, region),
    ]


def require_known_errors(file_name: str, sheet: str, errors: list[Found]) -> None:
    """Raise DataError for errors of later versions of Excel, at which the library gives up."""
    newer = [cell for cell in errors if cell.text not in KNOWN]
    if newer:
        shown = ", ".join(name_place(cell.row, cell.column) for cell in newer[:SHOWN])
        more = ", ..." if newer[SHOWN:] else ""
        raise DataError(
            f"{file_name}: sheet {sheet}: {len(newer)} cell(s) with an error in place of a value"
            f"{_name_errors(newer)}, {shown}{more}. {CORRECT}"
        )


def name_rows(rows: Iterable[int]) -> str:
    """Return rows as Excel counts them, the first few: ``rows 4, 7, 9``."""
    numbers = [str(row + 1) for row in rows]
    more = ", ..." if len(numbers) > SHOWN else ""
    return f"row{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:SHOWN])}{more}"


def _describe(region: Region, cells: Iterable[Found], what: str, remedy: str) -> list[str]:
    """One finding for each column: how many cells, what they hold, the first rows."""
    by_column: dict[int, list[Found]] = {}
    for cell in cells:
        if cell.row >= region.top:
            by_column.setdefault(cell.column, []).append(cell)
    return [
        f"{region.name_column(column)}: {len(found)} cell(s) with {what}{_name_errors(found)}, "
        f"{name_rows(cell.row for cell in found)}. {remedy}"
        for column, found in sorted(by_column.items())
    ]


def _name_errors(found: list[Found]) -> str:
    names = sorted({cell.text for cell in found if _ERROR.fullmatch(cell.text)})
    return f" ({', '.join(names[:SHOWN])})" if names else ""


def _find_unnamed(region: Region) -> list[str]:
    findings = []
    for place, name in enumerate(region.texts[region.header]):
        filled = [] if name else [row for row, cells in region.texts.items() if cells[place]]
        if filled:
            findings.append(
                f"row {region.header + 1}, column {name_column(region.left + place)}: the header "
                f"is empty above {len(filled)} filled cell(s), {name_rows(filled)}. Name the "
                "column, delete what stands in it, or set header_row to the row that names the "
                "columns (header_rows, where titles of groups stand above the names)"
            )
    return findings


def _find_merged(sheet: Sheet, region: Region) -> list[str]:
    """Merged cells by which several rows, one of data at least, share a value of one cell."""
    lost = [area for area in sheet.facts.merged if _shares_value(region, area)]
    if not lost:
        return []
    shown = ", ".join(str(area) for area in lost[:SHOWN]) + (", ..." if lost[SHOWN:] else "")
    return [
        f"{len(lost)} merged range(s) over several rows ({shown}): only the first cell of each "
        "holds the value, the other rows would have none. Unmerge them and fill every row; if they "
        "belong to the header, set label_rows to the rows below the names"
    ]


def _shares_value(region: Region, area: Area) -> bool:
    reaches_data = area.bottom > area.top and region.data <= area.bottom and area.top <= region.last
    is_above = area.top < region.header
    return reaches_data and (is_above or region.text_at(area.top, area.left) != "")
