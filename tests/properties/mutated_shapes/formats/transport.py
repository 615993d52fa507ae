"""SAS transport files, numbers as numbers where a column holds nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyreadstat

from analysis.simulate.exports.files.transport import write_transport
from tests.properties.mutated_shapes.formats.grid import Format, Grid, write_cell


def read_data_set(content: bytes) -> dict[str, Grid]:
    with TemporaryDirectory() as name:
        path = Path(name) / "read.xpt"
        path.write_bytes(content)
        frame, meta = pyreadstat.read_xport(path, disable_datetime_conversion=True)
    rows = [
        ["" if pd.isna(cell) else cell for cell in row]
        for row in frame.astype(object).to_numpy().tolist()
    ]
    numbers = [c for c, kind in meta.readstat_variable_types.items() if kind == "double"]
    about = {
        "name": meta.table_name, "numbers": numbers, "labels": dict(meta.column_names_to_labels),
    }  # fmt: skip
    return {"": Grid(list(frame.columns), rows, about=about)}


def write_data_set(grids: dict[str, Grid]) -> bytes:
    grid = grids[""]
    cells = [[write_cell(cell) for cell in row] for row in grid.rows]
    table = pd.DataFrame(cells, columns=grid.header, dtype=str)
    numbers = [c for c in grid.about["numbers"] if c in grid.header]
    with TemporaryDirectory() as name:
        path = Path(name) / "written.xpt"
        labels = {column: grid.about["labels"].get(column) or "" for column in grid.header}
        write_transport(path, grid.about["name"], table, numbers, labels)
        return path.read_bytes()


TRANSPORT = Format(read_data_set, write_data_set)
