"""Which differences between archive and rerun are forgiven, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analysis.run.verify.comparison import Comparison, compare
from analysis.run.verify.wording import ROWS_SHOWN, say_first_level, say_second_level, tabulate
from tests.unit.run.verify.archived_run import COUNT, RATIO, ArchivedRun, ard_text

LOCKED = "Locked on 2026-11-23"


@dataclass
class Pair:
    """An archive and its rerun, equal until a test changes one."""

    root: Path
    archived: ArchivedRun = field(init=False)
    rerun: ArchivedRun = field(init=False)

    def __post_init__(self) -> None:
        self.archived = ArchivedRun(self.root / "archived")
        self.rerun = ArchivedRun(self.root / "rerun")

    def compare(self) -> Comparison:
        return compare(self.archived.write(), self.rerun.write())

    def move_ratio(self, value: str) -> None:
        """Another estimate in the rerun, and another report with it."""
        self.rerun.outputs["ard.csv"] = ard_text(COUNT, RATIO.replace("1.36", value))
        self.rerun.outputs["report.html"] = f"<p>{value}</p>"

    def update_numpy(self) -> None:
        self.rerun.entries["versions"]["numpy"] = "2.4.1"


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_the_same_bytes(pair: Pair) -> None:
    comparison = pair.compare()
    sha256 = comparison.archive.sha256[:12]
    assert comparison.is_same_bytes
    assert say_first_level(comparison, LOCKED) == (
        "Verified: 2 outputs are the same byte for byte "
        f"(locked on 2026-11-23, manifest sha256 {sha256})"
    )
    assert "(NOT LOCKED, manifest" in say_first_level(comparison, "NOT LOCKED")


def test_the_same_bytes_from_something_else_is_said(pair: Pair) -> None:
    pair.update_numpy()
    pair.rerun.entries["plan_hash"] = "d" * 64
    comparison = pair.compare()
    assert comparison.is_same_bytes
    assert say_first_level(comparison, LOCKED).endswith(
        "; the manifests differ in plan_hash, versions: numpy 2.4.0 -> 2.4.1"
    )


@pytest.mark.parametrize("entry", ["versions", "blas", "processor"])
def test_the_second_level(pair: Pair, entry: str) -> None:
    pair.move_ratio("1.3600000001")
    pair.rerun.entries[entry] = {"numpy": "9"} if entry == "versions" else "another"
    comparison = pair.compare()
    assert not comparison.is_same_bytes
    assert comparison.is_same_numbers


def test_the_second_level_says_what_it_is(pair: Pair) -> None:
    pair.move_ratio("1.3600000001")
    pair.update_numpy()
    comparison = pair.compare()
    assert say_second_level(comparison, LOCKED) == (
        "Verified at the second level: all 2 statistics agree within a relative 1e-09 (near zero "
        "an absolute 1e-12), counts exactly; 2 of 2 outputs differ in bytes, made with other "
        "versions: numpy 2.4.0 -> 2.4.1 (locked on 2026-11-23, manifest sha256 "
        f"{comparison.archive.sha256[:12]})"
    )


def test_text_outputs_alone_may_differ_at_the_second_level(pair: Pair) -> None:
    pair.rerun.outputs["report.html"] = "<p>drawn by another version</p>"
    pair.update_numpy()
    assert pair.compare().is_same_numbers


def same_versions(pair: Pair) -> None:
    pair.rerun.entries["versions"]["numpy"] = "2.4.0"


def other_input(pair: Pair) -> None:
    pair.rerun.entries["inputs"]["edc/bl.csv"] = "d" * 64


def other_plan(pair: Pair) -> None:
    pair.rerun.entries["plan_hash"] = "d" * 64


def other_code(pair: Pair) -> None:
    pair.rerun.entries["code"]["analysis/models/numerics/newton.py"] = "d" * 64


def beyond_tolerance(pair: Pair) -> None:
    pair.move_ratio("1.37")


def output_missing(pair: Pair) -> None:
    del pair.rerun.outputs["report.html"]


def output_extra(pair: Pair) -> None:
    pair.rerun.outputs["extra.html"] = ""


def ard_damaged(pair: Pair) -> None:
    pair.rerun.outputs["ard.csv"] = "a,b\n"


@pytest.mark.parametrize(
    "spoil",
    [same_versions, other_input, other_plan, other_code, beyond_tolerance, output_missing,
     output_extra, ard_damaged],
)  # fmt: skip
def test_what_the_second_level_does_not_forgive(pair: Pair, spoil: Callable[[Pair], None]) -> None:
    pair.move_ratio("1.3600000001")
    pair.update_numpy()
    spoil(pair)
    comparison = pair.compare()
    assert not comparison.is_same_bytes
    assert not comparison.is_same_numbers


def test_an_archive_edited_since_passes_on_no_level(pair: Pair) -> None:
    pair.update_numpy()
    archived, rerun = pair.archived.write(), pair.rerun.write()
    (archived.folder / "report.html").write_text("edited", encoding="utf-8")
    comparison = compare(archived, rerun)
    assert comparison.files == ()
    assert not comparison.is_same_bytes
    assert not comparison.is_same_numbers
    assert "  - archive: report.html was edited since the manifest" in tabulate(comparison, LOCKED)


def test_the_table_shows_files_entries_and_statistics(pair: Pair) -> None:
    other_input(pair)
    pair.move_ratio("1.7")
    pair.archived.outputs["missing.csv"] = ""
    pair.rerun.outputs["extra.csv"] = ""
    comparison = pair.compare()
    lines = tabulate(comparison, LOCKED).splitlines()
    report = comparison.files[1]
    assert report.name == "report.html"
    assert lines[1:] == [
        "",
        "Outputs that differ between the manifests: 4 of 3",
        "  file         archived      rerun",
        f"  ard.csv      {comparison.files[0].archived:.12}  {comparison.files[0].rerun:.12}",
        f"  report.html  {report.archived:.12}  {report.rerun:.12}",
        "  missing.csv  e3b0c44298fc  missing",  # sha256 of nothing
        "  extra.csv    extra         e3b0c44298fc",
        "",
        "Entries of the manifest that differ: 1",
        "  entry               archived      rerun",
        "  inputs: edc/bl.csv  bbbbbbbbbbbb  dddddddddddd",
        "",
        "Statistics of ard.csv that moved: 1",
        "  analysis_id  population  group  variable  level  stat_name  archived  rerun  relative",
        # (1.7 - 1.36) / 1.7 = 0.2
        "  primary      ITT                                 estimate   1.36      1.7    2.0e-01",
    ]


def test_the_table_counts_what_it_does_not_show(pair: Pair) -> None:
    many = [RATIO.replace("estimate", f"stat{number:02}") for number in range(ROWS_SHOWN + 5)]
    pair.rerun.outputs["ard.csv"] = ard_text(COUNT, RATIO, *many)
    lines = tabulate(pair.compare(), LOCKED).splitlines()
    heading = lines.index("Rows of ard.csv that appeared: 25 (the first 20)")
    assert len(lines[heading + 2 :]) == ROWS_SHOWN


def test_long_texts_are_cut_only_where_the_difference_still_shows(pair: Pair) -> None:
    pair.archived.outputs["ard.csv"] = ard_text(RATIO.replace(",,trial", f",{'a' * 50}1,trial"))
    pair.rerun.outputs["ard.csv"] = ard_text(RATIO.replace(",,trial", f",{'a' * 50}2,trial"))
    text = tabulate(pair.compare(), LOCKED)
    assert f"{'a' * 50}1  {'a' * 50}2" in text
    assert "Texts of ard.csv that differ: 1" in text


def test_statistics_that_cannot_be_compared(pair: Pair) -> None:
    ard_damaged(pair)
    assert (
        tabulate(pair.compare(), LOCKED)
        .splitlines()[-1]
        .startswith("The statistics were not compared: rerun: ard.csv has other columns than")
    )
