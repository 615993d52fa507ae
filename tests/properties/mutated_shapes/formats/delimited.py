"""Text files of rows and fields, with the separator, quotes and line ends that they had."""

from __future__ import annotations

import csv
import io

from tests.properties.mutated_shapes.formats.grid import Format, Grid, write_cell


def build_delimited(delimiter: str, encoding: str, label_rows: int) -> Format:
    """The format of the text files of one system."""

    def read(content: bytes) -> dict[str, Grid]:
        text = io.StringIO(content.decode(encoding), newline="")
        header, *rows = csv.reader(text, delimiter=delimiter)
        return {"": Grid(header, [list(row) for row in rows[label_rows:]], rows[:label_rows])}

    def write(grids: dict[str, Grid]) -> bytes:
        text, grid = io.StringIO(newline=""), grids[""]
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerows([grid.header, *grid.labels])
        writer.writerows([write_cell(cell) for cell in row] for row in grid.rows)
        return text.getvalue().encode(encoding, errors="replace")

    return Format(read, write)
