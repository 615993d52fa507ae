"""The table of a sheet: a row of names, rows of words on them, rows of data."""

from analysis.qc.from_export.reading.sources.header import number_names
from analysis.qc.from_export.reading.sources.workbooks.sheet import Grid
from analysis.qc.from_export.reading.sources.written import Written


def find_table(grid: Grid, written: Written) -> dict[str, list[str]]:
    """Return the columns of a sheet by name.

    If the row of names is empty, the first below it that is not has them. Rows without a cell are
    none, nor are columns without a name. Raises ValueError if no row is filled.
    """
    filled = sorted(row for row in grid if row >= written.header_row - 1)
    if not filled:
        raise ValueError("no row of the sheet names columns")
    header = filled[0]
    data = [grid[row] for row in filled if row > header + written.label_rows]
    places = sorted(grid[header])
    names = [grid[header][at] for at in places]
    names = number_names(names) if written.are_numbered else names
    return {name: [row.get(at, "") for row in data] for at, name in zip(places, names, strict=True)}
