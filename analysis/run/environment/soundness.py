"""Whether the code that runs is the code that was installed; found before anything is computed."""

import sys
from collections.abc import Sequence

from analysis.errors import ConfigError, join_findings
from analysis.run.environment.edits import find_edited_code, find_edited_files
from analysis.run.environment.shadows import find_shadows

SHOWN = 10
"""Findings that a message lists."""


def check_shadows() -> None:
    """End the process with a message if a module would be imported in the place of a library.

    This comes before any library is imported, and so before there are errors to be caught.
    """
    try:
        _refuse(find_shadows())
    except ConfigError as error:
        sys.exit(f"\n{error}")


def require_unedited_code() -> None:
    """Raise ConfigError naming Python code of libraries that is not as their wheels had it.

    That of libraries that read data or make numbers; their compiled code takes longer:
    :func:`require_unedited_libraries`.
    """
    _refuse(find_edited_code())


def require_unedited_libraries() -> None:
    """Raise ConfigError naming the files of these libraries that are not as installed."""
    _refuse(find_edited_files())


def _refuse(findings: Sequence[str]) -> None:
    if findings:
        more = [f"... and {len(findings) - SHOWN} more"] if len(findings) > SHOWN else []
        heading = "The libraries that would run are not those that were installed."
        raise ConfigError(
            f"{join_findings(heading, [*findings[:SHOWN], *more])}\n"
            "Rename or remove what stands in the way of a library, unset PYTHONPATH; install an "
            "edited library again: rm -r .venv, then make env"
        )
