"""Workbooks that are zip packages: their parts, bounded before anything unpacks them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from analysis.errors import DataError

MOST_BYTES = 2**30
"""Bytes that a workbook may take, and its parts unpacked: far above any export, below memory."""
_CHUNK = 2**20
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError
)  # fmt: skip
Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


class Package:
    """The parts of a package by name, every one unpacked once and found whole."""

    def __init__(self, file_name: str, content: bytes) -> None:
        """Raise DataError if the package is cut off, damaged, locked, or unpacks to too much."""
        self.file_name = file_name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
            locked = any(part.flag_bits & 1 for part in parts)
            size = sum(part.file_size for part in parts)
            if not locked and size <= MOST_BYTES:
                for part in parts:
                    self._unpack(part)
        except _DAMAGES:
            raise damaged(file_name) from None
        if locked:
            raise DataError(
                f"{file_name}: the parts of the file are locked by a password of a zip program. "
                "Unpack it with the password, and put the workbook itself here"
            )
        if size > MOST_BYTES:
            raise DataError(
                f"{file_name}: unpacked the workbook has {size:,} bytes, and at most "
                f"{MOST_BYTES:,} are read. Export it again, or export its tables as CSV"
            )
        self._names = {part.filename.casefold(): part.filename for part in parts}

    def _unpack(self, part: zipfile.ZipInfo) -> None:
        """No more comes out than the part declares; what differs from its checksum is damage."""
        with self._zip.open(part) as stream:
            while stream.read(_CHUNK):
                pass

    def holds(self, part: str) -> bool:
        """Return whether there is such a part; capitals make no difference, as in Excel."""
        return part.casefold() in self._names

    def read(self, part: str) -> bytes:
        """Return a part; raises DataError if it is absent."""
        if not self.holds(part):
            raise damaged(self.file_name, f"it lacks its part {part}")
        return self._zip.read(self._names[part.casefold()])

    def parse(
        self, part: str, start: Start, end: Text | None = None, text: Text | None = None
    ) -> None:
        """Hand the elements of a part to ``start``, ``end`` and ``text``, names without namespace.

        Raises DataError if it is no whole XML, or has a document type, which could name entities.
        """
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda name, attributes: start(
            _local(name), {_local(key): value for key, value in attributes.items()}
        )
        if end is not None:
            parser.EndElementHandler = lambda name: end(_local(name))
        parser.CharacterDataHandler = text
        try:
            parser.Parse(self.read(part), True)
        except expat.ExpatError as error:
            raise damaged(self.file_name, f"part {part}, line {error.lineno}") from None
        except (ValueError, OverflowError, LookupError) as error:  # LookupError: its encoding
            raise damaged(self.file_name, f"part {part}: {error}") from None

    def read_root(self, part: str) -> tuple[str, dict[str, str]]:
        """Return name and attributes of the first element of a part; raises as ``parse`` does."""
        found: list[tuple[str, dict[str, str]]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if not found:
                found.append((tag, attributes))

        self.parse(part, start)
        return found[0]

    def find_workbook(self) -> str:
        """Return the name of the part that lists the sheets; empty if there is none."""
        if not self.holds("_rels/.rels"):
            return ""
        found = [each for each in self._relations("") if each["Type"].endswith("/officeDocument")]
        return posixpath.normpath(found[0]["Target"].lstrip("/")) if found else ""

    def find_targets(self, part: str) -> dict[str, str]:
        """Return by id the names of the parts that a part refers to."""
        folder = posixpath.dirname(part)
        return {
            each["Id"]: posixpath.normpath(posixpath.join("/", folder, each["Target"]))[1:]
            for each in self._relations(part)
            if each.get("TargetMode") != "External"
        }

    def _relations(self, part: str) -> list[dict[str, str]]:
        folder, name = posixpath.split(part)
        found: list[dict[str, str]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                if not {"Id", "Type", "Target"} <= set(attributes):
                    raise ValueError("a relation without a target")
                found.append(attributes)

        self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found


def damaged(file_name: str, where: str = "") -> DataError:
    """Return the error for a workbook that is not whole."""
    place = f" ({where})" if where else ""
    return DataError(f"{file_name}: the workbook is cut off or damaged{place}. Export it again")


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type, which no workbook has")
