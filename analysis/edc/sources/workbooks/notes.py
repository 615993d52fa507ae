"""What is said of a sheet that was read: what was left out, and what is easily overlooked in it."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.workbooks.refusals import SHOWN, name_rows
from analysis.edc.sources.workbooks.scan.facts import Found
from analysis.edc.sources.workbooks.sheet import Region, Sheet


def list_notes(sheet: Sheet, region: Region, options: ReadOptions) -> list[str]:
    """Return the notes on a sheet and its table, without the name of the sheet."""
    return [
        *(["the sheet is hidden"] if sheet.is_hidden else []),
        *_note_above(sheet, region, options),
        *_note_hidden(sheet, region),
        *_note_merged(sheet, region),
        *_note_empty_rows(region),
        *_note_midnights(region),
        *_note_empty_formulas(region, sheet.facts.empty_formulas),
    ]


def _note_above(sheet: Sheet, region: Region, options: ReadOptions) -> list[str]:
    top = sheet.start[0]
    if top < options.first_row - 1:
        last = options.first_row - 1
        return [f"rows {top + 1} to {last} stand above the header and are not read"]
    if region.header > options.name_row - 1:
        return [f"the header is row {region.header + 1}, the first that is filled"]
    return []


def _note_hidden(sheet: Sheet, region: Region) -> list[str]:
    rows = [row for row in sheet.facts.hidden_rows if row in region.texts]
    right = region.left + len(region.texts[region.header])
    columns = [
        column
        for first, last in sheet.facts.hidden_columns
        for column in range(max(first, region.left), min(last + 1, right))
    ]
    notes = []
    if rows:
        notes.append(f"{len(rows)} hidden row(s), {name_rows(rows)}: read like any other")
    if columns:
        names = ", ".join(region.name_column(each) for each in columns[:SHOWN])
        more = ", ..." if columns[SHOWN:] else ""
        notes.append(f"{len(columns)} hidden column(s), {names}{more}: read like any other")
    return notes


def _note_merged(sheet: Sheet, region: Region) -> list[str]:
    right = region.left + len(region.texts[region.header])
    merged = [
        area
        for area in sheet.facts.merged
        if area.bottom >= region.header and area.top <= region.last
        if area.right >= region.left and area.left < right
    ]
    if not merged:
        return []
    return [
        f"{len(merged)} merged range(s), first {merged[0]}: only the first cell of each holds a "
        "value"
    ]


def _note_empty_rows(region: Region) -> list[str]:
    empty = [row for row in range(region.data, region.last) if row not in region.texts]
    if not empty:
        return []
    return [f"{len(empty)} empty row(s) between others, {name_rows(empty)}: no rows of the table"]


def _note_midnights(region: Region) -> list[str]:
    """A column of moments in which some are at midnight, or have no time."""
    moments = {cell.column for cell in region.moments if cell.row >= region.data}
    days = [cell for cell in region.days if cell.row >= region.data and cell.column in moments]
    return _note_columns(
        region, days, "a day without a time among moments (a workbook writes midnight so too)"
    )


def _note_empty_formulas(region: Region, cells: list[Found]) -> list[str]:
    """An .xls, .xlsb or .ods does not tell an empty result from none."""
    inside = [cell for cell in cells if cell.row in region.texts]
    return _note_columns(region, inside, "a formula whose value is an empty text")


def _note_columns(region: Region, cells: Iterable[Found], what: str) -> list[str]:
    by_column: dict[int, list[int]] = {}
    for cell in cells:
        by_column.setdefault(cell.column, []).append(cell.row)
    return [
        f"{region.name_column(column)}: {len(rows)} cell(s) with {what}, {name_rows(rows)}"
        for column, rows in sorted(by_column.items())
    ]
