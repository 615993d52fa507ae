"""A run makes all that is promised, lists it with its hashes, and then has nothing to do."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.projects.workflow_project import Project, check_same

STAMP = "REHEARSAL - NOT TRIAL RESULTS"
FIGURES = (
    "grotta_itt", "grotta_pp", "cutpoints", "consort", "forest_sensitivity", "forest_subgroups",
    "km_death", "tipping_point", "grotta_itt_adjusted", "grotta_sensitivity", "grotta_subgroups",
    "love_plot", "missing_pattern", "recruitment",
)  # fmt: skip
ANALYSED = (
    "populations", "mrs_shift", "sensitivity", "safety", "survival", "adverse_events", "exposure",
    "dichotomies", "distributions", "secondary", "supportive", "subgroups", "missing",
)  # fmt: skip
TABLES = (
    "t_populations", "t_baseline", "t_primary", "t_estimands", "t_sensitivity", "t_missing",
    "t_secondary", "t_subgroups", "t_safety", "t_ae_overview", "t_ae_soc_pt", "t_ae_special",
    "t_exposure", "t_quality", "l_deaths", "t_hierarchical", "t_patients", "t_randomisation",
    "t_unconditional",
)  # fmt: skip
PROMISED = {
    "edc/dm.parquet", "edc/rand.parquet", "edc/mrs.parquet", "edc/queries.csv",
    *(f"adam/{name}.parquet" for name in ("adsl", "adqs", "adae", "adtte")),
    "adam/ppreasons.csv", "ard.csv", "qc.csv", "report.html", "report.docx",
    "manifest.json",
    *(f"analyses/{name}.json" for name in ANALYSED),
    *(f"tables/{name}.{suffix}" for name in TABLES for suffix in ("html", "csv", "rtf")),
    *(f"figures/{name}.{suffix}" for name in FIGURES for suffix in ("svg", "pdf", "png")),
}  # fmt: skip


@pytest.fixture(scope="module")
def outputs(complete: Project) -> dict[str, bytes]:
    return complete.outputs()


@pytest.fixture(scope="module")
def manifest(outputs: dict[str, bytes]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(outputs["manifest.json"])
    return content


def test_every_promised_file_is_there_and_holds_something(outputs: dict[str, bytes]) -> None:
    assert set(outputs) >= PROMISED
    assert [name for name, content in outputs.items() if not content] == []


def test_the_manifest_lists_every_output_with_its_hash(
    outputs: dict[str, bytes], manifest: dict[str, Any]
) -> None:
    listed = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in outputs.items()
        if name != "manifest.json"
    }
    assert manifest["outputs"] == listed


def test_the_manifest_lists_every_input_with_its_hash(
    complete: Project, manifest: dict[str, Any]
) -> None:
    listed = {
        path.relative_to(complete.root / "data").as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in (complete.root / "data").rglob("*.csv")
    }
    assert manifest["inputs"] == listed


def test_every_output_for_people_is_stamped(outputs: dict[str, bytes]) -> None:
    tables = (f"tables/t_primary.{suffix}" for suffix in ("html", "csv", "rtf"))
    shown = ("report.html", "figures/consort.svg", *tables)
    for name in shown:
        assert STAMP.encode() in outputs[name], name


def test_no_output_tells_of_the_machine(complete: Project, outputs: dict[str, bytes]) -> None:
    folder, host = os.fsencode(complete.root), socket.gethostname().encode()
    texts = (".csv", ".json", ".html", ".svg", ".rtf")
    for name, content in outputs.items():
        assert folder not in content, name
        if name.endswith(texts):
            assert not re.search(rb"\b" + re.escape(host) + rb"\b", content), name


def test_the_terminal_ends_with_the_headline(complete: Project) -> None:
    terminal = (complete.root / "terminal.txt").read_text(encoding="utf-8")
    assert STAMP in terminal
    assert "adjusted common odds ratio" in terminal
    assert "Report: out/report.html" in terminal
    assert "Traceback" not in terminal


def test_every_log_ends_in_done(complete: Project) -> None:
    logs = sorted((complete.results / "logs").glob("*.log"))
    records = {path.stem for path in (complete.results / "logs" / "records").iterdir()}
    assert {log.stem for log in logs} == records - {"start"}
    for log in logs:
        assert log.read_text(encoding="utf-8").splitlines()[-1].startswith("done: "), log.name


def test_a_second_run_has_nothing_to_do(project: Project) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in project.results.rglob("*.*")}
    outcome = project.run()
    assert outcome.status == 0
    assert "Nothing to be done" in outcome.terminal
    assert outcome.jobs == []
    changed = {path.name for path in stamps if path.stat().st_mtime_ns != stamps[path]}
    assert changed == {"run.token", "start.json"}, "each start is recorded"


def test_results_may_move_with_their_export(project: Project, tmp_path: Path) -> None:
    moved = project.copy_to(tmp_path / "elsewhere" / "moved")
    outcome = moved.run()
    assert outcome.status == 0
    assert "Nothing to be done" in outcome.terminal


def test_the_workflow_is_in_good_condition(fresh: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "snakemake", "--lint"], cwd=fresh.root, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(fresh.root)},
    )  # fmt: skip
    assert done.returncode == 0
    assert "Congratulations, your workflow is in a good condition!" in done.stdout


EVERYTHING = "One Drive (Uni) & $HOME 'a' {b} <c> %s;#"
"""All that a folder's name is known to hold, and what shells and Snakemake read otherwise."""
OTHERS = ("{", 'q"`~!*?[x]', "new\nline 京", "-n", "x" * 200)


def lay(fresh: Project, folder: Path) -> Project:
    """The project in a folder, with an environment in it as ``make env`` lays it."""
    project = fresh.copy_to(folder / "project")
    (project.root / ".venv").symlink_to(sys.prefix)
    return replace(project, python=str(project.root / ".venv" / "bin" / "python"))


@pytest.mark.torture
def test_a_run_that_is_interrupted_and_killed_ends_with_the_same_bytes(
    complete: Project, fresh: Project, tmp_path: Path
) -> None:
    project = lay(fresh, tmp_path / EVERYTHING)
    going = project.start()
    going.wait_for("  ...  Deriving")
    going.signal(signal.SIGINT)
    outcome = going.end()
    assert outcome.status != 0
    assert "The run was interrupted (SIGINT)" in outcome.message
    assert "Traceback" not in outcome.terminal
    going = project.start()
    going.wait_for("  ...  Analysing")
    assert going.kill(whole_group=True)
    check_same(complete.outputs(), project, project.run())


@pytest.mark.parametrize("name", OTHERS)
def test_jobs_start_in_any_folder(name: str, fresh: Project, tmp_path: Path) -> None:
    outcome = lay(fresh, tmp_path / name).run("check_lock")
    assert outcome.status == 0, outcome.terminal
    assert outcome.jobs == ["Checking the lock"]
