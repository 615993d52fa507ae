"""Dataset-JSON 1.1 of a table of text."""

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.io.files import write_text
from analysis.simulate.exports.files.transport import is_numeric

CREATED = "2026-01-01T00:00:00"


def write_dataset_json(
    path: Path, study: str, name: str, table: pd.DataFrame, numbers: Iterable[str] = ()
) -> None:
    """Write a data set; ``numbers``: columns that are numbers where every cell is one or empty."""
    numeric = {column for column in numbers if is_numeric(table[column])}
    cells = [
        [_read_number(text) if column in numeric else text for text in table[column]]
        for column in table.columns
    ]
    content = {
        "datasetJSONCreationDateTime": CREATED,
        "datasetJSONVersion": "1.1.0",
        "fileOID": f"{study}.{name}",
        "originator": study,
        "sourceSystem": {"name": "analysis.simulate.exports", "version": "1"},
        "studyOID": study,
        "metaDataVersionOID": "MDV.1",
        "itemGroupOID": f"IG.{name}",
        "records": len(table),
        "name": name,
        "label": name,
        "columns": [_describe(name, column, column in numeric) for column in table.columns],
        "rows": [list(row) for row in zip(*cells, strict=True)],
    }
    write_text(path, json.dumps(content, ensure_ascii=False, indent=0) + "\n")


def _describe(name: str, column: str, is_number: bool) -> dict[str, str]:
    return {
        "itemOID": f"IT.{name}.{column}",
        "name": column,
        "label": column,
        "dataType": "float" if is_number else "string",
    }


def _read_number(text: str) -> float | int | None:
    if not text:
        return None
    return float(text) if "." in text else int(text)
