"""What was not collected, is empty or too little to judge: never agreement on nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping, load_plan
from analysis.config.mapping import TableMapping
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc.from_export.compare_rows import Rows, compare_rows
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.losses import compare_losses
from analysis.qc.from_export.obstacles import Gravity, Needs, find_obstacle

CONFIG = Path(__file__).parents[4] / "config"
SUBJECTS = [f"01-{i:03d}" for i in range(1, 9)]
NEEDS: Needs = {"ich": ("SICH",)}


class Declaring(TableMapping):
    """A table of which columns are declared as not collected."""

    not_collected: tuple[str, ...] = ()


def make_export(
    folder: Path, ich: str, mapping: Mapping, not_collected: tuple[str, ...] = ()
) -> Export:
    """Eight randomised subjects and a table of images."""
    rand = [f"{subject},R{subject},2026-01-01T10:00" for subject in SUBJECTS]
    folder.mkdir(exist_ok=True)
    (folder / "rand.csv").write_text("\n".join(["SUBJID,RANDNO,RANDDTC", *rand, ""]), "utf-8")
    (folder / "ich.csv").write_text(ich, encoding="utf-8")
    tables = {"ich": Declaring(not_collected=not_collected)}
    declared = mapping.model_copy(update={"tables": tables})
    plan = load_plan(CONFIG / "trial.yaml")
    return Export.read(sorted(folder.iterdir()), [], declared, plan)


def images(answer: str, *, subjects: list[str] = SUBJECTS, column: str = "SICH") -> str:
    """One image of every subject."""
    rows = [f"{subject},2026-01-02T10:00,NONE,{answer}" for subject in subjects]
    return "\n".join([f"SUBJID,ICHDTC,ICHTYPE,{column}", *rows, ""])


def judge(export: Export, engine: str | None, check: str | None) -> Comparison:
    """The verdict on a flag that all subjects have."""
    values = {name: dict.fromkeys(SUBJECTS, value) for name, value in
              (("engine", engine), ("check", check))}  # fmt: skip
    rows = Rows("ADSL", "SICH48FL", "9.2", NEEDS, **values, must_be_absent=True)
    return compare_rows(rows, export)


def test_a_column_that_is_there_and_filled_is_no_obstacle(tmp_path: Path, mapping: Mapping) -> None:
    export = make_export(tmp_path, images("N"), mapping)
    assert find_obstacle(export, NEEDS) is None
    assert judge(export, "N", "N").verdict is Verdict.AGREES


def test_not_collected_is_not_checked_where_there_is_no_number(
    tmp_path: Path, mapping: Mapping
) -> None:
    export = make_export(tmp_path, images("N", column="OTHER"), mapping, ("SICH",))
    verdict = judge(export, None, "N")
    assert verdict.verdict is Verdict.NOT_CHECKED
    assert verdict.reason == (
        "ich.csv, column SICH: not collected, as tables.ich.not_collected says"
    )
    assert verdict.engine == verdict.check == ""


@pytest.mark.parametrize("engine", ["N", "Y"])
def test_a_number_of_what_was_not_collected_differs(
    tmp_path: Path, mapping: Mapping, engine: str
) -> None:
    export = make_export(tmp_path, images("N", column="OTHER"), mapping, ("SICH",))
    assert judge(export, engine, "N").verdict is Verdict.DIFFERS


def test_a_whole_table_may_be_declared(tmp_path: Path, mapping: Mapping) -> None:
    export = make_export(tmp_path, images("N"), mapping, ("all",))
    (tmp_path / "ich.csv").unlink()
    absent = Export.read(sorted(tmp_path.iterdir()), [], mapping.model_copy(
        update={"tables": {"ich": Declaring(not_collected=("all",))}}), export.plan)  # fmt: skip
    obstacle = find_obstacle(absent, NEEDS)
    assert obstacle is not None
    assert obstacle.gravity is Gravity.NOT_COLLECTED
    undeclared = Export.read(sorted(tmp_path.iterdir()), [], mapping, export.plan)
    obstacle = find_obstacle(undeclared, NEEDS)
    assert obstacle is not None
    assert obstacle.gravity is Gravity.FAILS
    assert obstacle.words == "no file of the export holds table ich"


def test_a_column_that_is_there_and_declared_absent_fails(tmp_path: Path, mapping: Mapping) -> None:
    export = make_export(tmp_path, images("N"), mapping, ("SICH",))
    verdict = judge(export, None, None)
    assert verdict.verdict is Verdict.DIFFERS
    assert "holds the column that tables.ich.not_collected says" in verdict.reason


@pytest.mark.parametrize(
    ("ich", "words"),
    [
        (images(""), "ich.csv, column SICH: the column is empty"),
        (images("N", subjects=[]), "ich.csv holds no rows"),
        (images("1", subjects=SUBJECTS[:2]), "2 of 2 cells hold nothing that the layout allows"),
        (images("N", subjects=["99-1", "99-2"]), "none of the subjects of ich.csv is randomised"),
    ],
)
def test_nothing_counted_of_nothing_is_not_checked(
    tmp_path: Path, mapping: Mapping, ich: str, words: str
) -> None:
    export = make_export(tmp_path, ich, mapping)
    verdict = judge(export, "N", "N")
    assert verdict.verdict is Verdict.NOT_CHECKED
    assert words in verdict.reason
    assert judge(export, "Y", "N").verdict is Verdict.DIFFERS


def test_several_cells_that_cannot_be_read_fail(tmp_path: Path, mapping: Mapping) -> None:
    verdict = judge(make_export(tmp_path, images("ja"), mapping), "N", "N")
    assert verdict.verdict is Verdict.DIFFERS
    assert "8 of 8 cells" in verdict.reason
    assert "ja" not in verdict.reason


def test_several_rows_of_a_subject_who_has_one_fail(tmp_path: Path, mapping: Mapping) -> None:
    export = make_export(tmp_path, images("N"), mapping)
    rand = export.tables["rand"]
    twice = replace(
        export, tables={**export.tables, "rand": replace(rand, conflicting=("01-001",))}
    )
    obstacle = find_obstacle(twice, {"rand": ("RANDNO",)})
    assert obstacle is not None
    assert (
        obstacle.words == "rand.csv holds several rows of 1 subject (01-001), where one is allowed"
    )


def test_a_few_ids_of_others_are_no_obstacle(tmp_path: Path, mapping: Mapping) -> None:
    export = make_export(tmp_path, images("N", subjects=[*SUBJECTS, "77-777"]), mapping)
    assert export.tables["ich"].strangers == Counter({"77-777": 1})
    assert find_obstacle(export, NEEDS) is None


def test_nothing_is_judged_where_nobody_is_known_to_be_randomised(
    tmp_path: Path, mapping: Mapping
) -> None:
    export = make_export(tmp_path, images("N"), mapping)
    unread = TableMapping(sql="SELECT * EXCLUDE (x) FROM rand")
    mapped = mapping.model_copy(update={"tables": {"rand": unread}})
    export = Export.read(sorted(tmp_path.iterdir()), [], mapped, export.plan)
    verdict = judge(export, "N", "N")
    assert verdict.verdict is Verdict.NOT_CHECKED
    assert "cannot run tables.rand.sql" in verdict.reason
    queries = pd.DataFrame(columns=["table", "column", "rule", "key"])
    losses = list(compare_losses(export, queries))
    assert losses
    assert {one.verdict for one in losses} == {Verdict.NOT_CHECKED}
