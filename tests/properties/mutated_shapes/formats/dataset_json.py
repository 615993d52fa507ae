"""Dataset-JSON: rows of texts, numbers and nulls beside the names of the columns."""

from __future__ import annotations

import json

from tests.properties.mutated_shapes.formats.grid import Format, Grid


def read_dataset(content: bytes) -> dict[str, Grid]:
    about = json.loads(content)
    header = [column["name"] for column in about["columns"]]
    return {"": Grid(header, [list(row) for row in about["rows"]], about=about)}


def write_dataset(grids: dict[str, Grid]) -> bytes:
    grid = grids[""]
    known = {column["name"]: column for column in grid.about["columns"]}
    plain = {"itemOID": "IT.X", "label": "", "dataType": "string"}
    columns = [{**known.get(name, plain), "name": name} for name in grid.header]
    content = {**grid.about, "columns": columns, "records": len(grid.rows), "rows": grid.rows}
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode(errors="replace")


DATASET = Format(read_dataset, write_dataset)
