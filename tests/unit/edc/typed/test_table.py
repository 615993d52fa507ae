"""What happens to a value or a row that breaks a rule of the layout."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.edc.layout import Layout
from analysis.edc.queries import Query
from analysis.edc.typed import TypedTable, column_dtype

TypeRows = Callable[..., TypedTable]
RAND = {"SUBJID": "S1", "RANDNO": "R1", "RANDDTC": "2026-03-01T10:00", "KITNO": "K1"}
MRS = {"SUBJID": "S1", "VISIT": "D90", "MRSSRC": "CENTRAL", "MRSDTC": "2026-06-01", "MRS": "2"}


def rules(typed: TypedTable) -> list[tuple[str, str, str]]:
    """Severity, column and rule of every query."""
    return [(q.severity.value, q.column, q.rule.value) for q in typed.queries]


def only_query(typed: TypedTable) -> Query:
    (query,) = typed.queries
    return query


def test_a_clean_row_raises_nothing(type_rows: TypeRows) -> None:
    typed = type_rows("rand", RAND)
    assert typed.queries == ()
    assert typed.fatal == ()
    assert typed.frame.to_dict("records") == [
        {**RAND, "RANDDTC": pd.Timestamp("2026-03-01T10:00")},
    ]


def test_every_column_has_the_type_of_the_layout(layout: Layout, type_rows: TypeRows) -> None:
    for name, table in layout.tables.items():
        for rows in ([], [{}]):
            frame = type_rows(name, *rows).frame
            for column_name, column in table.columns.items():
                assert frame[column_name].dtype == column_dtype(column), (name, column_name)


@pytest.mark.parametrize(
    ("table", "row", "column", "rule"),
    [
        ("bl", {"MRSPRE": "1.5"}, "MRSPRE", "type"),
        ("bl", {"MRSPRE": "NA"}, "MRSPRE", "type"),
        ("bl", {"NIHSSBL": "１４"}, "NIHSSBL", "type"),
        ("bl", {"GLUC": "5,6"}, "GLUC", "type"),
        ("bl", {"LKWDTC": "2026-02-30T10:00"}, "LKWDTC", "type"),
        ("bl", {"LKWDTC": "2026-02-20"}, "LKWDTC", "type"),
        ("mrs", {**MRS, "MRSDTC": "2026-06-31"}, "MRSDTC", "type"),
        ("ae", {"AESEQ": "1", "AETERM": "x", "AESTDTC": "2026-13"}, "AESTDTC", "type"),
        ("bl", {"OCCLOC": "M3"}, "OCCLOC", "code_list"),
        ("bl", {"OCCLOC": "m1"}, "OCCLOC", "code_list"),
        ("bl", {"IVT": "Yes"}, "IVT", "code_list"),
        ("bl", {"IVT": "1"}, "IVT", "code_list"),
        ("bl", {"MRSPRE": "6"}, "MRSPRE", "limits"),
        ("bl", {"NIHSSBL": "43"}, "NIHSSBL", "limits"),
        ("bl", {"NIHSSBL": "-1"}, "NIHSSBL", "limits"),
        ("mrs", {**MRS, "MRS": "7"}, "MRS", "limits"),
    ],
)
def test_an_unusable_value_is_set_to_missing(
    type_rows: TypeRows, table: str, row: dict[str, str], column: str, rule: str
) -> None:
    typed = type_rows(table, {"SUBJID": "S1", **row})
    query = only_query(typed)
    assert (query.severity, query.column, query.rule) == ("error", column, rule)
    assert query.value == row[column]
    assert typed.frame[column].isna().all()
    assert typed.fatal == ()


@pytest.mark.parametrize(("text", "low", "high"), [("0", 0, 42), ("42", 0, 42)])
def test_the_limits_belong_to_the_scale(
    type_rows: TypeRows, text: str, low: int, high: int
) -> None:
    typed = type_rows("bl", {"SUBJID": "S1", "NIHSSBL": text})
    assert typed.queries == ()
    assert low <= typed.frame["NIHSSBL"].item() <= high


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [("SBP", "59.9", 59.9), ("SBP", "300.5", 300.5), ("GLUC", "0", 0.0)],
)
def test_an_implausible_value_is_kept(
    type_rows: TypeRows, column: str, text: str, value: float
) -> None:
    typed = type_rows("bl", {"SUBJID": "S1", column: text})
    query = only_query(typed)
    assert (query.severity, query.column, query.rule) == ("warning", column, "range")
    assert typed.frame[column].item() == value


def test_the_ends_of_a_range_are_plausible(type_rows: TypeRows) -> None:
    assert type_rows("bl", {"SUBJID": "S1", "SBP": "60", "DBP": "180"}).queries == ()


def test_texts_keep_zeros_and_words(type_rows: TypeRows) -> None:
    frame = type_rows("dm", {"SUBJID": "007", "SITEID": "NA"}).frame
    assert (frame["SUBJID"].item(), frame["SITEID"].item()) == ("007", "NA")


def test_the_key_of_a_query_is_what_the_export_holds(type_rows: TypeRows) -> None:
    typed = type_rows("ex", {"SUBJID": "S1", "EXSEQ": "2.0", "EXROUTE": "IM", "EXDAY": "1"})
    assert only_query(typed).key == "SUBJID=S1; EXSEQ=2.0"


def test_a_subject_is_named_where_the_key_does_not(type_rows: TypeRows) -> None:
    typed = type_rows("screening", {"SCRNO": "P1", "SUBJID": "S1", "SCRRES": "?"})
    assert only_query(typed).key == "SUBJID=S1; SCRNO=P1"


def test_partial_dates_stay_text(type_rows: TypeRows) -> None:
    row = {"SUBJID": "S1", "AESEQ": "1", "AETERM": "x"}
    typed = type_rows("ae", {**row, "AESTDTC": "2026-03", "AEENDTC": "2026"})
    assert typed.queries == ()
    assert typed.frame[["AESTDTC", "AEENDTC"]].to_numpy().tolist() == [["2026-03", "2026"]]


@pytest.mark.parametrize(
    ("text", "flag"), [("", "Y"), ("2026-03-01", "N"), ("unreadable", "N"), ("2026-03", "N")]
)
def test_an_empty_consent_is_told_from_an_unusable_one(
    type_rows: TypeRows, text: str, flag: str
) -> None:
    frame = type_rows("dm", {"SUBJID": "S1", "SITEID": "1", "RFICDTC": text}).frame
    assert frame["RFICEMFL"].item() == flag


# --- required values and keys -------------------------------------------------------------------


def test_a_required_value_that_is_missing_is_a_query(type_rows: TypeRows) -> None:
    typed = type_rows("ds", {"SUBJID": "S1"})
    assert rules(typed) == [("error", "DSDECOD", "required")]
    assert len(typed.frame) == 1


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("nihss", {"SUBJID": "", "VISIT": "H24", "NIHSS": "3"}, "SUBJID"),
        ("nihss", {"SUBJID": "S1", "VISIT": "", "NIHSS": "3"}, "VISIT"),
        ("ae", {"SUBJID": "S1", "AETERM": "x"}, "AESEQ"),
        ("mrs", {**MRS, "MRSSRC": ""}, "MRSSRC"),
    ],
)
def test_a_row_without_its_key_is_left_out(
    type_rows: TypeRows, table: str, row: dict[str, str], column: str
) -> None:
    typed = type_rows(table, row)
    assert rules(typed) == [("error", column, "missing_key")]
    assert typed.frame.empty


def test_an_unusable_key_is_a_missing_key(type_rows: TypeRows) -> None:
    typed = type_rows("nihss", {"SUBJID": "S1", "VISIT": "D8", "NIHSS": "3"})
    assert rules(typed) == [("error", "VISIT", "code_list"), ("error", "VISIT", "missing_key")]
    assert typed.frame.empty


@pytest.mark.parametrize(
    ("table", "row"),
    [("mrs", {**MRS, "MRSDTC": ""}), ("ich", {"SUBJID": "S1", "ICHTYPE": "NONE"})],
)
def test_a_key_column_that_is_not_required_may_be_empty(
    type_rows: TypeRows, table: str, row: dict[str, str]
) -> None:
    typed = type_rows(table, row)
    assert typed.queries == ()
    assert len(typed.frame) == 1


@pytest.mark.parametrize("column", ["RANDNO", "RANDDTC"])
def test_a_randomisation_without_number_or_date_stops_the_run(
    type_rows: TypeRows, column: str
) -> None:
    typed = type_rows("rand", {**RAND, column: ""})
    (message,) = typed.fatal
    assert f"column {column}: missing or unusable for 1 subject (S1)" in message


def test_an_unusable_randomisation_date_stops_the_run(type_rows: TypeRows) -> None:
    (message,) = type_rows("rand", {**RAND, "RANDDTC": "2026-03-01"}).fatal
    assert "RANDDTC: missing or unusable for 1 subject (S1)" in message


def test_one_randno_for_two_subjects_stops_the_run(type_rows: TypeRows) -> None:
    (message,) = type_rows("rand", RAND, {**RAND, "SUBJID": "S2"}).fatal
    assert message == (
        "table rand, column RANDNO: one value is shared by 2 subjects (S1, S2). It must be unique"
    )


def test_at_most_five_subjects_are_named(type_rows: TypeRows) -> None:
    rows = [{**RAND, "SUBJID": f"S{i}", "RANDNO": ""} for i in range(1, 8)]
    (message,) = type_rows("rand", *rows).fatal
    assert "7 subjects (S1, S2, S3, S4, S5, ...)" in message


# --- rows that repeat ---------------------------------------------------------------------------


@pytest.mark.parametrize("other", [MRS, {**MRS, "MRS": "2.0"}])
def test_identical_rows_become_one(type_rows: TypeRows, other: dict[str, str]) -> None:
    typed = type_rows("mrs", MRS, other)
    assert rules(typed) == [("warning", "", "identical_row")]
    assert len(typed.frame) == 1


def test_rows_of_one_key_with_other_content_are_kept(type_rows: TypeRows) -> None:
    typed = type_rows("mrs", MRS, {**MRS, "MRS": "3"})
    assert rules(typed) == [("warning", "", "duplicate_key")] * 2
    assert typed.frame["MRS"].tolist() == [2, 3]
    assert typed.fatal == ()


def test_two_assessments_without_a_date_share_a_key(type_rows: TypeRows) -> None:
    undated = {**MRS, "MRSDTC": ""}
    typed = type_rows("mrs", undated, {**undated, "MRS": "3"})
    assert rules(typed) == [("warning", "", "duplicate_key")] * 2
    assert len(typed.frame) == 2


def test_conflicting_rows_of_one_subject_stop_the_run(type_rows: TypeRows) -> None:
    row = {"SUBJID": "S1", "SITEID": "1", "AGE": "66", "SEX": "F"}
    typed = type_rows("dm", row, {**row, "AGE": "67", "SEX": "M"}, {**row, "SUBJID": "S2"})
    assert typed.fatal == (
        "table dm: 1 SUBJID with conflicting rows, where one row is allowed: S1 (AGE, SEX). "
        "Correct the export",
    )


def test_rows_that_differ_in_an_unusable_value_alone_conflict(type_rows: TypeRows) -> None:
    row = {"SUBJID": "S1", "SITEID": "1"}
    (message,) = type_rows("dm", row, {**row, "RFICDTC": "illegible"}).fatal
    assert "S1 (RFICDTC)" in message


def test_a_value_against_none_is_a_conflict(type_rows: TypeRows) -> None:
    row = {"SUBJID": "S1", "SITEID": "1"}
    (message,) = type_rows("dm", row, {**row, "AGE": "66"}).fatal
    assert "S1 (AGE)" in message


def test_the_message_on_conflicts_holds_no_value(type_rows: TypeRows) -> None:
    row = {"SUBJID": "S1", "SITEID": "1", "RFICDTC": "2026-03-01T08:15"}
    (message,) = type_rows("dm", row, {**row, "RFICDTC": "2026-03-01T08:16"}).fatal
    assert "2026" not in message
    assert "08:1" not in message


def test_a_screening_number_given_twice_is_a_query(type_rows: TypeRows) -> None:
    typed = type_rows(
        "screening", {"SCRNO": "P1", "SCRRES": "DECLINED"}, {"SCRNO": "P1", "SCRRES": "OTHER"}
    )
    assert typed.fatal == ()
    assert rules(typed) == [("warning", "", "duplicate_key")] * 2


def test_rows_stand_in_the_order_of_their_key(type_rows: TypeRows) -> None:
    rows = [
        {"SUBJID": subject, "AESEQ": number, "AETERM": "x"}
        for subject, number in (("S2", "1"), ("S1", "10"), ("S1", "9"))
    ]
    frame = type_rows("ae", *rows).frame
    assert frame[["SUBJID", "AESEQ"]].to_numpy().tolist() == [["S1", 9], ["S1", 10], ["S2", 1]]


# --- strangers ----------------------------------------------------------------------------------


def test_a_stranger_is_left_out(type_rows: TypeRows) -> None:
    typed = type_rows("nihss", {"SUBJID": "X9", "VISIT": "H24"}, subjects=frozenset({"S1"}))
    query = only_query(typed)
    assert (query.column, query.rule, query.value) == ("SUBJID", "unknown_subject", "X9")
    assert typed.frame.empty


def test_a_stranger_given_twice_does_not_stop_the_run(type_rows: TypeRows) -> None:
    row = {"SUBJID": "X9", "SITEID": "1", "AGE": "66"}
    typed = type_rows("dm", row, {**row, "AGE": "67"}, subjects=frozenset({"S1"}))
    assert typed.fatal == ()
    assert typed.frame.empty


def test_a_patient_screened_without_a_subject_id_is_no_stranger(type_rows: TypeRows) -> None:
    typed = type_rows("screening", {"SCRNO": "P1"}, subjects=frozenset({"S1"}))
    assert typed.queries == ()
    assert len(typed.frame) == 1


# --- a column that is something else ------------------------------------------------------------
# (how much may be lost by a plan's limits: tests/unit/edc/door)


@pytest.mark.parametrize(("unusable", "usable"), [(4, 0), (5, 0), (15, 0), (20, 1), (6, 6), (7, 6)])
def test_a_column_without_a_usable_majority_is_a_wrong_layout(
    type_rows: TypeRows, unusable: int, usable: int
) -> None:
    dates = ["01/06/2026"] * unusable + ["2026-06-01"] * usable
    rows = [
        {"SUBJID": f"S{i:02d}", "DSDECOD": "COMPLETED", "DSSTDTC": date}
        for i, date in enumerate(dates)
    ]
    typed = type_rows("ds", *rows)
    assert rules(typed) == [("error", "DSSTDTC", "type")] * unusable
    if unusable < 5 or unusable <= usable:
        assert typed.fatal == ()
        return
    (message,) = typed.fatal
    first, second = (
        f'["%Y-%m-%d", "{form}"]' if usable else f'"{form}"' for form in ("%d/%m/%Y", "%m/%d/%Y")
    )
    assert message.startswith(
        f"table ds, column DSSTDTC: {unusable} of {unusable + usable} values are unusable (not of "
        "type date), more than "
    )
    assert message.endswith(
        f"\n    {unusable} have the form DD/MM/YYYY or MM/DD/YYYY (no date tells which). Set "
        f"tables.ds.dates.DSSTDTC: {first} or {second} in config/edc.yaml; choose the one that is "
        "meant"
    )


def test_a_wrong_code_list_names_the_codes(type_rows: TypeRows) -> None:
    rows = [{"SUBJID": f"S{i:02d}", "SITEID": "1", "SEX": "1"} for i in range(20)]
    (message,) = type_rows("dm", *rows).fatal
    assert "column SEX: 20 of 20 values are unusable (not in the code list (M, F))" in message
    assert 'tables: {dm: {values: {SEX: {"1": ?}}}}' in message
