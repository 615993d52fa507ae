"""The tables of an export as text, with the columns of the layout, and what was found."""

from collections.abc import Collection, Iterator
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
)
from analysis.edc.reading.reading import Mask, Reading, find_spec
from analysis.edc.reading.table import fill_columns, read_texts_of
from analysis.edc.reading.used_columns import list_unused
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.source import Source

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable


def read_texts(
    folder: Path,
    mapping: Mapping,
    tables: dict[str, Table],
    named: Collection[str],
    mask: Mask | None,
) -> Reading:
    """Read the files of an export; raises DataError if the folder is absent.

    ``named``: the columns that the plan names. ``mask``: takes out what names an arm.
    """
    files = list_tables(folder, mapping)
    reading = Reading({}, [], [])
    asked = [name for name in tables if find_spec(mapping, name).is_query]
    used = _read_queried(reading, tables, files, mapping, named, mask) if asked else frozenset()
    for name, table in tables.items():
        if name in asked:
            continue
        spec = find_spec(mapping, name)
        found = [source for source in files.get(name, []) if _is_meant(source, spec)]
        if not found and (spec.file or spec.source):
            reading.fatal.append(describe_no_source(name, spec, files))
        elif len(found) > 1:
            reading.fatal.append(describe_several(name, found))
        elif found:
            reading.update(read_texts_of(found[0], mapping, name, table, named, mask))
        elif spec.is_absent and not table.optional:
            reading.texts[name] = fill_columns({}, table, pd.RangeIndex(0))
            reading.mapped[name] = ("", {})
        elif not table.optional or spec.columns or spec.values:
            reading.fatal.append(describe_no_file(name, table, spec))
    for name in sorted(set(files) - set(tables) - used):
        reading.raised.extend(
            Query(
                Severity.NOTE, name, "", "", source.label, Rule.EXTRA_FILE,
                MessageCode.EXTRA_FILE.write(),
            )
            for source in files[name]
        )  # fmt: skip
    reading.fatal.extend(reading.spellings.find_merged())
    return reading


def _read_queried(
    reading: Reading,
    tables: dict[str, Table],
    files: dict[str, list[Source]],
    mapping: Mapping,
    named: Collection[str],
    mask: Mask | None,
) -> frozenset[str]:
    """Read the tables that queries make; returns the names of the sources that they took."""
    from analysis.edc.sql.queried_table import open_tables  # which loads the engine

    queried = open_tables(files, mapping, tables)
    columns: dict[str, set[str]] = {}
    for one in queried:
        if one.query.findings:
            reading.fatal.extend(one.query.findings)
            continue
        reading.update(read_texts_of(one, mapping, one.name, one.table, named, mask))
        for source in one.query.sources:
            columns.setdefault(source, set()).update(one.query.columns)
        if one.name in reading.texts:
            texts = reading.texts[one.name]
            reading.spellings.update(one.shelf.find_spellings(one.query.sources, texts))
    plain = {name for name in tables if not find_spec(mapping, name).is_query}
    reading.raised.extend(_query_unused(queried, files, plain))
    shelf = queried[0].shelf
    reading.raised.extend(shelf.query_unprintable(columns))
    return shelf.used


def _query_unused(
    queried: "list[QueriedTable]", files: dict[str, list[Source]], plain: set[str]
) -> Iterator[Query]:
    """A note on each column of the sources of queries that no table uses.

    ``plain``: tables that are a source of their own, each of which says so of its columns itself.
    """
    shelf = queried[0].shelf
    own = {source.name.casefold() for name in plain for source in files.get(name, [])}
    used = {source for one in queried for source in one.query.sources}
    for name in (name for name in shelf if name in used - own):
        for column in list_unused(queried, name, shelf[name]):
            yield Query(
                Severity.NOTE, name, "", column, "", Rule.EXTRA_COLUMN,
                MessageCode.EXTRA_COLUMN.write(),
            )  # fmt: skip


def _is_meant(source: Source, spec: TableMapping) -> bool:
    """Whether a table takes a source: the one that it names, else that of its own name."""
    if spec.source:
        return source.name == spec.source
    return spec.file in (None, source.file.name)
