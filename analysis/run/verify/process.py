"""A process with all that it starts: it ends on its own, or all of it is ended."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence


def run_whole(command: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and return its status and terminal.

    If this process is interrupted meanwhile, the command and every process that it started end
    too: a job that lived on would write data of subjects where nobody removes them.
    """
    with subprocess.Popen(
        command, env=env, start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        try:
            terminal, _ = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, terminal)
