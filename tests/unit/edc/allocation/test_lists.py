"""The allocation lists: arm of every randomisation number and kit, or why they are unusable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping, load_plan
from analysis.config.plan import Arms
from analysis.edc.allocation.lists import Lists, find_unlisted, read_lists
from analysis.edc.layout import Layout
from analysis.qc.from_export.reading.files import read_list
from analysis.qc.from_export.reading.mapping import describe_list

Read = Callable[..., tuple[Lists, list[str]]]
PLAN = Path(__file__).parents[4] / "config" / "trial.yaml"

RANDOMISATION = "RANDNO,ARM\nR1,MPSS\nR2,PLACEBO\n"
KITS = "KITNO,ARM\nK1,MPSS\nK2,PLACEBO\n"


@pytest.fixture(scope="session")
def arms() -> Arms:
    return load_plan(PLAN).arms


@pytest.fixture
def read(tmp_path: Path, mapping: Mapping, layout: Layout, arms: Arms) -> Read:
    """Read two lists given as text; None leaves a file out."""

    def build(
        randomisation: str | None = RANDOMISATION, kits: str | None = KITS
    ) -> tuple[Lists, list[str]]:
        for name, text in (("randomisation_list", randomisation), ("kit_list", kits)):
            if text is not None:
                (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_lists(tmp_path, mapping, layout, arms)

    return build


def test_the_arm_of_every_number(read: Read) -> None:
    lists, fatal = read()
    assert fatal == []
    assert lists.arm_of_randno == {"R1": "MPSS", "R2": "PLACEBO"}
    assert lists.arm_of_kit == {"K1": "MPSS", "K2": "PLACEBO"}


def test_leading_zeros_tell_numbers_apart(read: Read) -> None:
    lists, fatal = read("RANDNO,ARM\n001,MPSS\n01,PLACEBO\n")
    assert fatal == []
    assert lists.arm_of_randno == {"001": "MPSS", "01": "PLACEBO"}


def test_a_row_given_twice_is_one(read: Read) -> None:
    lists, fatal = read(RANDOMISATION + "R1,MPSS\n")
    assert fatal == []
    assert lists.arm_of_randno["R1"] == "MPSS"


def test_an_arm_that_the_plan_lacks(read: Read) -> None:
    _, fatal = read("RANDNO,ARM\nR1,MPSS\nR2,Placebo\nR3,Placebo\nR4,\n")
    assert fatal == [
        "randomisation_list.csv, column ARM: 3 row(s) with an arm that the plan does not have "
        "('', 'Placebo'). Allowed: MPSS, PLACEBO (arms in the plan)"
    ]


def test_the_message_does_not_say_whose_arm_it_is(read: Read) -> None:
    _, fatal = read(RANDOMISATION, "KITNO,ARM\nK1,ACTIVE\n")
    assert "ACTIVE" in fatal[0]
    assert "K1" not in fatal[0]


def test_one_number_with_two_arms(read: Read) -> None:
    _, fatal = read(RANDOMISATION + "R1,PLACEBO\n", KITS + "K2,MPSS\n")
    assert [finding.partition(", where")[0] for finding in fatal] == [
        "table randomisation_list: 1 RANDNO with conflicting rows",
        "table kit_list: 1 KITNO with conflicting rows",
    ]


def test_an_arm_without_a_number(read: Read) -> None:
    _, fatal = read(RANDOMISATION + ",MPSS\n")
    assert fatal == ["randomisation_list.csv, column RANDNO: empty in 1 row(s) that hold an arm"]


def test_rows_of_nothing_are_passed_over(read: Read) -> None:
    assert read(RANDOMISATION + ",\n,\n")[1] == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (None, "randomisation_list.csv: no such file"),
        ("", "randomisation_list.csv: the file is empty"),
        ("RANDNO,ARM\n", "randomisation_list.csv: the table holds no rows"),
        ("RANDNO,ARM\nR1,MP", "randomisation_list.csv: the last line has no line end"),
        ("RANDNO;ARM\nR1;MPSS\n", 'randomisation_list.csv: its fields are separated by ";"'),
        ("RANDNO,TRT\nR1,MPSS\n", "randomisation_list.csv: column ARM is missing"),
    ],
)
def test_a_list_that_cannot_be_read(read: Read, text: str | None, start: str) -> None:
    _, fatal = read(text)
    assert len(fatal) == 1
    assert fatal[0].startswith(start)


def test_both_lists_are_told_of_together(read: Read) -> None:
    assert len(read(None, None)[1]) == 2


def test_the_mapping_of_the_export_leaves_the_lists_alone(
    tmp_path: Path, make_mapping: Callable[..., Mapping], layout: Layout, arms: Arms, read: Read
) -> None:
    read()
    mapping = make_mapping(format="xpt", tables={"dm": {"file": "kit_list.csv"}})
    lists, fatal = read_lists(tmp_path, mapping, layout, arms)
    assert fatal == []
    assert len(lists.arm_of_kit) == 2


@pytest.mark.parametrize("separator", [",", ";"])
def test_the_lists_may_be_written_otherwise_than_the_export(
    tmp_path: Path, make_mapping: Callable[..., Mapping], layout: Layout, arms: Arms, separator: str
) -> None:
    for name, text in (("randomisation_list", RANDOMISATION), ("kit_list", KITS)):
        (tmp_path / f"{name}.csv").write_text(text.replace(",", separator), encoding="utf-8")
    mapping = make_mapping(delimiter=";", decimal=",")
    lists, fatal = read_lists(tmp_path, mapping, layout, arms)
    assert fatal == []
    assert lists.arm_of_randno == {"R1": "MPSS", "R2": "PLACEBO"}
    checked = read_list(sorted(tmp_path.glob("*.csv")), describe_list(mapping, "kit_list"))
    assert checked.columns["ARM"] == ["MPSS", "PLACEBO"]


def test_randomised_subjects_that_the_list_does_not_know(read: Read) -> None:
    lists, _ = read()
    rand = pd.DataFrame(
        {"SUBJID": ["S1", "S2", "S3", "S4"], "RANDNO": ["R1", "R7", None, "R8"]}, dtype=str
    )
    (finding,) = find_unlisted(rand, lists)
    assert "not in randomisation_list.csv for 2 subjects (S2, S4)" in finding
    assert find_unlisted(rand.head(1), lists) == []
