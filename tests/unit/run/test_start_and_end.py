"""The start and the end of a run: clean messages, and no earlier report that looks current."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from snakemake.cli import parse_args

from analysis.run import start_and_end as start
from analysis.run.invocation import Invocation, read_invocation
from analysis.run.job import ERROR_FILE, MESSAGE_FILE
from analysis.run.job_records.process_lock import TOKEN_VARIABLE
from analysis.run.job_records.record import JobRecord, hash_paths, write_record
from analysis.run.settings.run import Run
from analysis.run.start_and_end import end_in_error, finish_start, start_run

GOOD = {"edc_dir": "edc", "unblinding_dir": "lists", "results": "out", "rehearsal": "true"}
Start = Callable[..., tuple[Run, Invocation]]


@pytest.fixture
def earlier(working: Path) -> Path:
    """A folder of results with an earlier report in it, and the record of the job that made it."""
    (working / "out").mkdir()
    leave(working / "out", "report.html", "earlier")
    return working / "out"


def leave(results: Path, name: str, text: str) -> None:
    """A file as a job leaves it, with its record."""
    (results / name).write_text(text, encoding="utf-8")
    outputs = hash_paths(results, [results / name])
    write_record(results, Path(name).stem, JobRecord(spec="", inputs={}, outputs=outputs))


@pytest.fixture
def begin() -> Start:
    """Start a run as the Snakefile does, with arguments of Snakemake."""

    def build(
        values: Mapping[str, Any], *arguments: str, is_main: bool = True
    ) -> tuple[Run, Invocation]:
        _, parsed = parse_args(["--cores", "2", *arguments])
        invocation = read_invocation(vars(parsed), is_main=is_main)
        run = start_run(values, [], invocation)
        finish_start(run, [], invocation)
        return run, invocation

    return build


def test_a_wrong_command_line_ends_with_its_message(begin: Start, earlier: Path) -> None:
    with pytest.raises(SystemExit) as end:
        begin({**GOOD, "edcdir": "x"})
    assert str(end.value.code).startswith("\nThe command line (--config) is wrong.\n  - edcdir: ")
    assert not (earlier / "report.html").exists()
    assert (earlier / "withdrawn" / "report.html").read_text(encoding="utf-8") == "earlier"


@pytest.mark.parametrize(
    ("argument", "is_main"),
    [("-n", True), ("--dry-r", True), ("--lint", True), ("--tou", True), ("-p", False)],
)
def test_a_look_and_a_job_change_nothing(
    begin: Start, earlier: Path, argument: str, is_main: bool
) -> None:
    begin(GOOD, argument, is_main=is_main)
    with pytest.raises(SystemExit):
        begin({**GOOD, "edcdir": "x"}, argument, is_main=is_main)
    assert sorted(path.name for path in earlier.iterdir()) == ["logs", "report.html"]


def test_a_failed_start_moves_nothing_that_no_run_made(begin: Start, working: Path) -> None:
    own = ("report.docx", "report.html", "ard.csv", "tables/a.csv", "figures/a.png", "withdrawn/b")
    for name in own:
        (working / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (working / "out" / name).write_text("mine", encoding="utf-8")
    for _ in range(3):
        with pytest.raises(SystemExit):
            begin({**GOOD, "edc_dir": "nowhere"})
    found = {path for path in (working / "out").rglob("*") if path.is_file()}
    assert found == {working / "out" / name for name in own}


@pytest.mark.parametrize("target", ["lock", "verify"])
def test_logs_of_somebody_else_are_left_alone(begin: Start, working: Path, target: str) -> None:
    (working / "out" / "logs").mkdir(parents=True)
    (working / "out" / "logs" / ERROR_FILE).write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        begin(GOOD, target)
    assert "no record says that a run made them" in str(end.value.code)
    assert [path.name for path in (working / "out").rglob("*.*")] == [ERROR_FILE]


def test_a_failed_start_without_earlier_results_makes_no_folder(
    begin: Start, working: Path
) -> None:
    with pytest.raises(SystemExit):
        begin({**GOOD, "edc_dir": "nowhere"})
    assert not (working / "out").exists()


@pytest.mark.parametrize("target", ["all", "lock"])
def test_the_messages_of_an_earlier_run_go(begin: Start, earlier: Path, target: str) -> None:
    for file in (ERROR_FILE, MESSAGE_FILE):
        (earlier / "logs" / file).write_text("old", encoding="utf-8")
    begin(GOOD, target)
    assert not list((earlier / "logs").glob("*.txt"))


def test_a_folder_that_is_refused_is_left_as_it_is(begin: Start, earlier: Path) -> None:
    begin(GOOD)
    (earlier / "logs" / ERROR_FILE).write_text("of the other run", encoding="utf-8")
    (earlier / "report.html").write_text("of the other run", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        begin({"edc_dir": "edc", "results": "out"})
    assert "results of another mode or another export" in str(end.value.code)
    assert (earlier / "logs" / ERROR_FILE).exists()
    assert (earlier / "report.html").exists()


@pytest.mark.parametrize(
    ("message", "shown"),
    [("dm.csv: empty\n", "\ndm.csv: empty\n"), (None, "\nThe run stopped; the logs in out/logs ")],
)
def test_the_reason_of_a_failure_is_written_last(
    begin: Start,
    earlier: Path,
    monkeypatch: pytest.MonkeyPatch,
    message: str | None,
    shown: str,
) -> None:
    run, invocation = begin(GOOD)
    leave(earlier, "report.html", "of this run")
    leave(earlier, "ard.csv", "of this run")
    if message:
        (earlier / "logs" / ERROR_FILE).write_text(message, encoding="utf-8")
    at_exit: list[str] = []
    monkeypatch.setattr(start.atexit, "register", lambda _, text: at_exit.append(text))
    end_in_error(run, invocation)
    assert len(at_exit) == 1
    assert at_exit[0].startswith(shown)
    assert not (earlier / "ard.csv").exists()
    assert {"ard.csv", "report.html"} <= {p.name for p in (earlier / "withdrawn").iterdir()}


def test_a_run_started_from_within_another_run_is_its_own(
    begin: Start, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "the other run")
    begin(GOOD, "lock")
    assert TOKEN_VARIABLE not in os.environ
