"""Write a file whole or not at all: a unique temporary name beside it, then one rename."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.io.printable import clean_surrogates

TEMPORARY = re.compile(r"\..+\.\d+\.[0-9a-f]{8}(\.[^.]*)?")
"""Names of the temporary files of :func:`write_atomic`."""


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


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return clean_surrogates(text).encode()


def remove_temporaries(folder: Path) -> None:
    """Remove what processes that were killed while writing left below ``folder``."""
    for path in folder.rglob(".*"):
        if path.is_file() and TEMPORARY.fullmatch(path.name):
            path.unlink(missing_ok=True)
