"""What Snakemake was asked for, whatever the flag and however it is abbreviated."""

from __future__ import annotations

from argparse import Action
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from snakemake.cli import args_to_api, get_argument_parser, parse_args

from analysis.errors import ConfigError
from analysis.run.invocation import APART, LOCK, Invocation, read_invocation

VALUES: tuple[tuple[str, ...], ...] = (
    (), ("html",), ("1",), ("x=1",), ("x=1/2",), ("x:mem=1",), ("mem=local",), ("x:",), ("1/1s",),
    ("x", "1"), ("functions",),
)  # fmt: skip
"""What an option may need behind it."""
ENDING = {"help", "version"}
"""Options with which the parser ends the process, before any Snakefile is read."""
NOT_ALONE = {
    "logger", "profile", "executor", "scheduler", "job_deploy_sources", "immediate_submit",
    "wait_for_files", "wait_for_files_file", "report_after_run", "mode", "runtime_profile",
    "workflow_profile", "configfile", "scheduler_ilp_solver",
}  # fmt: skip
"""Options that need a plugin, a file or another option, and say nothing of whether jobs run."""
ACTIONS = [
    action
    for action in get_argument_parser()._actions
    if action.option_strings and action.dest not in ENDING | NOT_ALONE
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No profile stands in this folder."""
    monkeypatch.chdir(tmp_path)


def invoke(*arguments: str, is_main: bool = True) -> Invocation:
    _, parsed = parse_args(list(arguments))
    return read_invocation(vars(parsed), is_main=is_main)


def snakemake_runs_jobs(arguments: list[str]) -> bool:
    """Whether Snakemake itself goes on to run jobs with these arguments."""
    parser, parsed = parse_args(arguments)
    with patch("snakemake.cli.SnakemakeApi") as engine:
        args_to_api(parsed, parser)
    dag = engine.return_value.__enter__.return_value.workflow.return_value.dag.return_value
    return any(not call.kwargs["pseudo_executor"] for call in dag.execute_workflow.mock_calls)


def abbreviate(option: str) -> str:
    """The shortest text that only this option begins with."""
    strings = get_argument_parser()._option_string_actions
    if not option.startswith("--"):
        return option
    texts = (option[:length] for length in range(3, len(option)))
    return next((t for t in texts if sum(s.startswith(t) for s in strings) == 1), option)


def spell(action: Action) -> Iterator[list[str]]:
    """An option with a value that the parser takes: in full, and abbreviated."""
    for option in {each for full in action.option_strings for each in (full, abbreviate(full))}:
        for values in (*VALUES, *((str(choice),) for choice in action.choices or ())):
            try:
                parse_args([option, *values])
            except (Exception, SystemExit):  # noqa: BLE001 - not this value
                continue
            yield [option, *values]
            break
        else:
            raise AssertionError(f"{option}: no value fits")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.dest)
def test_every_option_is_understood_as_snakemake_does(action: Action) -> None:
    for arguments in spell(action):
        assert invoke(*arguments).runs_jobs == snakemake_runs_jobs(arguments), arguments


def test_abbreviations_are_tried() -> None:
    assert abbreviate("--dry-run") == "--dry-"
    (action,) = (action for action in ACTIONS if action.dest == "dryrun")
    assert sorted(spell(action)) == [["--dry-"], ["--dry-run"], ["--dryr"], ["--dryrun"], ["-n"]]


@pytest.mark.parametrize("option", ["-h", "--help", "-v", "--version", "--vers"])
def test_some_options_end_the_process_before_anything_is_read(option: str) -> None:
    with pytest.raises(SystemExit):
        parse_args([option])


@pytest.mark.parametrize(
    "arguments",
    [
        ["--cores", "2"], ["-c2"], ["--cores", "2", "--config", "results=n"], ["-pc2"], ["-j", "4"],
        ["--report-after-run"], ["-F"], ["-k", "-p"], ["--forceall"], ["-R", "all"],
        ["--report", "x.html", "--report-after-run"], ["--rerun-incomplete"], ["-q", "all"],
        ["report.html"], ["-e", "local"], [], ["--config", "results=dry", "--", "n"],
    ],
)  # fmt: skip
def test_a_run_that_does_work(arguments: list[str]) -> None:
    assert invoke(*arguments).builds_results


@pytest.mark.parametrize(
    "arguments",
    [
        ["-n"], ["--dry-r"], ["--dryrun"], ["--cores", "2", "-n"], ["-np"], ["-pn"], ["-kpn"],
        ["-Fn"], ["--lint"], ["--lint=json"], ["--report", "x.html"], ["--report=x.html"],
        ["--reporter", "html"], ["--dag"], ["--rulegraph"], ["--summary"], ["-S"], ["-D"],
        ["--list-rules"], ["-l"], ["--unlock"], ["-t"], ["--touch"], ["--delete-all-output"],
        ["--list-changes", "code"], ["--lc", "code"], ["--archive", "x.tar"],
        ["--conda-create-envs-only"], ["lock", "all", "-n"],
    ],
)  # fmt: skip
def test_a_run_that_only_looks(arguments: list[str]) -> None:
    assert not invoke(*arguments).builds_results


LOOKS = (
    "-n", "--dry-r", "--dryr", "--touch", "--unlock", "--list-rules", "--dag", "--summary",
    "--delete-all-output", "--delete-al", "--cleanup-metadata=x", "--report=x.html",
)  # fmt: skip


@pytest.mark.parametrize("one", LOOKS)
@pytest.mark.parametrize("other", LOOKS)
def test_no_combination_of_looks_builds_or_deletes_by_accident(one: str, other: str) -> None:
    asked = invoke("--cores", "1", one, other)
    assert not asked.runs_jobs
    looks = {one, other} & {"-n", "--dry-r", "--dryr"}
    deletes = {one, other} & {"--delete-all-output", "--delete-al"}
    assert asked.deletes_outputs == (bool(deletes) and not looks)


def test_the_process_of_a_job_deletes_nothing() -> None:
    assert not invoke("--delete-all-output", is_main=False).deletes_outputs


def test_a_profile_may_say_that_nothing_is_run(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("dry-run: true\n", encoding="utf-8")
    assert not invoke("--profile", str(tmp_path)).builds_results


@pytest.mark.parametrize("target", APART)
def test_a_target_that_builds_nothing(target: str) -> None:
    asked = invoke("--cores", "2", "--config", "results=out", "--", target)
    assert asked.runs_jobs
    assert asked.is_apart
    assert not asked.builds_results
    assert asked.command == target


def test_the_name_of_a_rule_that_is_allowed_is_no_target() -> None:
    asked = invoke("--allowed-rules", "all", "lock", "-p")
    assert asked.builds_results
    assert asked.command == ""


@pytest.mark.parametrize("arguments", [["-R", "lock"], ["--until", "lock"], ["-P", "verify"]])
def test_a_rule_that_is_forced_or_stopped_at_is_a_target_too(arguments: list[str]) -> None:
    with pytest.raises(ConfigError, match="stands alone"):
        _ = invoke(*arguments).builds_results


def test_a_forced_lock_stands_alone_with_itself() -> None:
    assert invoke("lock", "-R", "lock").is_apart
    assert invoke("-R", "build_report").builds_results


@pytest.mark.parametrize("others", [["all"], ["verify"], ["out/report.html"]])
def test_such_a_target_stands_alone(others: list[str]) -> None:
    with pytest.raises(ConfigError, match="snakemake lock: stands alone; run other targets by"):
        _ = invoke("lock", *others).builds_results


def test_the_process_of_a_job_builds_nothing_but_knows_its_rule() -> None:
    job = invoke("--mode", "subprocess", "--target-jobs", "lock:", is_main=False)
    assert job.command == LOCK
    assert not job.runs_jobs
    assert not job.builds_results
