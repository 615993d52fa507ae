"""Whether a run can write where it must, found before it begins."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import ConfigError, join_findings
from analysis.run.folders.os_errors import explain_os_error

PROBE = 1 << 16
"""Bytes that are written for a trial."""


def require_writable(folders: Iterable[Path]) -> None:
    """Make the folders if they are absent, and try each of them; nothing is left behind.

    Raises ConfigError naming every one that cannot be written to, with what to do.
    """
    tries = [(folder, True) for folder in dict.fromkeys(folders)]
    if temporary := os.environ.get("TMPDIR"):
        tries.append((Path(temporary), False))
    findings = [finding for folder, makes in tries if (finding := _try(folder, makes=makes))]
    if findings:
        heading = "A run must be able to write to these folders, and cannot."
        raise ConfigError(join_findings(heading, findings))


def _try(folder: Path, *, makes: bool) -> str:
    """What stands against writing to a folder; empty if nothing does."""
    try:
        if makes:
            folder.mkdir(parents=True, exist_ok=True)
        elif not folder.is_dir():
            return f"{folder}: TMPDIR names no folder. Make it, or unset TMPDIR"
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"." * PROBE)
            file.flush()
    except OSError as error:
        explained = explain_os_error(OSError(error.errno, error.strerror), folder)
        return explained or f"{folder}: cannot be written to ({error.strerror})"
    return ""
