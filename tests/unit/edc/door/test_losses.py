"""More lost than the plan allows stops the run, with the reason and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.config import Plan
from tests.unit.edc.door.conftest import SUBJECTS, first

if TYPE_CHECKING:
    from tests.unit.edc.door.conftest import Read

D90 = {"VISIT": "D90", "MRSSRC": "CENTRAL", "MRSDTC": "2026-07-09", "MRS": "2"}
AE = {"AESEQ": "1", "AETERM": "x"}


def test_a_whole_table_stops_nothing_and_is_accounted_for(read: Read) -> None:
    typed = read("mrs", **D90)
    assert typed.fatal == ()
    account = typed.account
    assert (account.rows_read, account.rows_used, account.rows_lost) == (300, 300, 0)
    assert (account.columns["MRS"].filled, account.columns["MRS"].typed) == (300, 300)


# --- rows ---------------------------------------------------------------------------------------


def test_identifiers_that_are_spelt_otherwise_are_named_with_the_mapping(read: Read) -> None:
    (message,) = read("ae", SUBJID=lambda i: f"IMPACT-{SUBJECTS[i]}", **AE).fatal
    assert message == (
        "table ae: 300 of 300 subjects are not in rand; `IMPACT-01-000` looks like `01-000`; 300 "
        "of 300 rows would be left out, more than the 2 % of door.rows_left_out in the plan.\n    "
        "If they are the same subjects, write in config/edc.yaml `tables: {ae: {identifiers: "
        '{SUBJID: {remove_prefix: "IMPACT-"}}}}`: it makes 300 of 300 known. Or export it with the '
        "identifiers of rand"
    )


@pytest.mark.parametrize("lost", [0, 3, 9, 10, 100, 300])
def test_the_limit_of_a_table(read: Read, lost: int) -> None:
    typed = read("mrs", SUBJID=lambda i: f"X{i}" if i < lost else SUBJECTS[i], **D90)
    assert typed.account.left_out["unknown_subject"] == lost
    assert len(typed.fatal) == (lost > 9)
    assert len(typed.frame) == 300 - lost


@pytest.mark.parametrize("n", [1, 3, 15])
def test_all_rows_of_a_short_table_with_other_spellings_stop(read: Read, n: int) -> None:
    (message,) = read("dd", n, SUBJID=lambda i: SUBJECTS[i].lstrip("0"), DTHDTC="2026-05-01").fatal
    assert "looks like" in message
    assert "`tables: {dd: {identifiers: {SUBJID: {" in message


def test_a_short_table_of_strangers_stops_by_the_majority(read: Read) -> None:
    (message,) = read("ich", 15, SUBJID=lambda i: f"Z{i}").fatal
    assert "15 of 15 rows would be left out" in message
    assert "They resemble no randomised subject (15 subjects (Z0, Z1, " in message
    assert read("ich", 4, SUBJID=lambda i: f"Z{i}").fatal == ()


def test_a_slip_is_a_query_that_names_whom_it_resembles(read: Read) -> None:
    typed = read("mrs", SUBJID=first(1, "1-0", lambda i: SUBJECTS[i]), **D90)
    assert typed.fatal == ()
    (query,) = typed.queries
    assert query.message == (
        "the subject is not in rand; the row is left out; it looks like 01-000"
    )


def test_a_randomised_subject_without_an_identifier_stops(read: Read) -> None:
    typed = read("rand", SUBJID=first(1, "", lambda i: SUBJECTS[i]), RANDNO=str,
                 RANDDTC="2026-04-11T03:52")  # fmt: skip
    (message,) = typed.fatal
    assert "1 of 300 rows would be left out (1 without a usable key)" in message


def test_identical_rows_are_counted_and_lost_with_nothing(read: Read) -> None:
    typed = read("ae", SUBJID="01-000", **AE)
    assert typed.fatal == ()
    assert (typed.account.left_out["identical_row"], typed.account.rows_lost) == (299, 0)


# --- columns ------------------------------------------------------------------------------------


def test_a_visit_in_words_is_named_with_its_code(read: Read) -> None:
    (message,) = read("mrs", **{**D90, "VISIT": first(290, "Day 90", "D90")}).fatal
    assert message.startswith("table mrs, column VISIT: 290 of 300 values are unusable (not in ")
    assert message.endswith(
        "Found: `Day 90` (290). Write in config/edc.yaml "
        '`tables: {mrs: {values: {VISIT: {"Day 90": "D90"}}}}`'
    )


def test_scores_with_a_word_are_named(read: Read) -> None:
    (message,) = read("mrs", **{**D90, "MRS": lambda i: f"mRS {i % 3}"}).fatal
    assert '{MRS: {"mRS 0": "0", "mRS 1": "1", "mRS 2": "2"}}' in message


def test_half_of_the_dates_day_first(read: Read) -> None:
    typed = read("mrs", **{**D90, "MRSDTC": lambda i: "31/07/2026" if i % 2 else "2026-07-09"})
    (message,) = typed.fatal
    assert "150 of 300 values are unusable (not of type date)" in message
    assert message.endswith(
        '150 have the form DD/MM/YYYY. Set tables.mrs.dates.MRSDTC: ["%Y-%m-%d", "%d/%m/%Y"] in '
        "config/edc.yaml"
    )


def test_a_few_partial_dates_do_not_save_a_column(read: Read) -> None:
    dates = first(288, "31/07/2026", "2026-07")
    (message,) = read("ae", **AE, AESTDTC=dates).fatal
    assert "288 of 300 values are unusable" in message


def test_dates_that_lost_their_day(read: Read) -> None:
    (message,) = read("ae", **AE, AESTDTC=first(280, "2026", "2026-07-09")).fatal
    assert "280 of 300 dates have no day" in message
    assert read("ae", **AE, AESTDTC=first(100, "2026", "2026-07-09")).fatal == ()


@pytest.mark.parametrize("n", [2, 3, 100])
def test_an_undeclared_code_for_missing(read: Read, n: int) -> None:
    fatal = read("dm", SITEID="1", AGE=first(n, "-95", "70")).fatal
    assert fatal == () if n < 3 else "`-95` in" in fatal[0]
    if n > 2:
        assert fatal[0].endswith('Write in config/edc.yaml `missing_values: ["-95"]`')


def test_a_code_that_may_be_a_value_elsewhere_is_declared_for_its_column(read: Read) -> None:
    (message,) = read("dm", SITEID="1", AGE=first(5, "999", "70")).fatal
    assert message.endswith('`tables: {dm: {values: {AGE: {"999": ""}}}}`')


def test_a_code_that_the_column_can_hold_is_a_value(read: Read) -> None:
    assert read("bl", SBP=first(5, "99", "140")).fatal == ()


def test_a_column_in_another_unit(read: Read) -> None:
    (message,) = read("bl", GLUC="128").fatal
    assert "300 of 300 values lie outside the plausible range 1 to 50 mmol/L" in message
    assert "factors: {GLUC: 0.0555}" in message


def test_a_site_in_another_unit(read: Read) -> None:
    (message,) = read("bl", CREAT=first(30, "0.9", "75")).fatal
    assert "30 of 300 values lie outside" in message


def test_a_wrong_unit_inside_the_plausible_range(read: Read) -> None:
    (message,) = read("dm", SITEID="1", WEIGHT="132").fatal
    assert "the median is 132, where trials of thrombectomy have 45 to 110 kg" in message


def test_a_missing_cell_is_no_loss(read: Read) -> None:
    typed = read("bl", GLUC=first(200, "", "7"))
    assert typed.fatal == ()
    assert typed.account.columns["GLUC"].filled == 100


@pytest.mark.parametrize("column", ["VISIT", "MRSSRC", "MRS", "MRSDTC"])
def test_the_outcome_is_held_to_a_stricter_limit_than_the_rest(
    read: Read, plan: Plan, column: str
) -> None:
    assert plan.door.values_unusable.find(f"mrs.{column}").percent < 5
    assert len(read("mrs", **{**D90, column: first(12, "?", D90[column])}).fatal) == 1
    assert read("mrs", **D90, MRSMODE=first(12, "?", "PHONE")).fatal == ()


def test_cells_by_rule_are_counted(read: Read) -> None:
    scores = first(2, "9", first(5, "n.d.", "2"))
    account = read("mrs", **{**D90, "MRS": scores}).account.columns["MRS"]
    assert account.set_missing == {"limits": 2, "type": 3}
    assert (account.filled, account.typed, account.unusable) == (300, 295, 5)
