"""Rows of a long source that repeat a value are counted: one may be meant for another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.edc.mapping.account.rows import OF_NOT_TAKEN, account_rows
from analysis.edc.mapping.opened import open_export

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

ITEMS = "id,item,value\nS1,score,2\nS2,score,2\nS1,date,2026-06-01\nS2,date,2026-06-02\n"
AGAIN = "S2,score,2\n"
KEYS = {
    "sources": {"items": {"file": "items.csv", "rows_by": {
        "key": ["id"], "item": "item", "value": "value"}}},
    "tables": {"mrs": {
        "source": "items", "columns": {"SUBJID": "id", "MRS": "score", "MRSDTC": "date"},
        "constants": {"VISIT": "D90", "MRSSRC": "CENTRAL"}}},
}  # fmt: skip


@pytest.fixture
def edc(whole_export: ExportFolder) -> ExportFolder:
    (whole_export.path / "mrs.csv").unlink()
    whole_export.write("items", ITEMS)
    return whole_export


def say(edc: ExportFolder) -> list[tuple[str, str, str, str, int | None]]:
    export, _ = edc.read(**KEYS)
    return [
        (q.severity.value, q.table, q.message, q.file, q.row)
        for q in export.queries
        if q.rule == "not_taken"
    ]


def test_a_value_that_is_given_again_is_counted(edc: ExportFolder) -> None:
    """As where the key of one row is another's by mistake: nothing else would tell of it."""
    edc.write("items", ITEMS + AGAIN)
    words = (
        "rows_by of items: rows that repeat the value of an item under the same key, of which "
        "nothing more is taken: 1 (rows 5)"
    )
    assert say(edc) == [("warning", "mrs", words, "items.csv", 5)]


def test_where_each_value_is_given_once_nothing_is_said(edc: ExportFolder) -> None:
    assert say(edc) == []


def test_the_page_on_the_mapping_counts_them(edc: ExportFolder) -> None:
    edc.write("items", ITEMS + AGAIN * 2)
    export, _ = edc.read(**KEYS)
    opened = open_export(edc.path, edc.make_mapping(**KEYS), edc.layout)
    accounts = {one.table: one for one in account_rows(export, opened, edc.layout)}
    assert (OF_NOT_TAKEN, 2) in accounts["mrs"].left_out
