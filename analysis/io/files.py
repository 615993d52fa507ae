"""Write a file whole or not at all: a unique temporary name beside it, then one rename."""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.io.printable import clean_surrogates

TEMPORARY = re.compile(r"\.(?P<stem>.+)\.\d+\.[0-9a-f]{8}(?P<suffix>\.[^.]*)?")

"""Names of the temporary files of :func:`write_atomic`."""


Witness = Callable[[Path, Path], None]
"""Is told of a file before it takes its name: the temporary path, and the name."""
_witnesses: list[Witness] = []


@contextmanager
def witnessed(witness: Witness) -> Iterator[None]:
    """Tell ``witness`` of every file that is written meanwhile, before it stands there."""
    _witnesses.append(witness)
    try:
        yield
    finally:
        _witnesses.remove(witness)


@contextmanager
def write_atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path in the folder of ``path``; it takes the name ``path`` at the end.

    The folder is made if it is absent. When the block raises, the temporary file is removed and
    ``path`` stays as it was. The temporary name keeps the suffix, which some writers look at.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield temporary
        for witness in _witnesses:
            witness(temporary, path)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` atomically, as UTF-8 with its line ends as they are.

    A lone surrogate, which UTF-8 cannot hold, is written as U+FFFD.
    """
    write_bytes(path, _encode(text))


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` atomically."""
    with write_atomic(path) as temporary:
        temporary.write_bytes(content)


def remove_temporaries(written: Iterable[Path]) -> None:
    """Remove what processes that were killed while writing left beside the files ``written``.

    Only a name that :func:`write_atomic` gives to one of these files is taken for such a rest.
    """
    names: dict[Path, set[str]] = {}
    for path in written:
        names.setdefault(path.parent, set()).add(path.name)
    for folder, finals in names.items():
        for path in folder.glob(".*"):
            if _name_final(path.name) in finals and path.is_file() and not path.is_symlink():
                path.unlink(missing_ok=True)


def _name_final(name: str) -> str:
    """The name that a temporary file was to take; empty for any other file."""
    found = TEMPORARY.fullmatch(name)
    return f"{found['stem']}{found['suffix'] or ''}" if found else ""


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return clean_surrogates(text).encode()
