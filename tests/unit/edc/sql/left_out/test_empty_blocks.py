"""Rows that a block of ``stack`` leaves out are counted and said, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.edc.mapping.account.rows import OF_EMPTY_BLOCKS, account_rows
from analysis.edc.mapping.opened import open_export
from analysis.edc.queries import Rule

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

WIDE = "id,n24,n7,none\nS1,1,2,\nS2,,3,\nS3,,,\n"


def stack(**keys: Any) -> dict[str, Any]:
    return {
        "source": "wide", "columns": {"SUBJID": "id"}, "rows": "id <> 'S3'",
        "stack": [
            {"columns": {"NIHSS": "n24"}, "constants": {"VISIT": "H24"}, **keys},
            {"columns": {"NIHSS": "n{n}"}, "constants": {"VISIT": "D{n}"}, "numbers": [7]},
            {"columns": {"NIHSS": "none"}, "constants": {"VISIT": "H24"}},
        ],
    }  # fmt: skip


def read(edc: ExportFolder, **keys: Any) -> list[tuple[str, str]]:
    edc.write("wide", WIDE)
    export, _ = edc.read(tables={"nihss": stack(**keys)})
    found = [query for query in export.queries if query.rule is Rule.EMPTY_BLOCK]
    assert {query.table for query in found} <= {"nihss"}
    return [(str(query.severity), query.message) for query in found]


def test_each_block_says_how_many_rows_it_left_out(whole_export: ExportFolder) -> None:
    assert read(whole_export) == [
        ("note", "block 1, VISIT H24 of stack: 1 of 2 rows of the source hold nothing in n24 and "
                 "give no row of the table"),
        ("warning", "block 3, VISIT H24 of stack: 2 of 2 rows of the source hold nothing in none "
                    "and give no row of the table"),
    ]  # fmt: skip


def test_several_blocks_are_one_note_and_one_warning(whole_export: ExportFolder) -> None:
    """Numbered blocks, of which 1 to 7 are empty in one row each, and 8 to 9 in both."""
    names = [f"n{n}" for n in range(1, 10)]
    lines = [["S1", *"1234567", "", ""], ["S2", *[""] * 9]]
    whole_export.write("wide", "\n".join(map(",".join, [["id", *names], *lines, []])))
    block = {"columns": {"NIHSS": "n{n}"}, "constants": {"VISIT": "D7"},
             "numbers": list(range(1, 10))}  # fmt: skip
    spec = {"source": "wide", "columns": {"SUBJID": "id"}, "stack": [block]}
    export, _ = whole_export.read(tables={"nihss": spec})
    note, warning = [q for q in export.queries if q.rule is Rule.EMPTY_BLOCK]
    start = (
        "7 blocks of stack hold nothing in rows of the source, 7 times together, and give no row "
        "of the table there: "
    )
    assert note.message.startswith(start)
    named = note.message.removeprefix(start).split("; ")
    assert len(named) == 6
    assert named[0].endswith("1 of 2 (n1)")
    assert named[-1] == "..."
    assert (str(warning.severity), warning.message[:8]) == ("warning", "2 blocks")
    assert "2 of 2 (n8); " in warning.message
    assert warning.message.endswith("2 of 2 (n9)")


def test_a_block_that_keeps_its_empty_rows_leaves_none_out(whole_export: ExportFolder) -> None:
    said = read(whole_export, empty="keep")
    assert [message[:7] for _, message in said] == ["block 3"]


def test_the_page_on_the_mapping_counts_them(whole_export: ExportFolder) -> None:
    whole_export.write("wide", WIDE)
    keys = {"tables": {"nihss": stack()}}
    export, _ = whole_export.read(**keys)
    opened = open_export(whole_export.path, whole_export.make_mapping(**keys), whole_export.layout)
    accounts = {one.table: one for one in account_rows(export, opened, whole_export.layout)}
    assert accounts["nihss"].left_out[-1] == (OF_EMPTY_BLOCKS, 3)
    assert all(OF_EMPTY_BLOCKS not in dict(accounts[name].left_out) for name in ("dm", "mrs"))
