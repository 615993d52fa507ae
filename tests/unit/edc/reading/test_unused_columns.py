"""A column that no table uses is a note, also of a source that queries make tables of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import ExportFolder

DD = {"source": "forms", "rows": "form = 'death'", "columns": {"SUBJID": "id", "DTHDTC": "died"}}
TIMED = {
    "source": "forms", "columns": {"SUBJID": "id", "DTHDTC": "died"}, "times": {"DTHDTC": "at"},
}  # fmt: skip


def list_extra(export: ExportFolder, **mapping: object) -> list[tuple[str, str]]:
    return [(t, c) for t, c, rule in export.queries(**mapping) if rule == "extra_column"]


def put_forms(export: ExportFolder) -> None:
    (export.path / "dd.csv").unlink()
    export.write("forms", "id,form,died,at,weight\nS1,death,2026-07-01,10:00,70\n")


def test_a_column_that_no_table_of_rows_uses_is_a_note(whole_export: ExportFolder) -> None:
    put_forms(whole_export)
    assert list_extra(whole_export, tables={"dd": DD}) == [("forms", "at"), ("forms", "weight")]
    assert list_extra(whole_export, tables={"dd": TIMED}) == [
        ("forms", "form"),
        ("forms", "weight"),
    ]


def test_what_another_table_of_the_source_uses_is_none(whole_export: ExportFolder) -> None:
    put_forms(whole_export)
    drugs = {
        "source": "forms",
        "rows": "form = 'x'",
        "columns": {"SUBJID": "id", "CMSEQ": "weight"},
        "not_collected": ["CMCLAS"],
    }
    tables = {"dd": DD, "cm": drugs}
    assert list_extra(whole_export, tables=tables) == [("forms", "at")]


def test_a_query_in_sql_that_takes_all_says_nothing(whole_export: ExportFolder) -> None:
    put_forms(whole_export)
    named = "SELECT id AS SUBJID, died AS DTHDTC, _file, _row FROM forms"
    every = f"WITH f AS (SELECT * FROM forms) {named.replace('FROM forms', 'FROM f')}"
    assert ("forms", "weight") in list_extra(whole_export, tables={"dd": {"sql": named}})
    assert list_extra(whole_export, tables={"dd": {"sql": every}}) == []
