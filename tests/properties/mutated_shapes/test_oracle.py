"""The oracle sees what is not told: in values, in rows, in messages; and formats change nothing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.properties.mutated_shapes.formats.grid import Grid, write_cell
from tests.properties.mutated_shapes.mutant import Change, Mutant
from tests.properties.mutated_shapes.mutate import BESIDE, find_format
from tests.properties.mutated_shapes.oracle.case import Case, Outcome
from tests.properties.mutated_shapes.oracle.judge import judge
from tests.properties.mutated_shapes.run import Trial, check_message
from tests.properties.mutated_shapes.shape import Shape

FORMATS = {"castor": "", "rave_xpt": "xpt", "sdtm_json": "json", "chinese_hospital_xlsx": "xlsx"}


@pytest.fixture(scope="module")
def trial(shapes: dict[str, Shape]) -> Trial:
    return Trial(shapes["castor"])


def read(trial: Trial) -> Outcome:
    """What reading gave, without an account of the rows that no table takes."""
    return replace(trial.with_lists, count_left=dict)


def make_case(trial: Trial, change: Change, after: Outcome) -> Case:
    mapping = trial.shape.read(trial.shape.files, trial.shape.mapping, blinded=False)[1]
    assert mapping is not None
    mutant = Mutant({}, "", (change,))
    return Case(mutant, mapping, trial.shape.layout, read(trial), after)


def set_age(before: Outcome, age: int) -> tuple[Outcome, str]:
    dm = before.tables["dm"].copy()
    dm.loc[0, "AGE"] = age
    return replace(before, tables={**before.tables, "dm": dm}), str(dm["SUBJID"].iloc[0])


def test_a_value_that_changes_unsaid(trial: Trial) -> None:
    after, subject = set_age(read(trial), 99)
    elsewhere = Change("", frozenset({"99"}), frozenset({"S99-999"}))
    another = Change("", frozenset({"98"}), frozenset({subject}))
    for change in (elsewhere, another):
        assert len(judge(make_case(trial, change, after))) == 1
    written = Change("", frozenset({"99"}), frozenset({subject}))
    assert judge(make_case(trial, written, after)) == []


def test_a_subject_that_is_lost_or_doubled_unsaid(trial: Trial) -> None:
    before = read(trial)
    dm = before.tables["dm"]
    after = replace(before, tables={**before.tables, "dm": dm.iloc[1:]})
    assert len(judge(make_case(trial, Change("", near=frozenset()), after))) == 1
    dropped = Change("", near=frozenset({str(dm["SUBJID"].iloc[0])}), removes=True)
    assert judge(make_case(trial, dropped, after)) == []
    assert len(judge(make_case(trial, replace(dropped, removes=False), after))) == 1


def test_rows_whose_keys_are_all_others_are_told_as_rows(trial: Trial) -> None:
    """By a query of rows of the same table, not value by value; without one each value counts."""
    query = dict.fromkeys(trial.with_lists.queries.columns, "") | {
        "table": "mrs", "key": "SUBJID=Site 01; VISIT=00001", "rule": "duplicate_key",
    }  # fmt: skip
    columns = ["SUBJID", "VISIT", "MRSSRC", "MRSDTC", "MRS"]
    was = pd.DataFrame([["S01-001", "D90", "CENTRAL", "2026-05-01", 2]], columns=columns)
    now = pd.DataFrame([["Site 01", "00001", "D90", "CENTRAL", 5]], columns=columns)
    before = Outcome({"mrs": was}, pd.DataFrame([query]).iloc[:0])

    def count_faults(*told: dict[str, str]) -> int:
        after = Outcome({"mrs": now}, pd.DataFrame(told, columns=list(query)))
        return len(judge(replace(make_case(trial, Change(""), after), before=before)))

    assert count_faults(query) == 0
    assert count_faults() == len(columns)
    assert count_faults(query | {"rule": "code_list"}) == len(columns)


def test_a_value_whose_row_another_table_took(trial: Trial) -> None:
    """Told by a query of that table on the same subject and the text that was written, alone."""
    query = dict.fromkeys(trial.with_lists.queries.columns, "") | {
        "table": "nihss", "key": "SUBJID=S01-001; VISIT=NaN", "value": "NaN", "rule": "code_list",
    }  # fmt: skip
    bl = pd.DataFrame({"SUBJID": ["S01-001", "S01-002"], "NIHSSBL": [8, 9]}, dtype=object)
    gone = bl.mask(bl == 8, None)
    change = Change("", frozenset({"NaN"}), frozenset({"S01-001"}))

    def is_told(**other: str) -> bool:
        before = Outcome({"bl": bl}, pd.DataFrame([query]).iloc[:0])
        after = Outcome({"bl": gone}, pd.DataFrame([query | other]))
        return judge(replace(make_case(trial, change, after), before=before)) == []

    assert is_told()
    assert not is_told(key="SUBJID=S01-002; VISIT=NaN")
    assert not is_told(value="D7")
    assert not is_told(key="")
    item = {"table": "su", "key": "", "value": "", "rule": "extra_column"}
    assert is_told(**item, column="NaN")
    assert not is_told(**item, column="TOBACCO")


def test_a_message_that_is_none() -> None:
    assert check_message("Traceback (most recent call last)") != []
    assert check_message("x" * 100_000) != []
    assert check_message("dm.csv: column AGE is missing in it. Export it again") == []


@pytest.mark.parametrize("name", FORMATS)
def test_files_that_are_written_again_are_the_same(shapes: dict[str, Shape], name: str) -> None:
    shape = shapes[name]
    for file, content in shape.files.items():
        if not BESIDE.search(file):
            form = find_format(shape, file)
            grids = form.read(content)
            again = form.read(form.write(grids))
            assert {part: list_cells(grid) for part, grid in grids.items()} == {
                part: list_cells(grid) for part, grid in again.items()
            }


def list_cells(grid: Grid) -> list[list[str]]:
    return [grid.header, *grid.labels, *([write_cell(c) for c in row] for row in grid.rows)]


def test_rows_that_no_table_takes_are_counted_by_source(shapes: dict[str, Shape]) -> None:
    shape = shapes["castor"]
    outcome, _ = shape.read(shape.files, shape.mapping, blinded=False)
    left = outcome.left
    assert left
    assert all(count is None or count >= 0 for count in left.values())
