"""An archived run is made again from its inputs; whatever differs is named, nothing is touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Outcome, Project

LOCK = {"lock": "config/lock.json"}
CELL = ("data/edc/bl.csv", ",14,", ",15,")
DEMO: dict[str, str | None] = {
    "edc_dir": None, "unblinding_dir": None, "rehearsal": None, "results": "results/rehearsal",
}  # fmt: skip


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """The folder for temporary files, in which nothing must be left."""
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def verify(project: Project, scratch: Path, **config: str | None) -> Outcome:
    """Verify, and find that no trace is left of the rerun and that no traceback is shown."""
    outcome = project.run("verify", config=config, environment={"TMPDIR": str(scratch)})
    assert "Traceback" not in outcome.terminal
    assert list(scratch.glob("verify-*")) == []
    assert list((project.root / ".snakemake" / "incomplete").glob("*")) == []
    return outcome


def stamps(folder: Path) -> dict[str, int]:
    """The time of the last change of every file but the logs."""
    files = [path for path in folder.rglob("*") if path.is_file() and "logs" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def line_starting(outcome: Outcome, words: str) -> str:
    """The only line of the terminal that starts with these words."""
    (line,) = (line for line in outcome.terminal.splitlines() if line.startswith(words))
    return line


def test_a_complete_run_is_verified_and_left_as_it_is(project: Project, scratch: Path) -> None:
    before = stamps(project.root / "data"), stamps(project.results)
    outcome = verify(project, scratch)
    assert outcome.status == 0, outcome.terminal
    line = line_starting(outcome, "Verified")
    outputs = len(json.loads(project.outputs()["manifest.json"])["outputs"])
    assert line.startswith(f"Verified: {outputs} outputs are the same byte for byte (NOT LOCKED, ")
    assert (stamps(project.root / "data"), stamps(project.results)) == before
    assert "Nothing to be done" in project.run("-n").terminal


@pytest.mark.torture
def test_a_demonstration_trial_is_not_made_again_though_its_generator_changed(
    fresh: Project, tmp_path: Path, scratch: Path
) -> None:
    project = fresh.copy_to(tmp_path / "project")
    project.edit("config/trial.yaml", "  n: 1060", "  n: 60")
    project.edit("config/trial.yaml", "  sites: 30", "  sites: 4")
    assert project.run(config=DEMO).status == 0
    before = stamps(project.root / "data")
    with (project.root / "analysis/simulate/randomness/streams.py").open(
        "a", encoding="utf-8"
    ) as file:
        file.write("\n# changed\n")
    outcome = verify(project, scratch, **DEMO)
    assert outcome.status == 1
    assert stamps(project.root / "data") == before
    assert line_starting(outcome, "  code: analysis/simulate/randomness/streams.py")
    assert line_starting(outcome, "  report.html")
    assert "that moved" not in outcome.terminal, "a comment changes no number"


@pytest.mark.torture
def test_an_edited_archive_elsewhere_and_a_data_set_locked_again(
    project: Project, scratch: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "an archive"
    shutil.copytree(project.results, archive)
    ard = archive / "ard.csv"
    text = ard.read_text(encoding="utf-8")
    edited = text.replace("populations,ITT,,,,n,60,", "populations,ITT,,,,n,6O,")
    assert edited != text
    ard.write_text(edited, encoding="utf-8")
    assert project.run("lock", config=LOCK).status == 0
    project.edit(*CELL)
    refused = verify(project, scratch, **LOCK)
    assert refused.status == 1
    assert "this run differs from the data set" in refused.terminal
    assert project.run("lock", config={**LOCK, "relock": "a value corrected"}).status == 0

    outcome = verify(project, scratch, **LOCK, manifest=str(archive / "manifest.json"))
    assert outcome.status == 1
    heading = line_starting(outcome, f"The rerun differs from the archive {archive}/manifest.json ")
    assert "(locked on 20" in heading
    for words in (
        "  - archive: ard.csv was edited since the manifest was written",
        "  edc/bl.parquet ",
        "  inputs: edc/bl.csv ",
        "  lock  ",
        " 6O ",
    ):
        assert words in outcome.terminal
    end = outcome.terminal.rpartition("\n\nThe rerun differs")[2]
    log = (project.results / "logs" / "verify.log").read_text(encoding="utf-8")
    assert end.strip() in log, "the table is the last thing on the terminal, and in the log"


def test_a_rerun_that_stops_says_why(project: Project, scratch: Path) -> None:
    with (project.root / "analysis/edc/reading/export.py").open("a", encoding="utf-8") as file:
        file.write(
            "\n\ndef read_export(*_: object, **__: object) -> None:\n    raise KeyError('cell')\n"
        )
    outcome = verify(project, scratch)
    assert outcome.status == 1
    assert outcome.terminal.rstrip("\n").rpartition("\n\n")[2] == (
        "The rerun stopped, so nothing was compared (its logs stand in this one). A fault of the "
        "program while reading the export: see logs/read_edc.log and report it."
    )
    log = (project.results / "logs" / "verify.log").read_text(encoding="utf-8")
    assert "KeyError: 'cell'" in log
    assert (project.results / "report.html").is_file(), "the archive is left as it is"


def test_a_manifest_that_is_not_there(project: Project, scratch: Path) -> None:
    outcome = verify(project, scratch, manifest="none/manifest.json")
    assert outcome.status == 1
    assert (
        outcome.terminal.rstrip("\n")
        .rpartition("\n\n")[2]
        .startswith("none/manifest.json: there is no such file. There is nothing to verify")
    )
