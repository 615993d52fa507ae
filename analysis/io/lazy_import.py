"""Functions that a declaration names as ``module:function`` and that are imported when called."""

from collections.abc import Callable, Iterable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

TOP = Path(__file__).resolve().parents[2]


def load_function(name: str) -> Callable[..., Any]:
    """Import the module of ``module:function`` and return the function."""
    function: Callable[..., Any] = resolve_name(name)
    return function


def find_module(name: str) -> Path:
    """Return the file of the module of ``module:function``, which lies in this package."""
    return TOP.joinpath(*name.partition(":")[0].split(".")).with_suffix(".py")


def require_functions(names: Iterable[str]) -> None:
    """Raise ImportError for the first name that no module defines; nothing is imported."""
    for name in names:
        file, function = find_module(name), name.partition(":")[2]
        if not file.is_file() or f"\ndef {function}(" not in file.read_text(encoding="utf-8"):
            raise ImportError(f"{name}: no such function")


def require_once(kind: str, names: Iterable[str]) -> None:
    """Raise ValueError for the first name that is declared twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{kind} {name}: declared twice")
        seen.add(name)
