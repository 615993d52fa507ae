"""Numbers are looked up; one that is not there is an error."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.display.ard import Ard
from analysis.errors import AnalysisError
from analysis.io.result import ARD_COLUMNS, Allocation


def test_a_frame_is_read_from_its_file(records: list[dict[str, str]], tmp_path: Path) -> None:
    path = tmp_path / "ard.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ARD_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    ard = Ard.read(path)
    assert ard.allocation is Allocation.REHEARSAL
    assert ard.number("primary", "estimate", "ITT") == 1.3648
    assert ard.number("baseline", "mean", "ITT", "MPSS", variable="AGE") == 66.4


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ard.csv"
    path.write_text("analysis_id,stat\nprimary,1\n", encoding="utf-8")
    with pytest.raises(AnalysisError, match="the columns must be analysis_id, population"):
        Ard.read(path)


def test_two_allocations_in_one_frame_are_refused(records: list[dict[str, str]]) -> None:
    mixed = [*records, {**records[0], "level": "x", "allocation": "trial"}]
    with pytest.raises(AnalysisError, match="one allocation is needed"):
        Ard.from_records(mixed)


def test_text_in_the_place_of_a_number_is_refused(records: list[dict[str, str]]) -> None:
    with pytest.raises(AnalysisError, match="'many' is not a number"):
        Ard.from_records([{**records[0], "stat": "many"}])


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (("nothing", "estimate", "ITT"), "the analysis is not in the frame"),
        (("primary", "hazard", "ITT"), "the statistics there are estimate, ci_low"),
        (("cutpoint", "estimate", "ITT", "", "9"), "cutpoint / ITT / estimate, level 9"),
        (("cutpoint", "estimate", "ITT", "", "9"), "the levels there are '0', '1'"),
    ],
)
def test_an_absent_row_is_named_with_what_there_is(
    ard: Ard, key: tuple[str, ...], message: str
) -> None:
    with pytest.raises(AnalysisError, match=message):
        ard.number(*key)


def test_a_row_that_stands_twice_is_an_error(records: list[dict[str, str]]) -> None:
    ard = Ard.from_records([*records, records[0]])
    with pytest.raises(AnalysisError, match="populations / ITT / n, group MPSS stands 2 times"):
        ard.number("populations", "n", "ITT", "MPSS")


def test_not_estimable_is_none_with_its_reason(unestimable: Callable[..., Ard]) -> None:
    ard = unestimable("sens_pp")
    assert ard.number("sens_pp", "estimate", "PP") is None
    assert str(ard.effect("sens_pp", "PP").reason) == "separation, an arm has no event"
    assert ard.warning("sens_pp", "estimate", "PP").startswith("not estimable")
    with pytest.raises(AnalysisError, match=r"is not estimable: .*separation"):
        ard.require("sens_pp", "estimate", "PP")
