"""The table of a sheet: a row of names, rows of words on them, rows of data."""

from analysis.qc.from_export.reading.sources.workbooks.sheet import Grid


def find_table(grid: Grid, header_row: int, label_rows: int) -> dict[str, list[str]]:
    """Return the columns of a sheet by name.

    ``header_row``: counted from 1; if it is empty, the first below it that is not has the names.
    ``label_rows``: how many rows behind it hold words on the columns. Rows without a cell are none,
    nor are columns without a name. Raises ValueError if no row is filled.
    """
    filled = sorted(row for row in grid if row >= header_row - 1)
    if not filled:
        raise ValueError("no row of the sheet names columns")
    header = filled[0]
    data = [grid[row] for row in filled if row > header + label_rows]
    return {name: [row.get(at, "") for row in data] for at, name in sorted(grid[header].items())}
