"""What the short keys of a table give, on a few rows that were worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.edc.sql.short_form.write import Query

Make = Callable[..., tuple[Query, pd.DataFrame]]

REDCAP = {
    "record_id": ["1", "1", "2", "2"],
    "event": ["base", "d90", "base", "d90"],
    "mrs": ["", "3", "", "6"],
    "mrs_d": ["", "2026-06-01", "", "2026-06-02"],
    "mrs_t": ["", "10:30", "", ""],
    "central": ["", "1", "", "0"],
    "local": ["", "0", "", "maybe"],
    "nihss_h24": ["12", "", "9", ""],
    "nihss_d7": ["8", "", "", ""],
}


def rows(found: pd.DataFrame, *columns: str) -> list[list[str]]:
    return found[list(columns)].to_numpy().tolist()


def test_rows_columns_and_constants(make_table: Make) -> None:
    _, found = make_table(
        "mrs", {"redcap": REDCAP}, source="redcap", rows="event = 'd90'",
        columns={"SUBJID": "record_id", "MRS": "MRS"}, constants={"VISIT": "D90"},
    )  # fmt: skip
    assert rows(found, "SUBJID", "VISIT", "MRS", "_file", "_row") == [
        ["1", "D90", "3", "redcap.csv", "2"], ["2", "D90", "6", "redcap.csv", "4"],
    ]  # fmt: skip


def test_an_empty_cell_is_not_lost_by_a_condition_that_it_is_not_something(
    make_table: Make,
) -> None:
    _, found = make_table(
        "mrs", {"redcap": REDCAP}, source="redcap", rows="mrs <> '3'",
        columns={"SUBJID": "record_id"},
    )  # fmt: skip
    assert found["_row"].tolist() == ["1", "3", "4"]


def test_a_date_and_its_time(make_table: Make) -> None:
    _, found = make_table(
        "mrs", {"redcap": REDCAP}, source="redcap",
        columns={"SUBJID": "record_id", "MRSDTC": "mrs_d"}, times={"MRSDTC": "mrs_t"},
    )  # fmt: skip
    assert found["MRSDTC"].tolist() == ["", "2026-06-01 10:30", "", "2026-06-02"]


def test_tick_boxes(make_table: Make) -> None:
    _, found = make_table(
        "mrs", {"redcap": {**REDCAP, "local": ["", "1", "", "maybe"]}}, source="redcap",
        columns={"SUBJID": "record_id"},
        checkboxes={"MRSSRC": {"central": "CENTRAL", "local": "LOCAL"}},
    )  # fmt: skip
    assert found["MRSSRC"].tolist() == ["", "CENTRAL; LOCAL", "", "local=maybe"]


def test_blocks_are_stacked_and_empty_ones_give_no_row(make_table: Make) -> None:
    _, found = make_table(
        "nihss", {"redcap": REDCAP}, source="redcap", columns={"SUBJID": "record_id"},
        stack=[
            {"columns": {"NIHSS": "nihss_h24"}, "constants": {"VISIT": "H24"}},
            {"columns": {"NIHSS": "nihss_d{n}"}, "constants": {"VISIT": "D{n}"}, "numbers": [7]},
        ],
    )  # fmt: skip
    assert rows(found, "SUBJID", "VISIT", "NIHSS", "_row") == [
        ["1", "D7", "8", "1"], ["1", "H24", "12", "1"], ["2", "H24", "9", "3"],
    ]  # fmt: skip


def test_a_block_may_keep_its_empty_rows(make_table: Make) -> None:
    _, found = make_table(
        "nihss", {"redcap": REDCAP}, source="redcap", columns={"SUBJID": "record_id"},
        rows="event = 'base'",
        stack=[
            {"columns": {"NIHSS": "nihss_h24"}, "constants": {"VISIT": "H24"}},
            {"columns": {"NIHSS": "nihss_d7"}, "constants": {"VISIT": "D7"}, "empty": "keep"},
        ],
    )  # fmt: skip
    assert rows(found, "SUBJID", "VISIT", "NIHSS", "_row") == [
        ["1", "D7", "8", "1"], ["1", "H24", "12", "1"], ["2", "D7", "", "3"],
        ["2", "H24", "9", "3"],
    ]  # fmt: skip


def test_numbers_of_repeats_may_be_moved(make_table: Make) -> None:
    source = {"id": ["1"], "dose_0": ["40"], "dose_1": ["140"]}
    _, found = make_table(
        "ex", {"drug": source}, source="drug", columns={"SUBJID": "id"},
        stack=[{"columns": {"EXDOSE": "dose_{n}"}, "numbers": [0, 1],
                "constants": {"EXSEQ": "{n+1}", "EXDAY": "{n}"}}],
    )  # fmt: skip
    assert rows(found, "EXSEQ", "EXDAY", "EXDOSE") == [["1", "0", "40"], ["2", "1", "140"]]


def test_a_block_with_rows_of_its_own(make_table: Make) -> None:
    _, found = make_table(
        "nihss", {"redcap": REDCAP}, source="redcap", columns={"SUBJID": "record_id"},
        rows="record_id <> '2'",
        stack=[{"columns": {"NIHSS": "nihss_h24"}, "constants": {"VISIT": "H24"},
                "rows": "event = 'base'"}],
    )  # fmt: skip
    assert rows(found, "SUBJID", "NIHSS") == [["1", "12"]]


def test_sources_of_one_pattern_are_stacked_by_name(make_table: Make) -> None:
    sources = {
        "site_01": {"id": ["1"], "mrs": ["2"]}, "site_02": {"MRS": ["5"], "id": ["2"]},
        "visits": {"id": ["9"]},
    }  # fmt: skip
    _, found = make_table("mrs", sources, source="site_*", columns={"SUBJID": "id"})
    assert rows(found, "SUBJID", "MRS", "_file") == [
        ["1", "2", "site_01.csv"], ["2", "5", "site_02.csv"],
    ]  # fmt: skip


def test_a_stacked_source_without_a_column_is_a_finding(make_table: Make) -> None:
    sources = {"a": {"id": ["1"], "mrs": ["2"]}, "b": {"id": ["2"]}}
    query, _ = make_table("mrs", sources, sources=["a", "b"], columns={"SUBJID": "id"})
    (finding,) = query.findings
    assert "MRS: b has no column mrs, which a has" in finding


def test_what_is_looked_up_or_else_what_was_sought(make_table: Make) -> None:
    sources = {
        "redcap": REDCAP,
        "numbers": {"SCR": ["1", "", "3"], "ID": ["S01", "S99", "S03"]},
    }
    _, found = make_table(
        "mrs", sources, source="redcap", rows="event = 'd90'",
        lookup={"SUBJID": {"source": "numbers", "match": {"record_id": "scr"}, "take": "ID"}},
    )  # fmt: skip
    assert found["SUBJID"].tolist() == ["S01", "2"]


def test_what_is_looked_up_in_some_rows_of_a_source(make_table: Make) -> None:
    answers = {
        "id": ["1", "1", "2", "2", ""],
        "term": ["DIABETES", "IT'S", "DIABETES", "IT'S", "IT'S"],
        "occur": ["N", "Y", "N", "", "Y"],
    }
    lookup = {"source": "answers", "match": {"id": "ID"}, "take": "occur", "not_found": "empty"}
    query, found = make_table(
        "bl", {"history": {"id": ["1", "2", "3"]}, "answers": answers}, source="history",
        columns={"SUBJID": "id"}, lookup={
            "HTN": lookup | {"where": {"TERM": "IT'S"}},
            "DIAB": lookup | {"where": {"TERM": "DIABETES"}},
        },
    )  # fmt: skip
    assert rows(found, "SUBJID", "HTN", "DIAB") == [["1", "Y", "N"], ["2", "", "N"], ["3", "", ""]]
    assert [unique.where for unique in query.unique] == [
        "\"TERM\" = 'IT''S'", "\"TERM\" = 'DIABETES'",
    ]  # fmt: skip


def test_rows_that_are_split_over_sources(make_table: Make) -> None:
    sources = {
        "form_a": {"id": ["1", "2"], "age": ["60", "70"], "date": ["a", "b"]},
        "form_b": {"ID": ["2", "3"], "sex": ["F", "M"], "date": ["c", "d"]},
        "form_c": {"id": ["3"], "site": ["07"]},
    }
    _, found = make_table(
        "dm", sources, source="form_a", join={"sources": ["form_b", "form_c"], "by": ["id"]},
        columns={"SUBJID": "id", "RFICDTC": "form_b.date", "SITEID": "site"},
        rows="age <> '99'",
    )  # fmt: skip
    assert rows(found, "SUBJID", "SITEID", "AGE", "SEX", "RFICDTC", "_file", "_row") == [
        ["1", "", "60", "", "", "form_a.csv", "1"],
        ["2", "", "70", "F", "c", "form_a.csv", "2"],
        ["3", "07", "", "M", "d", "form_b.csv", "2"],
    ]  # fmt: skip


def test_a_column_that_several_sources_hold_needs_its_source(make_table: Make) -> None:
    sources = {"a": {"id": ["1"], "date": ["x"]}, "b": {"id": ["1"], "date": ["y"]}}
    query, _ = make_table(
        "dm", sources, source="a", join={"sources": ["b"], "by": ["id"]},
        columns={"SUBJID": "id", "RFICDTC": "date"},
    )  # fmt: skip
    assert "several sources hold a column date: write a.date or b.date" in query.findings[0]


def test_all_that_is_not_found_is_said_together(make_table: Make) -> None:
    query, _ = make_table(
        "mrs", {"redcap": REDCAP}, source="redcap", rows="event = 'x",
        columns={"SUBJID": "recordid", "MRS": "rankin"},
    )  # fmt: skip
    assert len(query.findings) == 3
    assert "SUBJID: redcap: no column recordid. The nearest: record_id" in query.findings[0]
    assert "MRS: redcap: no column rankin" in query.findings[1]
    assert "rows: line" in query.findings[2]


@pytest.mark.parametrize(
    ("keys", "finding"),
    [
        ({"source": "red"}, "no source red in the export.*redcap"),
        ({"source": "redcap", "join": {"sources": ["x"], "by": ["record_id"]}}, "no source x"),
        ({"source": "redcap", "join": {"sources": ["redcap2"], "by": ["id"]}}, "no column id"),
        (
            {"source": "redcap", "lookup": {"SUBJID": {
                "source": "redcap2", "match": {"record_id": "nr"}, "take": "id"}}},
            "redcap2 has no column nr",
        ),
        (
            {"source": "redcap", "lookup": {"SUBJID": {
                "source": "redcap2", "match": {"record_id": "n"}, "where": {"test": "A"},
                "take": "n"}}},
            "redcap2 has no column test",
        ),
        ({"source": "redcap", "rows": "1 = (SELECT 1 FROM redcap2)"}, "selects from no source"),
        ({"source": "redcap", "rows": "random() > 0.5"}, "chance"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(make_table: Make, keys: dict[str, object], finding: str) -> None:
    sources = {"redcap": REDCAP, "redcap2": {"record_id": ["1"], "n": ["1"]}}
    query, _ = make_table("mrs", sources, columns={"SUBJID": "record_id"}, **keys)
    assert any(pd.Series(query.findings).str.contains(finding)), query.findings


def test_names_with_quotes_and_blanks(make_table: Make) -> None:
    sources = {'visit "1"; x': {"Subject's id": ["1"], 'mRS "90"': ["4"]}}
    _, found = make_table(
        "mrs", sources, source='visit "1"; x',
        columns={"SUBJID": "Subject's id", "MRS": 'mRS "90"'}, constants={"VISIT": "D'90"},
    )  # fmt: skip
    assert rows(found, "SUBJID", "VISIT", "MRS") == [["1", "D'90", "4"]]


def test_a_comment_in_a_condition_does_not_end_the_query(make_table: Make) -> None:
    _, found = make_table(
        "mrs", {"redcap": REDCAP}, source="redcap", rows="event = 'd90' -- the last visit",
        columns={"SUBJID": "record_id"},
    )  # fmt: skip
    assert len(found) == 2
