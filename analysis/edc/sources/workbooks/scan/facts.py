"""What is found in a sheet beside its values, the same for every kind of workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.edc.sources.workbooks.places import Area, name_column, name_place
from analysis.errors import DataError

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The last row and column of Excel."""
MOST_CELLS = 30_000_000
"""Rows times columns up to the last filled ones: what a sheet may take of memory (about 3 GB)."""
ERROR_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Errors by their numbers in binary workbooks ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


@dataclass(frozen=True)
class Found:
    """A cell that holds no value: where, and what stands there (``#N/A``, a duration)."""

    row: int
    column: int
    text: str = ""


@dataclass
class SheetFacts:
    """What a scan gathers; rows and columns count from 0.

    ``rows``, ``columns``: how many there are up to the last filled one. ``errors``: cells with an
    error. ``uncalculated``: formulas without a value. ``empty_formulas``: those whose value is an
    empty text, or which were never calculated where a file does not tell the two apart.
    ``durations``: cells that hold one and are not passed on as such. ``formulas``: how many.
    ``hidden_columns``: first and last of each range. ``stale``: the workbook says that its
    formulas are still to be calculated.
    """

    rows: int = 0
    columns: int = 0
    errors: list[Found] = field(default_factory=list)
    uncalculated: list[Found] = field(default_factory=list)
    empty_formulas: list[Found] = field(default_factory=list)
    durations: list[Found] = field(default_factory=list)
    formulas: list[Found] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    stale: bool = False

    def fill(self, row: int, column: int) -> None:
        """Count a cell that holds something."""
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1


def require_bounds(file_name: str, sheet: str, facts: SheetFacts) -> None:
    """Raise DataError if a sheet reaches further than Excel does, or than memory can hold."""
    rows, columns = facts.rows, facts.columns
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise DataError(
            f"{file_name}: sheet {sheet}: {rows:,} rows and {columns:,} columns, and no sheet of "
            f"Excel has more than {MOST_ROWS:,} and {MOST_COLUMNS:,}: the file is damaged or no "
            "table of subjects. Export it again"
        )
    if rows * columns > MOST_CELLS:
        raise DataError(
            f"{file_name}: sheet {sheet}: cells are filled as far as row {rows:,} and column "
            f"{name_column(columns - 1)} ({name_place(rows - 1, columns - 1)}), {rows * columns:,} "
            f"cells, and at most {MOST_CELLS:,} are read. Delete what stands far from the table, "
            "or export the table as CSV"
        )
