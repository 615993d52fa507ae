"""Columns that a file lacks: what stops the run, and which headers are named beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.absent.columns import find_nearest
from analysis.edc.layout import Layout, load_layout
from analysis.edc.reading.export import read_export

if TYPE_CHECKING:
    from conftest import ExportFolder

LAYOUT = load_layout()
NEEDED = [
    (name, column)
    for name, table in LAYOUT.tables.items()
    for column in table.columns
    if name not in ("cm", "screening") and table.columns[column].use == "number"
    if column not in table.key and not table.columns[column].required
]
NOT_NEEDED = [
    (name, column)
    for name, table in LAYOUT.tables.items()
    for column in table.columns
    if name not in ("cm", "screening") and table.columns[column].use == "none"
    if not table.columns[column].required
]


@pytest.mark.parametrize(("name", "column"), NEEDED)
def test_a_column_that_carries_a_number_stops_the_run(
    whole_export: ExportFolder, name: str, column: str
) -> None:
    first = (whole_export.path / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
    header = [f"{c}_" if c == column else c for c in first.split(",")]
    whole_export.edit(name, first, ",".join(header))
    message = whole_export.fatal()
    assert f"{name}.csv: column {column} is missing, and numbers of the analysis need it." in (
        message
    )
    assert f"'{column}_'" in message


@pytest.mark.parametrize(("name", "column"), NOT_NEEDED)
def test_a_column_of_no_number_is_a_query(
    whole_export: ExportFolder, name: str, column: str
) -> None:
    first = (whole_export.path / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
    header = ["ELSE" if c == column else c for c in first.split(",")]
    whole_export.edit(name, first, ",".join(header))
    assert (name, column, "missing_column") in whole_export.queries()


@pytest.mark.parametrize(
    ("name", "column", "typed"),
    [("ich", "SICH", "SCIH"), ("ae", "AESER", "AESRE"), ("bl", "NIHSSBL", "NIHSBL")],
)
def test_exchanged_and_lost_letters_are_named_with_the_line_to_write(
    whole_export: ExportFolder, name: str, column: str, typed: str
) -> None:
    whole_export.edit(name, column, typed)
    message = whole_export.fatal()
    assert f"The nearest headers of the file: '{typed}'." in message
    assert f"tables.{name}.columns: {{{column}: {typed}}}" in message
    tables = {name: {"columns": {column: typed}}}
    assert whole_export.fatal(tables=tables) == ""  # the remedy works


@pytest.mark.parametrize("column", ["SICH", "ICHTYPE"])
def test_a_column_that_the_mapping_names_and_the_file_lacks_always_stops(
    whole_export: ExportFolder, column: str
) -> None:
    tables = {"ich": {"columns": {column: "ADJUDICATED"}}}
    message = whole_export.fatal(tables=tables)
    assert f"ich.csv: column {column} (mapped from ADJUDICATED) is missing" in message
    assert "the mapping names it" in message


def test_so_does_one_of_no_number(whole_export: ExportFolder) -> None:
    message = whole_export.fatal(tables={"dm": {"columns": {"HEIGHT": "LENGTH"}}})
    assert "dm.csv: column HEIGHT (mapped from LENGTH) is missing, and the mapping names it" in (
        message
    )


def test_a_column_that_the_plan_names_stops(whole_export: ExportFolder, layout: Layout) -> None:
    whole_export.edit("dm", "HEIGHT", "LENGTH")
    mapping = whole_export.make_mapping()
    assert read_export(whole_export.path, mapping, layout)[1] == []
    (finding,) = read_export(whole_export.path, mapping, layout, named=("AGE", "HEIGHT"))[1]
    assert finding.startswith("dm.csv: column HEIGHT is missing")


def test_an_optional_table_that_the_mapping_describes_stops_when_it_is_absent(
    whole_export: ExportFolder,
) -> None:
    message = whole_export.fatal(tables={"cm": {"columns": {"CMCLAS": "CLASS"}}})
    assert "table cm: no file in the export" in message


@given(
    header=st.text(alphabet="ABCDEFGHILMNORST", min_size=4, max_size=8),
    place=st.integers(min_value=0, max_value=6),
)
def test_two_exchanged_letters_are_always_found(header: str, place: int) -> None:
    at = min(place, len(header) - 2)
    typed = header[:at] + header[at + 1] + header[at] + header[at + 2 :]
    others = ["UUUUUU", "VVVVVV", "WWWWWW", "XXXXXX"]
    assert find_nearest(header, [*others, typed])[0] == typed


def test_nothing_is_named_where_nothing_is_alike() -> None:
    assert find_nearest("SICH", ["AGE", "WEIGHT"]) == []
