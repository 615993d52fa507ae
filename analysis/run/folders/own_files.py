"""Files that are made again and again, but never over what somebody edited or put there."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from analysis.io.files import write_text
from analysis.run.hashes import hash_bytes

_MARK = re.compile(r"as it was written: ([0-9a-f]{64})")


def write_own(path: Path, text: str, comment: tuple[str, str]) -> Path:
    """Write ``text`` with its own sha256 in a last line, and return where it was written.

    Where a file of the name is there that does not hold its own sha256, because somebody edited
    it or another program made it, it is left as it is and the text goes to the next free name
    (``edc-2.yaml``). ``comment``: what begins and ends a comment in files of this kind.
    """
    target = next(each for each in _list_names(path) if not each.exists() or is_own(each))
    start, end = comment
    sha256 = hash_bytes(text.encode())
    target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, f"{text}{start}sha256 of this file as it was written: {sha256}{end}\n")
    return target


def is_own(path: Path) -> bool:
    """Return whether a file is as :func:`write_own` left it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError):
        return False
    found = _MARK.search(lines[-1]) if lines else None
    return found is not None and found[1] == hash_bytes("".join(lines[:-1]).encode())


def _list_names(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_stem(f"{path.stem}-{number}") for number in count(2))
