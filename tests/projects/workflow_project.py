"""A working folder of the project, and runs of Snakemake in it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REHEARSAL = {
    "edc_dir": "data/edc",
    "unblinding_dir": "data/unblinding",
    "results": "out",
    "rehearsal": "true",
}
BLINDED: dict[str, str | None] = {"unblinding_dir": None, "rehearsal": None}
"""What makes a blinded run of the rehearsal."""
OWN_BOOKS = ("logs", "withdrawn")
"""Folders of the results that are no outputs."""
CELL = ("data/edc/bl.csv", ",14,", ",15,")
"""The first baseline NIHSS (or whichever cell) of 14 becomes 15."""
READ_BY_PEOPLE = ("report.html", "report.docx", "manifest.json", "ard.csv", "figures", "tables")
ENGINE_LOG = re.compile(r"\.snakemake/log/\S+")
LONGEST_RUN = 600.0
"""Seconds after which a run is taken to hang."""
PAUSE = 0.02

Config = Mapping[str, str | None]
Environment = Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """How a run of Snakemake ended and all that it wrote to the terminal."""

    status: int
    terminal: str

    @property
    def jobs(self) -> list[str]:
        """What the jobs said they were doing, in their order."""
        return [
            line.removeprefix("  ...  ")
            for line in self.terminal.splitlines()
            if line.startswith("  ...  ")
        ]

    @property
    def planned(self) -> set[str]:
        """The rules that a dry run would run."""
        lines = self.terminal.splitlines()
        return {line[5:-1] for line in lines if line.startswith("rule ")} - {"all"}

    @property
    def without_engine_log(self) -> str:
        """The terminal without the name of Snakemake's own log, which holds date and time."""
        return ENGINE_LOG.sub("", self.terminal)

    @property
    def message(self) -> str:
        """What stands behind the last empty line of the terminal."""
        return self.terminal.rstrip("\n").rpartition("\n\n")[2]


@dataclass(frozen=True)
class Going:
    """A run that may still be going on, in a process group of its own."""

    process: subprocess.Popen[bytes]
    file: Path

    @property
    def terminal(self) -> str:
        """What it has written so far."""
        return self.file.read_text(encoding="utf-8")

    @property
    def is_over(self) -> bool:
        """Whether its main process has ended."""
        return self.process.poll() is not None

    def wait_for(self, words: str) -> None:
        """Wait until it has written some words; they must come before its end."""
        end = time.monotonic() + LONGEST_RUN
        while words not in self.terminal:
            assert not self.is_over, self.terminal
            assert time.monotonic() < end, self.terminal
            time.sleep(PAUSE)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let the main process and its jobs stand still meanwhile."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def kill(self, *, whole_group: bool) -> bool:
        """Kill the main process, or it and all its jobs; return whether it was alive."""
        if self.is_over:
            return False
        if whole_group:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait()
        return True

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it and all its jobs, as a terminal does."""
        os.killpg(self.process.pid, number)

    def end(self) -> Outcome:
        """Wait for the end."""
        status = self.process.wait(timeout=LONGEST_RUN)
        return Outcome(status, self.terminal)


def _hear_signals() -> None:
    """A process started in the background of a shell, or by nohup, would ignore these."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@dataclass(frozen=True)
class Project:
    """A working folder of the project. ``python``: the interpreter that runs it."""

    root: Path
    python: str = sys.executable

    @property
    def results(self) -> Path:
        """The folder of the results."""
        return self.root / REHEARSAL["results"]

    def run(
        self,
        *arguments: str,
        cores: int = 2,
        config: Config | None = None,
        environment: Environment | None = None,
        prefix: tuple[str, ...] = (),
    ) -> Outcome:
        """Run Snakemake as a rehearsal; ``config`` changes the command line, None drops a key.

        ``prefix``: a command in front of it.
        """
        done = subprocess.run(
            [*prefix, *self._command(arguments, cores, config)], cwd=self.root, check=False,
            env=self._variables(environment), text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LONGEST_RUN,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout)

    def start(self, *arguments: str, cores: int = 2, config: Config | None = None) -> Going:
        """Start the same without waiting for its end."""
        file = self.root / "terminal.txt"
        with file.open("wb") as terminal:
            process = subprocess.Popen(
                self._command(arguments, cores, config), cwd=self.root, env=self._variables(None),
                stdout=terminal, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=_hear_signals,
            )  # fmt: skip
        return Going(process, file)

    def _command(self, arguments: tuple[str, ...], cores: int, config: Config | None) -> list[str]:
        given = {**REHEARSAL, **(config or {})}
        values = [f"{key}={value}" for key, value in given.items() if value is not None]
        command = [self.python, "-m", "snakemake", "--cores", str(cores), *arguments]
        return [*command, "--config", *values] if values else command

    def _variables(self, environment: Environment | None) -> dict[str, str]:
        given = dict(environment or {})
        path = os.pathsep.join([str(self.root), *filter(None, [given.pop("PYTHONPATH", "")])])
        return {**os.environ, "PYTHONPATH": path, **given}

    def outputs(self) -> dict[str, bytes]:
        """Every output by its path in the results."""
        return {
            path.relative_to(self.results).as_posix(): path.read_bytes()
            for path in sorted(self.results.rglob("*"))
            if path.is_file() and path.relative_to(self.results).parts[0] not in OWN_BOOKS
        }

    def temporaries(self) -> list[Path]:
        """Files that a process left half written in the results."""
        return [path for path in self.results.rglob(".*") if path.is_file()]

    def forget_runs(self) -> None:
        """Take away all that runs left here."""
        shutil.rmtree(self.results, ignore_errors=True)
        shutil.rmtree(self.root / ".snakemake", ignore_errors=True)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first place of a text, which must be there, in one file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def lines(self, file: str) -> list[str]:
        """The lines of a file with their ends."""
        return (self.root / file).read_text(encoding="utf-8").splitlines(keepends=True)

    def write_lines(self, file: str, lines: list[str]) -> None:
        """Write lines with their ends."""
        (self.root / file).write_text("".join(lines), encoding="utf-8")

    def subjects(self) -> list[str]:
        """The subject ids of the export."""
        return [line.partition(",")[0] for line in self.lines("data/edc/rand.csv")[1:]]

    def copy_to(self, root: Path) -> Project:
        """Return a copy with all time stamps as they are."""
        shutil.copytree(self.root, root)
        return Project(root, self.python)


def differing(left: Mapping[str, bytes], right: Mapping[str, bytes]) -> list[str]:
    """The outputs that are not the same in both."""
    names = left.keys() | right.keys()
    return sorted(name for name in names if left.get(name) != right.get(name))


def check_same(outputs: Mapping[str, bytes], project: Project, outcome: Outcome) -> None:
    """Require a run that ended well, with exactly these outputs and nothing half written."""
    assert outcome.status == 0, outcome.terminal
    assert differing(outputs, project.outputs()) == []
    assert project.temporaries() == []


def check_stopped(project: Project, outcome: Outcome) -> None:
    """Require what holds for every run that stops."""
    assert outcome.status == 1, outcome.terminal
    assert "Traceback" not in outcome.terminal
    assert [name for name in READ_BY_PEOPLE if (project.results / name).exists()] == []
    assert project.temporaries() == []


def flip_byte(path: Path) -> None:
    """Change one byte in the middle of a file; size and time stamps stay as they are."""
    stamp, content = path.stat(), bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Keep other worker processes out."""
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build_once(folder: Path, build: Callable[[Path], None]) -> Project:
    """Return the project in ``folder``, built by whichever worker comes first."""
    with one_at_a_time(folder.with_suffix(".lock")):
        if not folder.is_dir():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            build(unfinished)
            unfinished.rename(folder)
    return Project(folder)
