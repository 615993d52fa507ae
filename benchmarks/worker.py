"""A conversation with a program that measures: a command a line, an answer a line."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

TOP = Path(__file__).parents[1]
THREADS = {
    f"{library}_THREADS": "1"
    for library in ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "BLIS_NUM", "VECLIB_MAXIMUM")
}
"""One thread for the linear algebra of either program."""


class WorkerError(Exception):
    """A program ended, or could not do a command."""


class Worker:
    """A running program; use it in a ``with`` statement, which ends it."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            cwd=TOP,
            env={**os.environ, **THREADS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: object) -> list[str]:
        """Give a command; return the words of the answer.

        Raises WorkerError if the program says that it cannot, or ends.
        """
        assert self.process.stdin
        assert self.process.stdout
        command = " ".join(str(word) for word in words)
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise WorkerError(f"{self.name} ended before: {command}") from error
        reply = self.process.stdout.readline()
        if not reply:
            raise WorkerError(f"{self.name} ended at: {command}")
        if reply.startswith("error"):
            raise WorkerError(f"{self.name} could not {command}: {reply[6:].strip()}")
        return reply.split()

    def ask_numbers(self, *words: object) -> list[float]:
        """Give a command whose answer is numbers."""
        return [float(word) for word in self.ask(*words)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.communicate()  # an end of input ends either program
