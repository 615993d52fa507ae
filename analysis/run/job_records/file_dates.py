"""Time stamps from the future: no output could ever be newer than such a file."""

import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import ConfigError, join_findings

LEEWAY = 1.0
"""Seconds by which a file may seem younger than now: what passes before the first job ends."""


def refuse_future(files: Iterable[Path]) -> None:
    """Raise ConfigError naming the files that are dated in the future."""
    dates = {path: path.stat().st_mtime for path in files if path.is_file()}
    late = [path for path, date in dates.items() if date > time.time() + LEEWAY]
    if late:
        findings = [f"{path}: {_show(dates[path])}" for path in late]
        heading = "Files are dated in the future, so nothing made from them could be newer."
        raise ConfigError(
            f"{join_findings(heading, findings)}\n"
            "Set the clock of this machine, or give the files the date of today: touch FILE"
        )


def date_today(files: Iterable[Path]) -> None:
    """Date files of the run's own today that a wrong clock has dated in the future."""
    now = time.time()
    for path in files:
        if path.is_file() and path.stat().st_mtime > now:
            os.utime(path)


def _show(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(" ", "seconds").replace("+00:00", " UTC")
