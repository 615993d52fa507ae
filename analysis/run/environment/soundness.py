"""Whether the code that runs is the code that was installed; found before anything is computed."""

from collections.abc import Sequence

from analysis.errors import ConfigError, join_findings
from analysis.run.environment.edits import find_edited_code, find_edited_files
from analysis.run.environment.shadows import find_shadows

SHOWN = 10
"""Findings that a message lists."""


def require_sound_environment() -> None:
    """Raise ConfigError naming modules in the way of libraries, and libraries edited since.

    Of libraries that read data or make numbers the Python code is held against the hashes of their
    wheels; the compiled code by :func:`require_unedited_libraries`.
    """
    _refuse([*find_shadows(), *find_edited_code()])


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
