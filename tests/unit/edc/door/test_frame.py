"""The account of a table, and of its columns, as the rows of door.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.edc.door.frame import COLUMNS, build_door
from tests.unit.edc.door.conftest import first

if TYPE_CHECKING:
    from conftest import ExportFolder

    from tests.unit.edc.door.conftest import Read


def test_every_count_of_a_table(read: Read) -> None:
    typed = read("dm", SITEID="1", AGE=first(2, "?", first(3, "17", "70")))
    account = typed.account.of_file("dm.csv", {"AGE": 4}).of_subjects(7, {"AGE": 9})
    frame = build_door([account])
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["file"]) == {"dm.csv"}
    counts = frame.set_index(["column", "what"])["n"].to_dict()
    rows = {what: n for (column, what), n in counts.items() if not column}
    assert rows == {
        "rows_read": 300, "rows_used": 300, "left_out_missing_key": 0,
        "left_out_unknown_subject": 0, "left_out_identical_row": 0, "subjects_without_row": 7,
    }  # fmt: skip
    ages = {what: n for (column, what), n in counts.items() if column == "AGE"}
    assert ages == {
        "filled": 300, "typed": 298, "mapped": 4, "set_missing": 2, "outside_type": 2,
        "out_of_range": 1, "imputed": 9,
    }  # fmt: skip
    assert ("SEX", "imputed") not in counts


def test_the_rows_read_are_those_used_and_those_left_out(read: Read) -> None:
    typed = read("ae", SUBJID=first(3, "", first(7, "X", "01-000")), AESEQ="1", AETERM="x")
    account = typed.account
    assert account.rows_read == account.rows_used + sum(account.left_out.values())
    assert account.left_out == {"missing_key": 3, "unknown_subject": 4, "identical_row": 292}
    assert account.rows_lost == 7


def test_the_mapping_mends_an_export_and_is_counted(whole_export: ExportFolder) -> None:
    whole_export.edit("ae", "S1,", "IMPACT-S01,")
    assert "`IMPACT-S01` looks like `S1`" in whole_export.fatal()
    spelling = {"remove_prefix": "IMPACT-", "zero_fill": [1]}
    mapping = {"tables": {"ae": {"identifiers": {"SUBJID": spelling}}}}
    export, fatal = whole_export.read(**mapping)
    assert fatal == []
    assert export.tables["ae"]["SUBJID"].tolist() == ["S1"]
    account = export.accounts["ae"]
    assert (account.file, account.columns["SUBJID"].mapped) == ("ae.csv", 1)


def test_numbers_of_another_unit_are_converted(whole_export: ExportFolder) -> None:
    whole_export.rows("bl", {"SUBJID": "S1", "GLUC": "126"}, {"SUBJID": "S2", "GLUC": ""})
    export, _ = whole_export.read(tables={"bl": {"factors": {"GLUC": 0.0555}}})
    assert export.tables["bl"]["GLUC"].dropna().tolist() == [6.993]
    assert export.accounts["bl"].columns["GLUC"].mapped == 1
