"""Nothing is destroyed: what no run made stays, wherever results are asked for."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.projects.workflow_project import Project, check_same, differing

OWN = ("report.docx", "report.html", "ard.csv", "tables/a.csv", "figures/a.png", "edc/queries.csv")


def read(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def lay(folder: Path) -> dict[str, bytes]:
    """Files of the user's own, under names that a run would take."""
    for name in OWN:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine", encoding="utf-8")
    return read(folder)


def test_results_around_the_export(project: Project) -> None:
    (project.root / "data/edc/queries.csv").write_text("mine\n", encoding="utf-8")
    lay(project.root / "data/mine")
    before = read(project.root / "data")
    (project.root / "trial").mkdir()
    (project.root / "data/edc").rename(project.root / "trial/edc")
    outcome = project.run(config={"edc_dir": "trial/edc", "results": "trial"})
    assert outcome.status == 1
    assert outcome.message.startswith("results = trial: lies around edc_dir = trial/edc")
    (project.root / "trial/edc").rename(project.root / "data/edc")
    assert read(project.root / "data") == before


@pytest.mark.parametrize("edc_dir", ["data/none", "data/edc"])
def test_starts_in_a_folder_of_the_users_own(project: Project, edc_dir: str) -> None:
    before = lay(project.root / "mine")
    for _ in range(2):
        outcome = project.run(config={"edc_dir": edc_dir, "results": "mine"})
        assert outcome.status == 1
        assert "Traceback" not in outcome.terminal
    assert read(project.root / "mine") == before


def test_an_edited_document_is_kept_and_made_anew(complete: Project, project: Project) -> None:
    (project.results / "report.docx").write_bytes(b"a day of work")
    outcome = project.run()
    check_same(complete.outputs(), project, outcome)
    assert (project.results / "withdrawn/1/report.docx").read_bytes() == b"a day of work"
    assert "kept in out/withdrawn/1: report.docx" in outcome.terminal


def test_all_outputs_are_deleted_only_if_they_are_ours(complete: Project, project: Project) -> None:
    (project.results / "figures/mine.txt").write_text("mine", encoding="utf-8")
    (project.results / "report.docx").write_bytes(b"a day of work")
    before = project.outputs()
    outcome = project.run("--delete-all-output")
    assert outcome.status == 1
    assert "out/report.docx" in outcome.message
    assert project.outputs() == before
    shutil.copy2(complete.results / "report.docx", project.results / "report.docx")
    assert project.run("--delete-all-output").status == 0
    assert list(project.outputs()) == ["figures/mine.txt"]


LOOKS = (
    ("-n",), ("--dry-r", "--delete-all-output"), ("--touch",), ("--summ",), ("--list-rules",),
    ("--dag",), ("--unlock",),
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_changes_nothing(project: Project, look: tuple[str, ...]) -> None:
    (project.results / "report.docx").write_bytes(b"a day of work")
    before = read(project.results)
    project.run(*look)
    assert read(project.results) == before


def test_a_module_that_shadows_a_library(project: Project) -> None:
    (project.root / "scipy.py").write_text("raise SystemError\n", encoding="utf-8")
    outcome = project.run()
    assert outcome.status == 1
    assert "scipy.py: would be imported as 'scipy', which is a library" in outcome.message
    assert (project.results / "report.html").is_file()


def test_what_a_run_makes_is_its_owners_alone(complete: Project) -> None:
    made = [complete.results, *complete.results.rglob("*"), complete.root / ".snakemake"]
    assert [path for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.torture
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_interrupted(
    complete: Project, fresh: Project, tmp_path: Path, number: signal.Signals
) -> None:
    project = fresh.copy_to(tmp_path / "project")
    going = project.start()
    going.wait_for("  ...  Deriving")
    going.signal(number)
    outcome = going.end()
    assert outcome.status != 0
    assert f"The run was interrupted ({number.name})" in outcome.message
    assert "Traceback" not in outcome.terminal
    after = project.run()
    assert differing(complete.outputs(), project.outputs()) == []
    assert after.status == 0
