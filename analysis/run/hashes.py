"""Fingerprints: sha256 of files and of the code that a rule may import."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CODE_SUFFIXES = (".py", ".yaml", ".html", ".css")

GROUND = ("errors", "io", "config", "run", "jobs/__init__.py")
"""What every rule stands on."""

IMPORTABLE = {
    "demo_trial": ("simulate", "edc", "jobs/demo_trial.py"),
    "read_edc": (
        "edc",
        "jobs/lock_and_verify/__init__.py",
        "jobs/lock_and_verify/check_lock.py",
        "jobs/read_edc.py",
    ),
    "derive_adam": ("edc", "adam", "jobs/derive_adam.py"),
    "gather_queries": ("edc", "jobs/queries/__init__.py", "jobs/queries/gather.py"),
    "limit_queries": ("edc", "jobs/queries/__init__.py", "jobs/queries/limit.py"),
    "analyse": ("edc", "models", "analyses", "jobs/analyse.py"),
    "check": ("qc", "jobs/check_independently.py"),
    "display": ("display", "jobs/build_tables.py", "jobs/draw_figures.py"),
    "build_ard": ("jobs/build_ard.py",),
}
"""By kind of rule, the folders and files of the package that it may import beside the ground."""


def is_sha256(text: object) -> bool:
    """Whether something is a sha256 in hexadecimal as it is written here."""
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None


def hash_bytes(content: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_file(path: Path) -> str:
    """Return the sha256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_files(
    paths: Iterable[Path], root: Path | None = None, known: Mapping[Path, str] | None = None
) -> str:
    """Return one sha256 over names and contents of files.

    The name is the path relative to ``root``, or without one the file name, so that the same
    files in another folder have the same hash. ``known``: hashes of files that were read before.
    """
    names = {path: path.relative_to(root).as_posix() if root else path.name for path in paths}
    hashes = {path: (known or {}).get(path) or hash_file(path) for path in names}
    lines = sorted(f"{name} {hashes[path]}" for path, name in names.items())
    return hash_bytes("\n".join(lines).encode(errors="surrogateescape"))


def hash_code() -> dict[str, str]:
    """Return the fingerprint of the code by kind of rule, and of the whole package as ``all``.

    A change in a file changes the fingerprint of every kind of rule that may import it.
    """
    hashes = {
        kind: hash_files(_code_files((*GROUND, *folders)), PACKAGE)
        for kind, folders in IMPORTABLE.items()
    }
    return {**hashes, "all": hash_all_code()}


def hash_all_code() -> str:
    """Return the fingerprint of the whole package and of the workflow."""
    return hash_files(list_code().values(), PACKAGE.parent)


def list_code() -> dict[str, Path]:
    """Return every file of the package and of the workflow, by its path in the project."""
    top = PACKAGE.parent
    found = [*_code_files(("",)), *_workflow_files()]
    return {path.relative_to(top).as_posix(): path for path in sorted(found)}


def _workflow_files() -> list[Path]:
    top = PACKAGE.parent
    files = [top / "Snakefile", *(top / "workflow").rglob("*")]
    return [path for path in files if path.is_file() and path.suffix in ("", ".smk", ".py", ".rst")]


def _code_files(places: Iterable[str]) -> list[Path]:
    files: set[Path] = set()
    for place in places:
        path = PACKAGE / place
        files |= set(path.rglob("*")) if path.is_dir() else {path}
    return sorted(path for path in files if path.is_file() and path.suffix in CODE_SUFFIXES)
