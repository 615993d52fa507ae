"""Two ARDs side by side: what moved and by how much, with the tolerance met from both sides."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.run.verify.ard import Ard, ArdDifferences, compare_ards, read_ard_rows
from tests.unit.run.verify.archived_run import COUNT, HEADER, RATIO, ard_text


def read(tmp_path: Path, *rows: str) -> Ard:
    file = tmp_path / "ard.csv"
    file.write_text(ard_text(*rows), encoding="utf-8")
    return read_ard_rows(file)


def compare_values(tmp_path: Path, old: str, new: str) -> ArdDifferences:
    """Compare two ARDs of one statistic."""
    row = "primary,ITT,,,,estimate,{},proportional odds,,trial"
    return compare_ards(read(tmp_path, row.format(old)), read(tmp_path, row.format(new)))


def test_the_same_ard(tmp_path: Path) -> None:
    ard = read(tmp_path, COUNT, RATIO)
    assert compare_ards(ard, ard) == ArdDifferences(rows=2)
    assert compare_ards(ard, ard).is_tolerable


@pytest.mark.parametrize(
    ("old", "new", "is_tolerable"),
    [
        # relative 1e-9: 2 * 1e-9 = 2e-9 is the limit
        ("2.0", "2.0000000019", True),
        ("2.0", "2.0000000021", False),
        ("-2.0", "-2.0000000019", True),
        ("-2.0", "2.0", False),
        # near zero absolute 1e-12
        ("0.0", "9e-13", True),
        ("0.0", "1.1e-12", False),
        ("8.2e-19", "4e-15", True),
        ("1.98291876433e-12", "1.0e-11", False),
        # a count does not move at all, nor does it become a number with a fraction
        ("1000000001", "1000000002", False),
        ("534", "534.0", False),
        ("534.0", "534", False),
        # the same number, written otherwise
        ("1e-05", "0.00001", True),
        # not estimable, or no number
        ("", "1.36", False),
        ("1.36", "", False),
        ("1.36", "nan", False),
        ("1.36", "inf", False),
    ],
)
def test_the_tolerance(tmp_path: Path, old: str, new: str, is_tolerable: bool) -> None:
    differences = compare_values(tmp_path, old, new)
    assert len(differences.moved) == 1
    assert differences.is_tolerable is is_tolerable


@pytest.mark.parametrize(
    ("old", "new", "relative"),
    [("1.5", "2.0", 0.25), ("2.0", "1.5", 0.25), ("534", "267", 0.5), ("-1.0", "1.0", 2.0),
     ("0.0", "1.0", 1.0), ("0.0", "-0.0", 0.0), ("", "1.0", math.inf)],
)  # fmt: skip
def test_the_relative_difference_is_of_the_larger_number(
    tmp_path: Path, old: str, new: str, relative: float
) -> None:
    (moved,) = compare_values(tmp_path, old, new).moved
    assert (moved.archived, moved.rerun, moved.relative) == (old, new, relative)
    assert moved.key == ("primary", "ITT", "", "", "", "estimate")


def test_the_largest_difference_stands_first(tmp_path: Path) -> None:
    row = "primary,ITT,,,{},estimate,{},proportional odds,,trial"
    old = read(tmp_path, *(row.format(level, "1.0") for level in "abc"))
    new = read(tmp_path, row.format("a", "1.1"), row.format("b", ""), row.format("c", "2.0"))
    assert [each.key[4] for each in compare_ards(old, new).moved] == ["b", "c", "a"]


def test_rows_that_came_and_went(tmp_path: Path) -> None:
    differences = compare_ards(read(tmp_path, COUNT), read(tmp_path, RATIO))
    assert differences.disappeared == (("populations", "ITT", "MPSS", "", "", "n"),)
    assert differences.appeared == (("primary", "ITT", "", "", "", "estimate"),)
    assert not differences.is_tolerable


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("method", "proportional odds", "logistic"),
        ("warning", ",,trial", ",separation,trial"),
        ("allocation", "trial", "dummy"),
    ],
)
def test_other_words_are_no_matter_of_tolerance(
    tmp_path: Path, column: str, old: str, new: str
) -> None:
    assert old in RATIO
    differences = compare_ards(read(tmp_path, RATIO), read(tmp_path, RATIO.replace(old, new)))
    assert [each.column for each in differences.reworded] == [column]
    assert not differences.moved
    assert not differences.is_tolerable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read as a table"),
        (HEADER.replace("stat_name", "name") + "\n", "has other columns than"),
        (ard_text(COUNT, "primary,ITT"), "line 3 has 2 cells, not 10"),
        (ard_text(COUNT, RATIO, COUNT), "line 4 names the same statistic as an earlier one"),
        (ard_text('populations,"ITT'), "cannot be read as a table"),
        ("\udcff", "cannot be read as a table"),
    ],
)
def test_a_damaged_ard(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "ard.csv"
    file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(DataError, match=words):
        read_ard_rows(file)


def test_an_ard_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read as a table"):
        read_ard_rows(tmp_path / "ard.csv")
