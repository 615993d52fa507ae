"""What was lost at the door, in rows and sentences."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.outline.displays import TABLES
from analysis.display.rows.door import list_columns, list_tables, say_primary, say_total
from tests.projects.made_up_results.frame import Record


def keep(records: list[Record], *dropped: str) -> Ard:
    """The frame without the counts of some levels."""
    return Ard.from_records(
        row for row in records if row["analysis_id"] != "door" or row["level"] not in dropped
    )


def test_all_tables_together(ard: Ard) -> None:
    assert say_total(ard) == (
        "At the door: 11 of 6123 rows left out, 31 of 48210 filled cells set to missing, 9 outside "
        "their plausible range."
    )


def test_what_the_primary_analysis_uses(ard: Ard) -> None:
    assert say_primary(ard) == (
        "Lost at the door for the primary analysis: rows left out (mrs 9); values set to missing "
        "(mrs.MRS 8); values outside the plausible range (dm.AGE 2); covariates filled (dm.AGE 4)."
    )


def test_a_loss_elsewhere_does_not_touch_the_primary(records: list[Record]) -> None:
    assert say_primary(keep(records, "mrs", "mrs.MRS", "dm.AGE")) == ""


def test_a_frame_without_the_account_says_nothing(records: list[Record]) -> None:
    without = Ard.from_records(row for row in records if row["analysis_id"] != "door")
    assert (say_total(without), say_primary(without)) == ("", "")


def test_tables_and_the_columns_that_lost_something(ard: Ard, plan: Plan) -> None:
    assert [each.level for each in list_tables(ard)] == ["rand", "dm", "mrs"]
    assert [each.level for each in list_columns(ard)] == ["dm.HTN", "dm.AGE", "mrs.MRS"]
    rows = TABLES["t_door"].build({TABLES["t_door"].source: ard}, plan, "").rows
    assert rows[2].cells == ("3069", "3056", "5", "4", "4", "0")
    cells = TABLES["t_door_columns"].build({TABLES["t_door"].source: ard}, plan, "").rows
    assert [(row.section, row.label, row.cells) for row in cells] == [
        ("dm", "HTN", ("", "", "", "", "", "", "")),
        ("dm", "HTN, missing: not done", ("", "", "", "", "", "", "12")),
        ("dm", "HTN, read: spelling of yes", ("", "", "", "", "", "", "1044")),
        ("dm", "AGE", ("1056", "1056", "0", "2", "0", "4", "")),
        ("mrs", "MRS", ("3063", "3055", "8", "0", "12", "", "")),
    ]
