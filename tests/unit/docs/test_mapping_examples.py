"""Every example of ``docs/mapping.md`` is run: files and mapping give the table below them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.config import Mapping, load_mapping, load_plan
from analysis.edc.allocation.refusal import find_arm_like
from analysis.edc.layout import load_layout
from analysis.edc.reading.texts import read_texts
from analysis.edc.typed import type_table
from analysis.edc.written.mapped_layout import map_layout

TOP = Path(__file__).parents[3]
PAGE = TOP / "docs" / "mapping.md"
BLOCK = re.compile(r"^```(\w+) ?(.*?)\n(.*?)^```$", re.M | re.S)
TYPED, ROUNDED, WHOLE = "typed", "rounded", "whole"
DIGITS = 2
"""Decimals to which the page prints converted numbers."""


@dataclass
class Example:
    """One example: its files, its mapping, the table that it gives, and how that is shown."""

    files: dict[str, str] = field(default_factory=dict)
    mapping: str = ""
    table: str = ""
    shown: str = ""
    result: str = ""
    is_whole: bool = False


def read_examples() -> list[Example]:
    examples = [Example()]
    for language, name, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        here = examples[-1]
        if language == "yaml":
            here.mapping, here.is_whole = body, name == WHOLE
        elif "." in name:
            here.files[name] = body
        else:
            here.table, _, here.shown = name.partition(" ")
            here.result = body
            examples.append(Example())
    assert examples.pop() == Example(), "the page ends within an example"
    return examples


EXAMPLES = read_examples()


def test_the_page_shows_every_key_that_makes_rows() -> None:
    keys = {key for one in EXAMPLES for key in _list_keys(yaml.safe_load(one.mapping))}
    assert keys >= {
        "source", "sources", "rows", "columns", "constants", "values", "yes_no", "missing_values",
        "checkboxes", "dates", "times", "units", "numbers", "identifiers", "lookup", "stack",
        "rows_by", "join", "sql", "delimiter", "decimal", "header_row", "repeated_headers", "where",
        "not_found",
        "header_rows", "keep_zeros", "piece", "leading_zeros", "empty", "beside",
    }  # fmt: skip


def test_the_whole_mapping_has_the_keys_that_every_mapping_needs_and_few_others() -> None:
    (whole,) = (one for one in EXAMPLES if one.is_whole)
    given = {*yaml.safe_load(whole.mapping)}
    needed = {name for name, key in Mapping.model_fields.items() if key.is_required()}
    assert given - {"delimiter"} == needed


def test_an_example_is_refused_without_its_declaration(tmp_path: Path) -> None:
    (example,) = (one for one in EXAMPLES if "not_allocation" in one.mapping)
    for name, body in example.files.items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    plan, layout = load_plan(TOP / "config" / "trial.yaml"), load_layout()
    path = _write_mapping(tmp_path, example)
    mapping = load_mapping(path, {"edc_dir": str(tmp_path)})
    path.unlink()
    found = find_arm_like(tmp_path, mapping, layout, plan.arms, plan.trial.allocation_ratio)
    assert found == []
    dd = mapping.tables["dd"].model_copy(update={"not_allocation": {}})
    bare = mapping.model_copy(update={"tables": {"dd": dd}})
    (finding,) = find_arm_like(tmp_path, bare, layout, plan.arms, plan.trial.allocation_ratio)
    assert finding.startswith("wards.csv, column group")


def _list_keys(node: object) -> set[str]:
    if isinstance(node, dict):
        return {*map(str, node)} | _list_keys(list(node.values()))
    return {key for each in node for key in _list_keys(each)} if isinstance(node, list) else set()


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{i}-{e.table}" for i, e in enumerate(EXAMPLES, 1)]
)
def test_an_example_gives_what_the_page_says(example: Example, tmp_path: Path) -> None:
    for name, body in example.files.items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(example.result)))
    found = _read(example, tmp_path)
    rows = [
        {column: str(row[column]) for column in expected[0]} for row in found.to_dict("records")
    ]
    if example.shown == ROUNDED:
        rows, expected = _round(rows), _round(expected)
    assert sorted(rows, key=str) == sorted(expected, key=str)


def _round(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {c: t if c == "SUBJID" else f"{float(t):.{DIGITS}f}" for c, t in row.items()}
        for row in rows
    ]


def _read(example: Example, folder: Path) -> pd.DataFrame:
    """The texts of the table; typed, where the page shows what becomes of dates."""
    given = yaml.load(example.mapping, Loader=yaml.BaseLoader)
    mapping = load_mapping(_write_mapping(folder, example), {"edc_dir": str(folder)})
    layout = map_layout(load_layout(), mapping)
    (name,) = given["tables"]
    assert name == example.table
    reading = read_texts(folder, mapping, {name: layout.tables[name]}, (), None)
    unexpected = [f for f in reading.fatal if "numbers of the analysis need it" not in f]
    assert unexpected == []
    if example.shown != TYPED:
        return reading.texts[name]
    days = {c for c, column in layout.tables[name].columns.items() if column.type == "date"}
    frame = type_table(name, layout.tables[name], reading.texts[name]).frame
    return frame.apply(lambda cells: cells.map(_write_day if cells.name in days else _write_moment))


def _write_moment(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, pd.Timestamp) else cell


def _write_day(cell: object) -> object:
    return cell.date().isoformat() if isinstance(cell, pd.Timestamp) else cell


def _write_mapping(folder: Path, example: Example) -> Path:
    """The shipped mapping with the keys of the example in the place of its own.

    An example that is whole stands alone.
    """
    text, path = example.mapping, folder / "edc.yaml"
    if example.is_whole:
        path.write_text(text, encoding="utf-8")
        return path
    shipped = (TOP / "config" / "edc.yaml").read_text(encoding="utf-8")
    own = set(yaml.load(text, Loader=yaml.BaseLoader))
    kept = [line for line in shipped.splitlines() if line.partition(":")[0] not in own]
    path.write_text("\n".join(kept) + "\n" + text, encoding="utf-8")
    return path
