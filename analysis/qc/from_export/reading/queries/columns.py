"""The cells of each column of a table, by the short keys of the mapping."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Lookup
from analysis.qc.from_export.reading.files import TextFile
from analysis.qc.from_export.reading.queries.parts import Part
from analysis.qc.from_export.reading.queries.registry import WrongExportError
from analysis.qc.from_export.reading.queries.relation import Column, Relation, Text
from analysis.qc.from_export.reading.yes_no import NO, YES

Sources = Mapping[str, TextFile]


@dataclass(frozen=True)
class Columns:
    """How the columns of one part are made; ``sources``: those that values are looked up in."""

    spec: TableMapping
    part: Part
    relation: Relation
    sources: Sources

    def make(self, names: Iterable[str]) -> dict[str, Column]:
        """Return the columns of the layout that the export has; an own name names itself.

        Raises WrongExportError for one that the mapping names and no source has.
        """
        made = ((name, self._make(name)) for name in dict.fromkeys(names))
        return {name: column for name, column in made if column is not None}

    def _make(self, name: str) -> Column | None:
        part, count = self.part, len(self.relation.files)
        if name in part.constants:
            return Column(name, [part.constants[name]] * count)
        if name in self.spec.checkboxes:
            return self._tick(name, self.spec.checkboxes[name])
        if name in self.spec.lookup:
            return self._look_up(name, self.spec.lookup[name])
        if name in part.columns or name in part.times:
            names = [part.columns.get(name, name), *filter(None, [part.times.get(name)])]
            return _paste(name, [self._find(one) for one in dict.fromkeys(names)])
        return self.relation.find(name)

    def _find(self, name: str) -> Column:
        column = self.relation.find(name)
        if column is None:
            several = name.casefold() in self.relation.ambiguous
            held = "several sources hold" if several else "no source holds"
            raise WrongExportError(f"{held} a column {name}")
        return column

    def _tick(self, name: str, boxes: Mapping[str, str]) -> Column:
        columns = [self._find(box) for box in boxes]
        rows = zip(*(column.texts for column in columns), strict=True)
        texts = ["; ".join(_list_ticked(boxes, row)) for row in rows]
        return Column(name, texts, tuple(place for one in columns for place in one.places))

    def _look_up(self, name: str, lookup: Lookup) -> Column:
        """What is found; else what was sought or nothing, also where a part of that is empty."""
        found = _index(lookup, self.sources[lookup.source])
        keys = [self._find(here).texts for here in lookup.match]
        is_sought = lookup.not_found == "sought"
        texts = [
            found.get(_compare(key, lookup), key[0] if is_sought else "")
            for key in zip(*keys, strict=True)
        ]
        place = (lookup.source.casefold(), _find_header(lookup.take, self.sources[lookup.source]))
        return Column(name, texts, (place,))


def _paste(name: str, columns: Sequence[Column]) -> Column:
    """A column, or a date and a time with a blank between them."""
    if len(columns) == 1:
        return columns[0]
    rows = zip(*(column.texts for column in columns), strict=True)
    texts: list[Text] = [" ".join(text or "" for text in row).strip() for row in rows]
    return Column(name, texts, tuple(place for one in columns for place in one.places))


def _list_ticked(boxes: Mapping[str, str], row: Iterable[Text]) -> Iterator[str]:
    """The meanings of the boxes that are ticked; what is neither tick nor none is shown."""
    for (box, code), text in zip(boxes.items(), row, strict=True):
        folded = (text or "").strip().lower()
        if folded in YES:
            yield code
        elif folded and folded not in NO:
            yield f"{box}={text}"


def _index(lookup: Lookup, file: TextFile) -> dict[tuple[Text, ...], str]:
    """By what is looked for, what is taken in rows that ``where`` allows.

    Raises WrongExportError for two different ones of one key.
    """
    keys = [file.columns[_find_header(there, file)] for there in lookup.match.values()]
    takes = file.columns[_find_header(lookup.take, file)]
    asked = [file.columns[_find_header(there, file)] for there in lookup.where]
    allowed = zip(*asked, strict=True) if asked else [()] * len(takes)
    found: dict[tuple[Text, ...], str] = {}
    for key, take, row in zip(zip(*keys, strict=True), takes, allowed, strict=True):
        if row != tuple(lookup.where.values()):
            continue
        compared = _compare(key, lookup)
        if all(key) and take and found.setdefault(compared, take) != take:
            raise WrongExportError(f"{file.name} holds several rows with one key")
    return found


def _compare(key: tuple[Text, ...], lookup: Lookup) -> tuple[Text, ...]:
    """A key as it is compared: its numbers as numbers, where leading zeros do not count."""
    if lookup.leading_zeros == "count":
        return key
    return tuple(text and re.sub("[0-9]+", lambda n: n[0].lstrip("0") or "0", text) for text in key)


def _find_header(name: str, file: TextFile) -> str:
    folded = (capitals for capitals, h in file.headers.items() if h.casefold() == name.casefold())
    header = next(folded, None)
    if header is None:
        raise WrongExportError(f"{file.name} holds no column {name}")
    return header
