"""Tables of the door: rows by table, and cells of every column of which something was lost."""

from collections.abc import Iterator

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.door import Counts, list_columns, list_tables
from analysis.display.tables.table import Row, Table
from analysis.display.text.wording import registry_line

OF_ROWS = {
    "Read": "rows_read",
    "Used": "rows_used",
    "Without a key": "left_out_missing_key",
    "Of unknown subjects": "left_out_unknown_subject",
    "Identical": "left_out_identical_row",
    "Subjects without a row": "subjects_without_row",
}
OF_CELLS = {
    "Filled": "filled",
    "Usable": "typed",
    "Set to missing": "set_missing",
    "Outside the range": "out_of_range",
    "Changed by the mapping": "mapped",
    "Filled for the model": "imputed",
}
READ_SO = "Read in this way"
"""Cells of a column that a key of the mapping read, which stand in rows of their own."""
NOTE_ROWS = (
    "Rows of the files of the export. Left out are rows without a usable key and those of subjects "
    "that are not in rand; of identical rows one is kept. Every one is a data query.",
    "More than the plan allows (key door) stops a run.",
)
NOTE_CELLS = (
    "Columns of which a cell is set to missing (not of its type, code list or scale), lies outside "
    "the plausible range (kept), is changed by the mapping, or is filled for the primary analysis "
    "(covariates: randomised subjects without a value). Below a column stands, by what it was (a "
    "unit, a form of numbers or dates) or by its reason (missing), how many cells a key of the "
    "mapping read in this way. The whole account is the file door.csv."
)


def build_door_rows(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the rows of every table: read, used, and why the others are not."""
    rows = tuple(
        Row(each.level, tuple(each.text(what) for what in OF_ROWS.values()))
        for each in list_tables(ard)
    )
    return Table(
        id="t_door",
        title="Rows at the door, by table",
        columns=("Table", *OF_ROWS),
        rows=rows,
        footnotes=NOTE_ROWS,
        stamp=stamp,
        registry=registry_line(plan),
    )


def build_door_cells(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the cells of every column of which anything is lost, changed, filled or declared."""
    rows = tuple(row for each in list_columns(ard) for row in _write_column(each))
    return Table(
        id="t_door_columns",
        title="Cells at the door, by column",
        columns=("Column", *OF_CELLS, READ_SO),
        rows=rows,
        footnotes=(NOTE_CELLS,),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _write_column(counts: Counts) -> Iterator[Row]:
    """The row of a column, and one for each way in which a key of the mapping read its cells."""
    table, _, column = counts.level.partition(".")
    yield Row(column, (*(counts.text(what) for what in OF_CELLS.values()), ""), section=table)
    blank = ("",) * len(OF_CELLS)
    for what in counts.readings:
        yield Row(f"{column}, {what}", (*blank, counts.text(what)), section=table)
