"""A workbook of Office Open XML: its sheets, the texts that they share, its formats.

Source: ECMA-376 part 1, 18.2 to 18.8. Names are taken without their namespaces, of which there are
two (transitional and strict).
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from zipfile import ZipFile

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.files.markup import Target, parse
from analysis.qc.from_export.reading.sources.workbooks.elements import (
    Attributes,
    Elements,
    SharedTexts,
)
from analysis.qc.from_export.reading.sources.workbooks.number_formats import is_moment

MOST_BYTES = 2**30
"""Of one part, unpacked."""


@dataclass(frozen=True)
class Package:
    """The parts of a workbook."""

    content: Content

    def open(self, name: str, target: Target) -> None:
        """Tell a target of the elements of a part; raises ValueError if it cannot be read."""
        with ZipFile(self.content.source) as archive:
            if archive.getinfo(name).file_size > MOST_BYTES:
                raise ValueError("a part of the workbook is too large")
            with archive.open(name) as stream:
                parse(stream, target)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its parts."""
        with ZipFile(self.content.source) as archive:
            return frozenset(archive.namelist())

    @cached_property
    def sheets(self) -> dict[str, str]:
        """By the names of the sheets of cells, in their order, their parts."""
        related = self._relate(self._book)
        return {
            attributes["name"]: related[attributes["id"]][1]
            for path, attributes in self._gather(self._book)
            if path[1:] == ("sheets", "sheet") and related[attributes["id"]][0] == "worksheet"
        }

    @cached_property
    def is_from_1904(self) -> bool:
        """Whether its days are counted from 1904 on."""
        properties = (a for path, a in self._gather(self._book) if path[-1] == "workbookPr")
        return any(each.get("date1904") in ("1", "true") for each in properties)

    @cached_property
    def texts(self) -> list[str]:
        """The texts that its sheets share."""
        gathered = SharedTexts()
        for part in self._find("sharedStrings"):
            self.open(part, gathered)
        return gathered.found

    @cached_property
    def moments(self) -> list[bool]:
        """By the number of a style whether it shows a number as a date or a time."""
        own: dict[int, str] = {}
        used: list[int] = []
        for path, attributes in (
            each for part in self._find("styles") for each in self._gather(part)
        ):
            if path[-2:] == ("numFmts", "numFmt"):
                own[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif path[-2:] == ("cellXfs", "xf"):
                used.append(int(attributes.get("numFmtId", "0")))
        return [is_moment(number, own.get(number)) for number in used]

    @cached_property
    def _book(self) -> str:
        found = [part for kind, part in self._relate("").values() if kind == "officeDocument"]
        return found[0]

    def _find(self, kind: str) -> list[str]:
        """The parts of a kind that the book leads to, else the one that is usual."""
        related = [part for of, part in self._relate(self._book).values() if of == kind]
        usual = posixpath.join(posixpath.dirname(self._book), f"{kind}.xml")
        return [part for part in related or [usual] if part in self.names]

    def _gather(self, name: str) -> Iterator[tuple[tuple[str, ...], Attributes]]:
        gathered = Elements()
        self.open(name, gathered)
        yield from gathered.found

    def _relate(self, name: str) -> dict[str, tuple[str, str]]:
        """By the id of each relation of a part its kind and the part that it leads to."""
        folder, file = posixpath.split(name)
        return {
            attributes["Id"]: (
                attributes["Type"].rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/"),
            )
            for path, attributes in self._gather(posixpath.join(folder, "_rels", f"{file}.rels"))
            if path[-1] == "Relationship" and attributes.get("TargetMode") != "External"
        }
