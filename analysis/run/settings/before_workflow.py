"""What Snakemake meets before it reads the workflow: files of ``--configfile``, its own folders.

It would end there in a traceback of its own. The profile of the project calls this while Snakemake
reads its command line.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from analysis.errors import ConfigError, join_findings
from analysis.io.names.shown_names import show_name

ENGINE = "snakemake"


def require_startable(
    argv: Sequence[str], build_parser: Callable[[], ArgumentParser], cache: str
) -> None:
    """End the process with a message if Snakemake could not get as far as the workflow.

    ``argv``: of the process; one that is not Snakemake's is left alone. ``build_parser``: gives
    Snakemake's own parser, which knows abbreviations. ``cache``: the folder of its cache.
    """
    if ENGINE not in Path(argv[0]).parts[-2:]:
        return
    arguments, _ = build_parser().parse_known_args(argv[1:])
    folder = Path(arguments.directory or ".")
    try:
        check_start(arguments.configfile or (), folder, Path(cache))
    except ConfigError as error:
        print(f"\n{error}", file=sys.stderr)
        sys.exit(1)


def check_start(plans: Iterable[Path], folder: Path, cache: Path) -> None:
    """Raise ConfigError if a plan is no file, or Snakemake's folders cannot be written to.

    ``folder``: in which ``.snakemake`` is made. ``cache``: of Snakemake, below the home folder.
    """
    findings = [
        f"--configfile {show_name(plan)}: {reason}. Give the file of a plan, such as "
        "config/trial.yaml"
        for plan in map(Path, plans)
        if (reason := _judge_file(plan))
    ]
    if not _can_be_written(folder / ".snakemake"):
        findings.append(
            f"{show_name(folder.resolve())}: the folder of the project cannot be written to, and "
            "Snakemake keeps its records there (.snakemake). Copy the project to a folder of "
            "your own"
        )
    if not _can_be_written(cache):
        findings.append(
            f"{show_name(cache)}: cannot be written to, and Snakemake keeps its cache there. Set "
            "XDG_CACHE_HOME to a folder that can"
        )
    if findings:
        raise ConfigError(join_findings("The run cannot start.", findings))


def _judge_file(path: Path) -> str:
    """Why a file cannot be read; empty if it can."""
    try:
        with path.open("rb"):
            return ""
    except FileNotFoundError:
        return "there is no such file"
    except IsADirectoryError:
        return "this is a folder"
    except OSError as error:
        return f"it cannot be read ({error.strerror})"


def _can_be_written(folder: Path) -> bool:
    """Whether a folder, or the first above it that is there, can be written to."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
