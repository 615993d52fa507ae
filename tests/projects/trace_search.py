"""Search every byte of files, also inside what is packed or encoded, for words."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

DEEPEST = 4
"""A packed text inside a packed text inside ...: a report holds figures that hold fonts."""
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
STANDARD = bytes.maketrans(b"-_", b"+/")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def find_words(files: Iterable[Path], words: Iterable[str]) -> list[str]:
    """Return where any of ``words`` stands in names or contents of ``files``: file, way, word."""
    wanted = {word.encode(encoding): word for word in words for encoding in ENCODINGS}
    pattern = re.compile(b"|".join(re.escape(word) for word in wanted))
    return [
        f"{path}: {way or 'as it stands'}: {wanted[found]}"
        for path in files
        for way, content in read_everything(path)
        for found in sorted(set(pattern.findall(content)))
    ]


def read_everything(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of a file, and all that is packed in either."""
    yield from unpack(path.name.encode(errors="surrogateescape"), "name")
    yield from unpack(path.read_bytes(), "")


def unpack(content: bytes, way: str, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield ``content`` and whatever is found by unpacking it, each with the way to it."""
    yield way, content
    if depth == DEEPEST:
        return
    for step, inner in _unpack_once(content):
        yield from unpack(inner, f"{way} > {step}".removeprefix(" > "), depth + 1)


def _unpack_once(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"PAR1"):
        yield from _read_parquet(content)
    if content.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from ((f"zip {name}", archive.read(name)) for name in archive.namelist())
    yield from _inflate(content)
    yield from _decode_base64(content)


def _read_parquet(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The schema with its metadata, and every column as lines of text."""
    table = pq.read_table(pa.BufferReader(content))
    for key, value in (table.schema.metadata or {}).items():
        yield "parquet metadata", key + b"=" + value
    for name in table.column_names:
        cells = "\n".join(map(str, table.column(name).to_pylist()))
        yield f"parquet column {name}", f"{name}\n{cells}".encode()


def _inflate(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every zlib stream, wherever it begins: in a PDF, in a PNG."""
    for start in ZLIB.finditer(content):
        try:
            inner = zlib.decompressobj().decompress(content[start.start() :])
        except zlib.error:
            continue
        if inner:
            yield "zlib", inner


def _decode_base64(content: bytes) -> Iterator[tuple[str, bytes]]:
    for found in BASE64.finditer(content):
        text = found.group().translate(STANDARD).rstrip(b"=")
        try:
            inner = base64.b64decode(text + b"=" * (-len(text) % 4))
        except binascii.Error:
            continue
        yield "base64", inner
