"""The rerun: its command, its surroundings, and what is left of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from snakemake.cli import parse_args

from analysis.errors import CheckError, ConfigError
from analysis.run.invocation import read_invocation
from analysis.run.job_records.interruption import Interruption, heeding_signals
from analysis.run.job_records.process_lock import TOKEN_VARIABLE
from analysis.run.job_records.record import read_job_records
from analysis.run.job_records.rule_specs import RuleSpec
from analysis.run.job_records.stale_results import find_stale
from analysis.run.verify.process import run_whole
from analysis.run.verify.rerun import RerunSettings, rerun
from analysis.run.verify.verify import verify
from tests.unit.run.verify.archived_run import ArchivedRun

ORDER = RerunSettings(
    snakefile="Snakefile",
    cores=3,
    values={"edc_dir": "edc", "rehearsal": True, "results": "out", "manifest": "m.json"},
    plan_file="",
    rules=["all", "demo_trial", "read_edc"],
    demo=[],
)


class Engine:
    """Stands in for the workflow engine: notes how it was called, writes what a run would."""

    def __init__(self) -> None:
        self.status = 0
        self.terminal = "Building DAG of jobs...\n\nThe plan is wrong."
        self.files: dict[str, str] = {}
        self.arguments: list[str] = []
        self.variables: dict[str, str] = {}
        self.stale: list[Path] = []

    def __call__(self, arguments: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        self.arguments, self.variables = arguments[2:], options["env"]
        for name, text in self.files.items():
            path = self.results / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        demo = RuleSpec("demo_trial", (), tuple(Path.cwd().glob("data/demo/*")), "new")
        records = read_job_records(self.results)
        self.stale = [*find_stale(self.results, [demo], records).values()]
        return subprocess.CompletedProcess(arguments, self.status, self.terminal)

    @property
    def results(self) -> Path:
        return Path(json.loads(self.arguments[-1].removeprefix("results=")))

    @property
    def rules(self) -> list[str]:
        after = self.arguments[self.arguments.index("--allowed-rules") + 1 :]
        return after[: [each.startswith("--") for each in after].index(True)]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    monkeypatch.chdir(tmp_path)
    engine = Engine()
    monkeypatch.setattr("analysis.run.verify.rerun.run_whole", engine)
    return engine


def test_the_same_run_with_results_elsewhere(engine: Engine) -> None:
    with rerun(ORDER) as results:
        assert results == engine.results
    assert engine.arguments[engine.arguments.index("--config") + 1 : -1] == [
        'edc_dir= "edc" ', "rehearsal=True",
    ]  # fmt: skip
    assert engine.arguments[engine.arguments.index("--cores") + 1] == "3"
    assert "--configfile" not in engine.arguments


def test_the_engine_understands_that_results_are_to_be_built(engine: Engine) -> None:
    with rerun(replace(ORDER, rules=[*ORDER.rules, "lock", "verify"])):
        pass
    _, arguments = parse_args(engine.arguments[1:])
    assert read_invocation(vars(arguments), is_main=True).builds_results
    assert set(arguments.allowed_rules) == {*ORDER.rules, "lock", "verify"}


def test_the_plan_of_the_command_line(engine: Engine) -> None:
    with rerun(replace(ORDER, plan_file="other.yaml")):
        pass
    place = engine.arguments.index("--configfile")
    assert engine.arguments[place + 1 : place + 3] == ["other.yaml", "--config"]


def test_the_token_of_the_outer_run_stays_outside(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "outer")
    monkeypatch.setenv("KEPT", "yes")
    with rerun(ORDER):
        pass
    assert TOKEN_VARIABLE not in engine.variables
    assert engine.variables["KEPT"] == "yes"


def test_a_demonstration_trial_that_is_there_is_not_made_again(
    engine: Engine, tmp_path: Path
) -> None:
    demo = [tmp_path / "data" / "demo" / name for name in ("bl.csv", "dm.csv")]
    demo[0].parent.mkdir(parents=True)
    order = replace(ORDER, demo=[str(path.relative_to(tmp_path)) for path in demo])
    demo[0].write_text("x", encoding="utf-8")
    with rerun(order):
        assert "demo_trial" in engine.rules, "half of it: made again, as by any run"
    demo[1].write_text("x", encoding="utf-8")
    with rerun(order):
        assert engine.rules == ["all", "read_edc"]
        assert engine.stale == [], "a start deletes what another generator made"


@pytest.mark.parametrize("status", [0, 1])
def test_nothing_is_left(engine: Engine, status: int) -> None:
    engine.files, engine.status = {"ard.csv": "", "logs/error.txt": "why"}, status
    try:
        with rerun(ORDER):
            assert (engine.results / "ard.csv").is_file()
    except CheckError:
        assert status == 1
    assert not engine.results.parent.exists()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "The plan is wrong."),
        ({"logs/error.txt": "Line 1.\n\nLine 2.\n"}, "Line 1.\n\nLine 2."),
    ],
)
def test_a_rerun_that_stops_says_why(engine: Engine, files: dict[str, str], words: str) -> None:
    engine.status, engine.files = 1, files
    with pytest.raises(CheckError) as stop, rerun(ORDER):
        pass
    assert str(stop.value) == (
        f"The rerun stopped, so nothing was compared (its logs stand in this one). {words}"
    )


def test_the_logs_of_a_rerun_that_stops_are_kept(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.status = 1
    engine.files = {"logs/read_edc.log": "KeyError: 'cell'", "logs/error.txt": "fault"}
    with pytest.raises(CheckError), rerun(ORDER):
        pass
    printed = capsys.readouterr().out
    assert engine.terminal in printed
    assert "--- logs/read_edc.log\nKeyError: 'cell'" in printed


def test_a_rerun_that_was_ended_from_outside_says_so(engine: Engine) -> None:
    engine.status = -signal.SIGKILL
    with (
        pytest.raises(CheckError, match=r"ended from outside \(SIGKILL\), so nothing"),
        rerun(ORDER),
    ):
        pass


@pytest.mark.usefixtures("heard")
def test_an_interruption_ends_all_that_was_started(tmp_path: Path) -> None:
    inner = f"sleep 2; touch {tmp_path}/late"
    command = ["sh", "-c", f"(sh -c '{inner}') & touch {tmp_path}/begun; wait"]

    def interrupt() -> None:
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Timer(0.2, interrupt).start()
    with pytest.raises(Interruption, match="SIGTERM"), heeding_signals():
        run_whole(command, dict(os.environ))
    time.sleep(2.5)
    assert not (tmp_path / "late").exists()


def test_verifying_says_one_line_or_raises_the_table(engine: Engine, tmp_path: Path) -> None:
    run = ArchivedRun(tmp_path / "archived")
    run.write()
    manifest = run.manifest.read_text(encoding="utf-8")
    engine.files = {**run.outputs, "manifest.json": manifest}
    assert verify(run.manifest, ORDER, "NOT LOCKED").startswith("Verified: 2 outputs")
    content = json.loads(manifest)
    content["outputs"]["report.html"] = "d" * 64
    engine.files["manifest.json"] = json.dumps(content)
    with pytest.raises(CheckError, match=r"report\.html  [0-9a-f]{12}  dddddddddddd"):
        verify(run.manifest, ORDER, "NOT LOCKED")
    content["versions"]["numpy"] = "2.4.1"
    engine.files["manifest.json"] = json.dumps(content)
    line = verify(run.manifest, ORDER, "NOT LOCKED")
    assert line.startswith("Verified at the second level: all 2 statistics")
    assert "\n" not in line


def test_a_missing_manifest_is_said_before_anything_is_run(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        verify(tmp_path / "manifest.json", ORDER, "NOT LOCKED")
    assert engine.arguments == []
