"""A sheet as a table of text: columns by their names, labels, notes."""

from __future__ import annotations

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.repeated_headers import name_columns
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.workbooks.notes import list_notes
from analysis.edc.sources.workbooks.refusals import list_refusals
from analysis.edc.sources.workbooks.sheet import Region, Sheet, find_region
from analysis.errors import DataError, join_findings


def build_table(sheet: Sheet, options: ReadOptions) -> LabelledTable:
    """Return the table of a sheet.

    A column without a name and without a cell is none, and so is a row without a cell. Several rows
    of labels are joined by a slash. Raises DataError, all findings together, if a value of the
    table is not known or would be lost.
    """
    region = find_region(sheet, options)
    findings = list_refusals(sheet, region)
    if findings:
        raise DataError(join_findings(f"{sheet.place}: the table cannot be read.", findings))
    names = name_columns(sheet.place, region.texts[region.header], options.repeated_headers)
    kept = [place for place, name in enumerate(names) if name]
    rows = [region.texts[row] for row in region.data_rows]
    return LabelledTable(
        frame_texts(
            [names[place] for place in kept], ([row[place] for row in rows] for place in kept)
        ),
        labels={names[place]: label for place in kept if (label := _label(region, place))},
        notes=tuple(f"sheet {sheet.name}: {note}" for note in list_notes(sheet, region, options)),
    )


def _label(region: Region, place: int) -> str:
    words = [region.texts[row][place] for row in region.label_rows if region.texts[row][place]]
    return " / ".join(words)
