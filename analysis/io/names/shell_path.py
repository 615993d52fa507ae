"""The path of the interpreter, fit for the shell lines that Snakemake builds from it.

Snakemake starts every script by a line of bash into which it formats ``sys.executable`` as it is: a
project in a folder whose name holds a blank, a bracket, ``'``, ``&``, ``$`` or ``;`` would start no
job.
"""

import shlex
import sys


class ShellPath(str):
    """A path that is itself wherever it is used as a path, and quoted where text is made of it."""

    __slots__ = ()

    def __format__(self, specification: str) -> str:
        return format(shlex.quote(str(self)), specification)


def quote_interpreter() -> None:
    """Let the shell find this process's interpreter in whatever folder the project lies.

    A path that needs no quotes stays what it was.
    """
    if sys.executable and shlex.quote(sys.executable) != sys.executable:
        sys.executable = ShellPath(sys.executable)
