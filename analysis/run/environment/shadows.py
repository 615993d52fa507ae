"""Modules that stand before a library or Python's own, and would be imported in its place."""

import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from analysis.run.environment.distributions import list_distributions
from analysis.run.hashes import PACKAGE

_SUFFIXES = (".py", ".pyc", ".so", ".pyd")
_HOOKS = ("sitecustomize", "usercustomize")


def find_shadows() -> list[str]:
    """Return one finding for every module that stands where a library would be looked for.

    Looked through are the working directory, the project, its scripts and every other place that
    the search path (``PYTHONPATH``) has before the libraries.
    """
    names = {*sys.stdlib_module_names, *_HOOKS}
    names |= {name for each in list_distributions() for name in each.modules}
    own = {path.name for path in PACKAGE.parent.iterdir() if path.is_dir()}
    return sorted({*_list_hooks(), *_list_modules(names - own)})


def _list_modules(names: set[str]) -> Iterator[str]:
    for folder in _list_folders():
        for entry in folder.iterdir():
            name = entry.name.partition(".")[0]
            is_module = entry.suffix in _SUFFIXES or any(
                (entry / f"__init__{suffix}").is_file() for suffix in _SUFFIXES
            )
            if name in names and is_module:
                yield f"{entry}: would be imported as '{name}', which is a library"


def _list_folders() -> list[Path]:
    """Places where this process or a job looks for a module before it comes to the libraries."""
    top, libraries = PACKAGE.parent, Path(sysconfig.get_path("purelib")).resolve()
    path = [Path(place).resolve() for place in filter(None, sys.path)]
    before = path[: path.index(libraries)] if libraries in path else path
    places = [Path.cwd(), top, top / "workflow" / "scripts", *before]
    return [place for place in dict.fromkeys(places) if place.is_dir() and not _is_kept(place)]


def _is_kept(folder: Path) -> bool:
    """Whether Python or the environment keeps its own modules, or commands, there."""
    names = ("stdlib", "platstdlib", "purelib", "platlib", "scripts")
    kept = {Path(sysconfig.get_path(name)).resolve() for name in names}
    standard = Path(os.__file__).resolve().parent
    return folder in kept | {standard, standard / "lib-dynload", Path(sys.executable).parent}


def _list_hooks() -> Iterator[str]:
    """What Python ran by itself at its start, unless it came with Python."""
    standard = Path(os.__file__).resolve().parent
    for hook in _HOOKS:
        file = getattr(sys.modules.get(hook), "__file__", None)
        if file and Path(file).absolute().parent.resolve() != standard:
            yield f"{file}: Python ran it by itself at its start"
