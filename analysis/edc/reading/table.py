"""One table of the layout: the texts of its source, with what is said of them."""

from collections.abc import Collection
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.absent.columns import find_empty
from analysis.edc.absent.not_collected import find_collected
from analysis.edc.cells.beside import find_beside, find_lacking, find_missing
from analysis.edc.cells.mapped import count_mapped, map_cells
from analysis.edc.cells.marked_missing import empty_codes, query_codes, tell_codes
from analysis.edc.cells.told import ReadCells, query_told
from analysis.edc.layout import Table
from analysis.edc.queries import Places, Query, Rule, Severity
from analysis.edc.queries.places import repeat_text
from analysis.edc.queries.source_rows import Place
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.reading.columns import FoundColumns, find_columns
from analysis.edc.reading.reading import Mask, Reading, find_spec
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.sources.statistical.unformatted_dates import fit_dates
from analysis.edc.typed import name_rows
from analysis.edc.written.unprintable import Cells, clean_table, pair_cells, query_unprintable
from analysis.errors import ConfigError, DataError
from analysis.io.large.progress import LARGE_BYTES, tell

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable


@dataclass(frozen=True)
class _Part:
    """One table that is being read: its name, its rules, its source and what the mapping says."""

    name: str
    table: Table
    taken: "Source | QueriedTable"
    spec: TableMapping
    mapping: Mapping


def read_texts_of(
    taken: "Source | QueriedTable",
    mapping: Mapping,
    name: str,
    table: Table,
    named: Collection[str] = (),
    mask: Mask | None = None,
) -> Reading:
    """Return the texts of one table, from the source that it takes, and all that was found.

    ``named``: the columns that the plan names; ``mask`` takes out what names an arm.
    """
    reading = Reading({}, [], [])
    _tell_size(taken, name)
    spec = find_spec(mapping, name)
    if spec.is_query:  # which has named its columns as the layout does
        spec = spec.model_copy(update={"columns": {}})
    part = _Part(name, table, taken, spec, mapping)
    try:
        source = taken.read()
        texts = clean_table(source.texts)
        found = find_columns(replace(source, texts=texts), taken.label, name, table, spec, named)
        if found.can_be_read:
            _fill_reading(reading, part, source, replace(source, texts=texts), found, mask)
        else:
            reading.fatal.extend(found.fatal)
    except DataError as error:
        reading.fatal.append(str(error))
    return reading


def _fill_reading(
    reading: Reading,
    part: _Part,
    as_it_is: LabelledTable,
    source: LabelledTable,
    found: FoundColumns,
    mask: Mask | None,
) -> None:
    """Add the texts of a table whose rows can be read, and what is said of them."""
    name, taken = part.name, part.taken
    reading.decimals[name] = taken.decimal
    reading.fatal.extend(found.fatal)
    reading.raised.extend(found.queries)
    if source.texts.empty:
        _note_empty(reading, part)
    read = _read_cells(reading, part, source, found)
    texts = {column: one.texts for column, one in read.items()}
    reading.fatal.extend(find_collected(taken.label, found.declared, texts, name))
    reading.fatal.extend(find_empty(taken.label, name, part.table, texts, found.declared))
    filled = fill_columns(texts, part.table, source.texts.index)
    reading.texts.update(mask({name: filled}) if mask else {name: filled})
    _note_places(reading, part, source, mask)
    cells = pair_cells(as_it_is.texts, source.texts, found.wanted)
    if mask:
        cells = _show_masked(cells, filled, reading.texts[name])
    rows = name_rows(name, part.table, reading.texts[name], reading.places[name])
    reading.raised.extend(query_unprintable(rows, cells))
    reading.spellings.add(taken.label, cells)


def _note_empty(reading: Reading, part: _Part) -> None:
    if not part.table.may_be_empty:
        reading.fatal.append(f"{part.taken.label}: the table holds no rows. Export it again")
    words = MessageCode.EMPTY_TABLE.write()
    reading.raised.append(Query(Severity.NOTE, part.name, "", "", "", Rule.EMPTY_TABLE, words))


def _read_cells(
    reading: Reading, part: _Part, source: LabelledTable, found: FoundColumns
) -> dict[str, ReadCells]:
    """The cells of each column as the mapping has them, and how they were read."""
    name, spec, headers = part.name, part.spec, found.headers
    there = {
        c: empty_codes(source, header, c, fit_dates(source, header, part.table.columns[c]), spec)
        for c, header in headers.items()
    }
    reading.raised.extend(query_codes(source, headers, name))
    reading.fatal.extend(find_lacking(part.taken.label, name, spec, source, headers))
    read: dict[str, ReadCells] = {}
    for column, cells in there.items():
        try:
            missing = find_missing(part.mapping, column, _name_sources(part.taken, column))
        except ConfigError as error:
            reading.fatal.append(f"table {name}, {error}")
            continue
        decimal = reading.decimals[name]
        beside = find_beside(source, headers[column], column, spec, decimal, missing)
        rules = part.table.columns[column]
        read[column] = map_cells(cells, column, rules, spec, part.mapping, beside)
    for column, one in read.items():
        reading.raised.extend(query_told(name, column, one.told))
    reading.told[name] = {
        c: {**one.told, **tell_codes(source, headers[c], there[c])} for c, one in read.items()
    }
    changed = {column: count_mapped(there[column], one.texts) for column, one in read.items()}
    reading.mapped[name] = (part.taken.label, changed)
    return read


def _note_places(reading: Reading, part: _Part, source: LabelledTable, mask: Mask | None) -> None:
    """Where the rows stand, and what the files are called."""
    name, taken = part.name, part.taken
    for each in taken.sources:
        reading.sources[each.label] = _hide(Place(each.file.name, each.part), name, mask)
    reading.sources.setdefault(taken.label, _hide(Place(taken.label), name, mask))
    reading.places[name] = _find_places(source, taken.label)


def _find_places(source: LabelledTable, file: str) -> Places:
    """Where the rows stand: as the query says that made the table, else by their index."""
    if source.places is not None:
        return Places.of_rows(source.places["file"], source.places["row"])
    texts = source.texts
    return Places(repeat_text(file, len(texts)), texts.index.to_numpy(dtype="int32") + 1)


def _name_sources(taken: "Source | QueriedTable", column: str) -> Collection[str]:
    """The sources from which a column of a table comes: of a query those that it names for it."""
    if isinstance(taken, Source):
        return (taken.name,)
    places = taken.query.places.get(column, ())
    return {source for source, _ in places} or taken.query.sources


def _tell_size(taken: "Source | QueriedTable", name: str) -> None:
    if not isinstance(taken, Source) or not taken.path.is_file():
        return
    size = taken.path.stat().st_size
    if size >= LARGE_BYTES:
        tell(name, f"{taken.label}: reading, {size / 1e6:,.0f} MB")


def fill_columns(texts: dict[str, pd.Series], table: Table, index: pd.Index) -> pd.DataFrame:
    """Return the columns of the layout in their order, those that are not there without a value."""
    empty = pd.Series("", index=index, dtype=str)
    return pd.DataFrame({c: texts.get(c, empty) for c in table.columns}, index=index)


def _hide(place: Place, name: str, mask: Mask | None) -> Place:
    """The source of a table, masked where its own name tells an arm."""
    if mask is None:
        return place
    shown = mask({name: pd.DataFrame([astuple(place)], dtype=str)})[name]
    return Place(*shown.iloc[0])


def _show_masked(cells: Cells, filled: pd.DataFrame, masked: pd.DataFrame) -> Cells:
    """The cells of a file with the mask in the place of those that were masked in the table."""
    hidden = filled.ne(masked)
    return {
        column: (raw, clean.mask(hidden[column], masked[column]))
        for column, (raw, clean) in cells.items()
    }
