"""Changes of a file as bytes, and of the folder: cut off, recoded, named otherwise, packed."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile

from tests.properties.mutated_shapes.mutant import Change, Files

ENDINGS = (".csv", ".txt", ".xlsx", ".xpt", ".json", ".xml", ".dat", ".CSV", ".tsv", "")
BETWEEN_TEXTS = re.compile(r'[\r\n"<>,;]+')
LONGEST_CELL = 80
EVERYTHING = frozenset({""})


def change_file(rng: random.Random, files: Files) -> Change:
    """Change one file in place; returns what was done. Rows may be gone or doubled by it."""
    name = rng.choice(sorted(files))
    kind = rng.choice((_cut, _cut, _cut, _flip, _flip, _recode, _double, _rename, _pack, _empty))
    return kind(rng, files, name)


def _cut(rng: random.Random, files: Files, name: str) -> Change:
    at = rng.randrange(len(files[name]) or 1)
    lines = files[name].count(b"\n")
    if lines and rng.random() < 0.3:
        at = len(b"".join(files[name].splitlines(keepends=True)[: rng.randrange(lines)]))
    files[name] = files[name][:at]
    return Change(f"{name} cut off at byte {at}", EVERYTHING, removes=True)


def _flip(rng: random.Random, files: Files, name: str) -> Change:
    content = files[name]
    at, byte = rng.randrange(len(content) or 1), rng.randrange(256)
    files[name] = content[:at] + bytes([byte]) + content[at + 1 :]
    start, end = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
    texts = _list_texts(content[start:end]) | _list_texts(
        files[name][start : end if end > 0 else None]
    )
    near = texts if name.endswith(".csv") else None
    texts |= _list_padded(files[name], at)
    return Change(f"{name}: byte {at} is {byte}", texts, near, removes=True, adds=True)


def _list_padded(content: bytes, at: int) -> frozenset[str]:
    """What a cell of fixed width may hold, of which the byte at a place is part.

    It ends at two blanks, or anywhere before: the next cell may follow without one.
    """
    last = min(len(content), at + LONGEST_CELL, *(p for p in (content.find(b"  ", at),) if p >= 0))
    return frozenset(
        content[start:end].decode(errors="replace").strip()
        for start in range(max(0, at - LONGEST_CELL), at + 1)
        for end in range(at + 1, last + 1)
    )


def _list_texts(line: bytes) -> frozenset[str]:
    text = line.decode("utf-8", errors="replace") + "," + line.decode("gb18030", errors="replace")
    return frozenset(text.replace(";", ",").replace('"', "").replace("\r", "").split(","))


def _recode(rng: random.Random, files: Files, name: str) -> Change:
    encoding = rng.choice(("utf-16", "utf-16-le", "gb18030", "utf-8-sig", "latin-1", "shift_jis"))
    content = files[name]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    if not name.endswith((".csv", ".xml", ".json")):
        return _flip(rng, files, name)
    files[name] = text.encode(encoding, errors="replace")
    said, kept = f"{name} in {encoding}", files[name].decode(encoding, errors="replace")
    if kept == text:
        return Change(said, frozenset(), frozenset())
    return Change(f"{said}, with losses", frozenset(BETWEEN_TEXTS.split(kept)))


def _double(rng: random.Random, files: Files, name: str) -> Change:
    stem, dot, ending = name.rpartition(".")
    copy = rng.choice((f"{stem} (1){dot}{ending}", f"Copy of {name}", f"{stem.lower()}2.{ending}"))
    files[copy] = files[name]
    return Change(f"{name} once more as {copy}", frozenset(), frozenset())


def _rename(rng: random.Random, files: Files, name: str) -> Change:
    stem = name.rpartition(".")[0]
    new = rng.choice((stem + rng.choice(ENDINGS), f"X{name}", name.upper(), f".{name}"))
    files[new] = files.pop(name)
    return Change(f"{name} named {new}", EVERYTHING, removes=True)


def _pack(rng: random.Random, files: Files, name: str) -> Change:
    content = files.pop(name)
    kind = rng.choice(("zip", "gz", "deep"))
    if kind == "gz":
        files[f"{name}.gz"] = gzip.compress(content, mtime=0)
        return Change(f"{name} as gz", EVERYTHING, frozenset(), removes=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(f"folder/{name}" if kind == "deep" else name, content)
    files[f"{name.rpartition('.')[0]}.zip"] = stream.getvalue()
    return Change(f"{name} in a ZIP ({kind})", EVERYTHING, frozenset(), removes=True)


def _empty(rng: random.Random, files: Files, name: str) -> Change:
    if rng.random() < 0.5:
        del files[name]
        return Change(f"{name} absent", EVERYTHING, removes=True)
    files[name] = rng.choice((b"", b"\n", b"\xef\xbb\xbf", files[name].partition(b"\n")[0] + b"\n"))
    return Change(f"{name} empty", EVERYTHING, removes=True)
