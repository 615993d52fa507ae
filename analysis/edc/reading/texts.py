"""The tables of an export as text, with the columns of the layout, and what was found."""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.reading.absent_sources import (
    describe_no_file,
    describe_no_source,
    describe_several,
    find_absent_declared,
)
from analysis.edc.reading.reading import Mask, Reading, find_spec
from analysis.edc.reading.table import fill_columns, read_texts_of
from analysis.edc.reading.unopened import (
    describe_hidden,
    find_hidden,
    list_problems,
    may_hide_part_of_stack,
)
from analysis.edc.reading.used_columns import list_unused
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.source import Source
from analysis.io.large.memory import give_back

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable


@dataclass(frozen=True)
class TextTables:
    """The tables of an export as text, each read when it is asked for: one at a time is held.

    ``files``: the sources by table; ``queried``: the tables that queries make. ``named``: the
    columns that the plan names; ``mask``: takes out what names an arm. ``unopened``: findings on
    files that cannot be opened and declared sources that are not there; ``hidden``: tables whose
    sources may lie in them, which are none of ``tables``.
    """

    files: dict[str, list[Source]]
    mapping: Mapping
    tables: dict[str, Table]
    named: Collection[str]
    mask: Mask | None
    queried: "dict[str, QueriedTable]"
    unopened: tuple[str, ...]
    hidden: frozenset[str]

    def read(self, name: str) -> Reading:
        """Return the texts of one table, without any if it cannot be read, and what was found."""
        if name in self.hidden:
            return Reading({}, [], [])
        give_back()
        one = self.queried.get(name)
        return self._read_file(name) if one is None else self._read_queried(one)

    def join(self, readings: MappingABC[str, Reading]) -> Reading:
        """Return what was found in all tables, and what is found in none of them alone.

        Tables of queries come first, then the others in the order of the layout.
        """
        joined, used = Reading({}, [], list(self.unopened)), frozenset[str]()
        for name in self.queried:
            joined.update(readings[name])
        if self.queried:
            joined.raised.extend(self._note_unused())
            shelf = next(iter(self.queried.values())).shelf
            joined.raised.extend(shelf.query_unprintable(self._list_asked()))
            used = shelf.used
        for name in self.tables:
            if name not in self.queried:
                joined.update(readings[name])
        joined.raised.extend(self._note_extra(used))
        joined.fatal.extend(joined.spellings.find_merged())
        return joined

    def _read_file(self, name: str) -> Reading:
        reading, table = Reading({}, [], []), self.tables[name]
        spec = find_spec(self.mapping, name)
        found = [source for source in self.files.get(name, []) if _is_meant(source, spec)]
        if not found and (spec.file or spec.source):
            reading.fatal.append(describe_no_source(name, spec, self.files))
        elif len(found) > 1:
            reading.fatal.append(describe_several(name, found))
        elif found:
            return read_texts_of(found[0], self.mapping, name, table, self.named, self.mask)
        elif spec.is_absent and not table.optional:
            reading.texts[name] = fill_columns({}, table, pd.RangeIndex(0))
            reading.mapped[name] = ("", {})
        elif not table.optional or spec.columns or spec.values:
            reading.fatal.append(describe_no_file(name, table, spec))
        return reading

    def _read_queried(self, one: "QueriedTable") -> Reading:
        if one.query.findings:
            return Reading({}, [], list(one.query.findings))
        reading = read_texts_of(one, self.mapping, one.name, one.table, self.named, self.mask)
        if one.name in reading.texts:
            texts = reading.texts[one.name]
            reading.spellings.update(one.shelf.find_spellings(one.query.sources, texts))
        return reading

    def _list_asked(self) -> dict[str, set[str]]:
        """By source the columns that queries use."""
        columns: dict[str, set[str]] = {}
        for one in self.queried.values():
            for source in one.query.sources if not one.query.findings else ():
                columns.setdefault(source, set()).update(one.query.columns)
        return columns

    def _note_unused(self) -> Iterator[Query]:
        """A note on each column of the sources of queries that no table uses.

        A table that is a source of its own says so of its columns itself.
        """
        queried = list(self.queried.values())
        plain = [name for name in self.tables if not find_spec(self.mapping, name).is_query]
        own = {source.name.casefold() for name in plain for source in self.files.get(name, [])}
        used, shelf = {source for one in queried for source in one.query.sources}, queried[0].shelf
        for name in (name for name in shelf if name in used - own):
            for column in list_unused(queried, name, shelf[name]):
                yield Query(
                    Severity.NOTE, name, "", column, "", Rule.EXTRA_COLUMN,
                    MessageCode.EXTRA_COLUMN.write(),
                )  # fmt: skip

    def _note_extra(self, used: frozenset[str]) -> Iterator[Query]:
        """A note for each source that no table takes."""
        for name in sorted(set(self.files) - set(self.tables) - used - self.hidden):
            for source in self.files[name]:
                yield Query(
                    Severity.NOTE, name, "", "", source.label, Rule.EXTRA_FILE,
                    MessageCode.EXTRA_FILE.write(),
                )  # fmt: skip


def open_texts(
    folder: Path,
    mapping: Mapping,
    tables: dict[str, Table],
    named: Collection[str],
    mask: Mask | None,
) -> TextTables:
    """Return the tables of an export, to be read; raises DataError if the folder is absent."""
    files = list_tables(folder, mapping)
    unopened, hidden = _find_unopened(tables, files, mapping)
    absent, resting = find_absent_declared(mapping, tables, files)
    unopened, hidden = (*unopened, *absent), hidden | resting
    tables = {name: table for name, table in tables.items() if name not in hidden}
    if not any(find_spec(mapping, name).is_query for name in tables):
        return TextTables(files, mapping, tables, named, mask, {}, unopened, hidden)
    from analysis.edc.sql.queried_table import open_tables  # which loads the engine

    queried = {one.name: one for one in open_tables(files, mapping, tables)}
    return TextTables(files, mapping, tables, named, mask, queried, unopened, hidden)


def _find_unopened(
    tables: dict[str, Table], files: dict[str, list[Source]], mapping: Mapping
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Which files cannot be opened, if a table may need them, and the tables that do."""
    problems = list_problems(files)
    specs = {name: find_spec(mapping, name) for name in tables}
    hidden = find_hidden(specs, files) if problems else {}
    findings = problems if hidden or may_hide_part_of_stack(specs) else []
    told = [describe_hidden(hidden)] if hidden else []
    return (*findings, *told), frozenset(hidden)


def read_texts(
    folder: Path,
    mapping: Mapping,
    tables: dict[str, Table],
    named: Collection[str],
    mask: Mask | None,
) -> Reading:
    """Return all tables of an export at once, as :func:`open_texts` opens them."""
    opened = open_texts(folder, mapping, tables, named, mask)
    return opened.join({name: opened.read(name) for name in tables})


def _is_meant(source: Source, spec: TableMapping) -> bool:
    """Whether a table takes a source: the one that it names, else that of its own name."""
    if spec.source:
        return source.name == spec.source
    return spec.file in (None, source.file.name)
