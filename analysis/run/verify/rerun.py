"""The same run once more: a workflow of its own, with its results in a temporary folder."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import CheckError
from analysis.run.drawings import NOT_DRAWN
from analysis.run.job import ERROR_FILE
from analysis.run.job_records.interruption import name_status
from analysis.run.job_records.process_lock import TOKEN_VARIABLE
from analysis.run.job_records.record import JobRecord, hash_paths, write_record
from analysis.run.settings.command_line import write_entry
from analysis.run.verify.process import run_whole

DEMO_RULE = "demo_trial"
_OF_THE_VERIFICATION = ("results", "manifest")
"""Keys of the command line that are not of the run that is made again."""


@dataclass(frozen=True)
class RerunSettings:
    """What is run again. ``values``: those of ``--config``. ``plan_file``: empty for the usual one.

    ``rules``: all that build results. ``demo``: the files of the demonstration trial, if that is
    what is analysed.
    """

    snakefile: str
    cores: int
    values: Mapping[str, Any]
    plan_file: str
    rules: Sequence[str]
    demo: Sequence[str]


@contextmanager
def rerun(settings: RerunSettings) -> Iterator[Path]:
    """Run again and yield the folder of the results, which is removed at the end.

    A demonstration trial that is there is read as it lies, and never made again: its generator
    may have changed. Raises CheckError with the rerun's message if it fails; its terminal and its
    logs are printed.
    """
    with tempfile.TemporaryDirectory(prefix="verify-") as scratch:
        results = Path(scratch) / "results"
        rules = [rule for rule in settings.rules if rule != DEMO_RULE or not _has_demo(settings)]
        if _has_demo(settings):
            demo = hash_paths(results, settings.demo)
            write_record(results, DEMO_RULE, JobRecord(spec=None, inputs={}, outputs=demo))
        done = run_whole(
            build_command(settings, rules, results),
            env={name: text for name, text in os.environ.items() if name != TOKEN_VARIABLE},
        )
        print(done.stdout)
        if done.returncode not in (0, NOT_DRAWN):
            _print_logs(results)
            raise CheckError(_explain(results, done.returncode, done.stdout))
        yield results


def build_command(settings: RerunSettings, rules: Sequence[str], results: Path) -> list[str]:
    """Return the command of the rerun; Snakemake keeps neither locks nor records of it."""
    values = {k: v for k, v in settings.values.items() if k not in _OF_THE_VERIFICATION}
    return [
        sys.executable, "-m", "snakemake", "--snakefile", settings.snakefile,
        "--cores", str(settings.cores), "--nolock", "--drop-metadata", "--allowed-rules", *rules,
        *(["--configfile", settings.plan_file] if settings.plan_file else []),
        "--config", *(write_entry(key, value) for key, value in values.items()),
        write_entry("results", str(results)),
    ]  # fmt: skip


def _has_demo(settings: RerunSettings) -> bool:
    return bool(settings.demo) and all(Path(file).is_file() for file in settings.demo)


def _explain(results: Path, status: int, terminal: str) -> str:
    """The last words of a rerun that failed."""
    file = results / "logs" / ERROR_FILE
    if name := name_status(status):
        return f"The rerun was ended from outside ({name}), so nothing was compared. Verify again"
    if file.is_file():
        words = file.read_text(encoding="utf-8").strip()
    else:
        words = terminal.strip().rpartition("\n\n")[2]
    words = words.replace(f"{results}{os.sep}", "")
    return f"The rerun stopped, so nothing was compared (its logs stand in this one). {words}"


def _print_logs(results: Path) -> None:
    for file in sorted((results / "logs").glob("*.log")):
        print(f"--- logs/{file.name}\n{file.read_text(encoding='utf-8', errors='replace')}")
