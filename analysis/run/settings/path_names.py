"""Names of files and folders that a run cannot work with: said at the start, all together."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.errors import ConfigError, join_findings
from analysis.io.names.shown_names import is_utf_8, show_name

PLACEHOLDER = re.compile(r"[{}]|<[a-z][a-z0-9_]*>")
"""What Snakemake takes for a wildcard or for a variable of its paths."""


def require_usable_names(paths: Mapping[str, Path | None], files: Iterable[Path] = ()) -> None:
    """Raise ConfigError, naming every one, if paths or names of files cannot be worked with.

    ``paths``: by the key that gives them. ``files``: those found in the folders, by name alone.
    """
    named = [(key, path) for key, path in paths.items() if path is not None]
    named += [("file", Path(path.name)) for path in files]
    findings = [
        f"{key} = {show_name(path)}: {reason}. {_remedy(key)}"
        for key, path in named
        if (reason := _judge(str(path)))
    ]
    if findings:
        raise ConfigError(join_findings("Names that a run cannot work with.", findings))


def _remedy(key: str) -> str:
    return "Rename it, or take it out of the folder" if key == "file" else "Rename it"


def _judge(name: str) -> str:
    """Why a name cannot be worked with; empty if it can."""
    if not is_utf_8(name):
        return "the name is not UTF-8 (it comes from an old archive)"
    if found := PLACEHOLDER.search(name):
        return f"the name holds {found[0]}, which the workflow reads as a placeholder"
    if not name.isprintable():
        return "the name holds a character that cannot be seen (shown by its escape)"
    return ""
