"""The files of an export as tables of text, with the columns of the layout, and what was found."""

import difflib
from collections.abc import Callable, Collection
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import DecimalMark, TableMapping
from analysis.edc.absent.columns import (
    NEAREST,
    SIMILAR,
    Header,
    find_absent,
    find_empty,
    name_nearest,
)
from analysis.edc.absent.not_collected import find_collected, list_declared
from analysis.edc.cells.beside import find_beside, find_lacking, find_missing, list_beside
from analysis.edc.cells.mapped import count_mapped, map_cells
from analysis.edc.cells.marked_missing import empty_codes, query_codes, tell_codes
from analysis.edc.cells.told import ReadCells, query_told
from analysis.edc.layout import Table
from analysis.edc.queries import Places, Queries, Query, Rule, Severity
from analysis.edc.queries.places import repeat_text
from analysis.edc.queries.source_rows import Place
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.sources.statistical.unformatted_dates import fit_dates, is_unformatted
from analysis.edc.typed import name_rows
from analysis.edc.written.unprintable import (
    Cells,
    Spellings,
    clean_table,
    pair_cells,
    query_unprintable,
)
from analysis.errors import ConfigError, DataError
from analysis.io.large.progress import LARGE_BYTES, tell

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable

Mask = Callable[[dict[str, pd.DataFrame]], dict[str, pd.DataFrame]]
"""Tables of text to the same tables with some cells masked."""


@dataclass(frozen=True)
class Reading:
    """What reading gave: texts by table, queries, and what makes the analysis impossible.

    ``mapped``: by table, the name of its file and the cells that the mapping changed, by column.
    ``told``: by table and column, how many cells were read in which way by keys of the mapping.
    ``decimals``: by table, the decimal mark of its source. ``places``: where its rows stand;
    ``sources``: the sources that were read, by what messages call them.
    ``raised``: queries, single ones and frames of many.
    ``spellings``: how the files spell their identifiers.
    """

    texts: dict[str, pd.DataFrame]
    raised: list[Query | pd.DataFrame]
    fatal: list[str]
    mapped: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)
    told: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    spellings: Spellings = field(default_factory=Spellings)
    decimals: dict[str, DecimalMark] = field(default_factory=dict)
    places: dict[str, Places] = field(default_factory=dict)
    sources: dict[str, Place] = field(default_factory=dict)

    def update(self, of_table: "Reading") -> None:
        """Add what reading another table gave."""
        self.texts.update(of_table.texts)
        self.raised.extend(of_table.raised)
        self.fatal.extend(of_table.fatal)
        self.mapped.update(of_table.mapped)
        self.told.update(of_table.told)
        self.decimals.update(of_table.decimals)
        self.places.update(of_table.places)
        self.sources.update(of_table.sources)
        self.spellings.update(of_table.spellings)

    @property
    def queries(self) -> Queries:
        """The queries raised so far."""
        return Queries(self.raised)


def read_texts_of(
    taken: "Source | QueriedTable",
    mapping: Mapping,
    name: str,
    table: Table,
    named: Collection[str] = (),
    mask: Mask | None = None,
) -> Reading:
    """Read one source and fit it to the layout's columns."""
    reading = Reading({}, [], [])
    _tell_size(taken, name)
    try:
        source, decimal = taken.read(), taken.decimal
    except DataError as error:
        reading.fatal.append(str(error))
        return reading
    as_it_is, raw = source.texts, clean_table(source.texts)
    source = replace(source, texts=raw)
    spec = find_spec(mapping, name)
    if spec.is_query:  # which has named its columns as the layout does
        spec = spec.model_copy(update={"columns": {}})
    declared = list_declared(spec, table)
    by_folded = {str(column).upper(): column for column in raw.columns}
    wanted = {column: spec.columns.get(column, column).upper() for column in table.columns}
    header = Header(name, taken.label, tuple(map(str, raw.columns)), wanted)
    absent = [column for column in header.absent if column not in declared]
    needed = [c for c in absent if c in table.key or table.columns[c].required]
    if needed:
        reading.fatal.append(_describe_absent(header, needed))
        return reading
    reading.fatal.extend(find_absent(header, table, set(spec.columns), named, declared))
    if raw.empty and not table.may_be_empty:
        reading.fatal.append(f"{taken.label}: the table holds no rows. Export it again")
    claimed = {*wanted.values(), *list_beside(spec).values()}
    reading.raised.extend(_describe_columns(name, raw, claimed, absent))
    reading.raised.extend(
        Query(
            Severity.NOTE, name, "", column, "", Rule.UNFORMATTED_DATE,
            MessageCode.UNFORMATTED_DATE.write(),
        )
        for column, named in wanted.items()
        if named in by_folded and is_unformatted(source, by_folded[named], table.columns[column])
    )  # fmt: skip
    if raw.empty:
        words = MessageCode.EMPTY_TABLE.write()
        reading.raised.append(Query(Severity.NOTE, name, "", "", "", Rule.EMPTY_TABLE, words))
    headers = {c: by_folded[named] for c, named in wanted.items() if named in by_folded}
    there = {
        c: empty_codes(source, header, c, fit_dates(source, header, table.columns[c]), spec)
        for c, header in headers.items()
    }
    reading.raised.extend(query_codes(source, headers, name))
    reading.fatal.extend(find_lacking(taken.label, name, spec, source, headers))
    read: dict[str, ReadCells] = {}
    for column, cells_there in there.items():
        try:
            missing = find_missing(mapping, column, _name_sources(taken, column))
        except ConfigError as error:
            reading.fatal.append(f"table {name}, {error}")
            continue
        beside = find_beside(source, headers[column], column, spec, decimal, missing)
        column_of_layout = table.columns[column]
        read[column] = map_cells(cells_there, column, column_of_layout, spec, mapping, beside)
    texts = {column: one.texts for column, one in read.items()}
    for column, one in read.items():
        reading.raised.extend(query_told(name, column, one.told))
    reading.told[name] = {
        c: {**one.told, **tell_codes(source, headers[c], there[c])} for c, one in read.items()
    }
    changed = {column: count_mapped(there[column], cells) for column, cells in texts.items()}
    reading.fatal.extend(find_collected(taken.label, declared, texts, name))
    reading.fatal.extend(find_empty(taken.label, name, table, texts, declared))
    filled = _fill(texts, table, raw.index)
    reading.texts.update(mask({name: filled}) if mask else {name: filled})
    reading.mapped[name] = (taken.label, changed)
    reading.decimals[name] = decimal
    for each in taken.sources:
        reading.sources[each.label] = _hide(Place(each.file.name, each.part), name, mask)
    reading.sources.setdefault(taken.label, _hide(Place(taken.label), name, mask))
    cells = pair_cells(as_it_is, raw, wanted)
    if mask:
        cells = _show_masked(cells, filled, reading.texts[name])
    reading.places[name] = _find_places(source, taken.label)
    rows = name_rows(name, table, reading.texts[name], reading.places[name])
    reading.raised.extend(query_unprintable(rows, cells))
    reading.spellings.add(taken.label, cells)
    return reading


def _find_places(source: LabelledTable, file: str) -> Places:
    """Where the rows stand: as the query says that made the table, else by their index."""
    if source.places is not None:
        return Places.of_rows(source.places["file"], source.places["row"])
    texts = source.texts
    return Places(repeat_text(file, len(texts)), texts.index.to_numpy(dtype="int64") + 1)


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


def find_spec(mapping: Mapping, name: str) -> TableMapping:
    """Return what the mapping says of one table; nothing, if it does not name it."""
    return mapping.tables.get(name, TableMapping())


def _fill(texts: dict[str, pd.Series], table: Table, index: pd.Index) -> pd.DataFrame:
    """The columns of the layout in their order, those that the file lacks without a value."""
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
            reading.fatal.append(_describe_no_source(name, spec, files))
        elif len(found) > 1:
            reading.fatal.append(_describe_several(name, found))
        elif found:
            reading.update(read_texts_of(found[0], mapping, name, table, named, mask))
        elif spec.is_absent and not table.optional:
            reading.texts[name] = _fill({}, table, pd.RangeIndex(0))
            reading.mapped[name] = ("", {})
        elif not table.optional or spec.columns or spec.values:
            reading.fatal.append(_describe_no_file(name, table, spec))
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
    shelf = queried[0].shelf
    reading.raised.extend(shelf.query_unprintable(columns))
    return shelf.used


def _is_meant(source: Source, spec: TableMapping) -> bool:
    """Whether a table takes a source: the one that it names, else that of its own name."""
    if spec.source:
        return source.name == spec.source
    return spec.file in (None, source.file.name)


def _describe_no_source(name: str, spec: TableMapping, files: dict[str, list[Source]]) -> str:
    if spec.file:
        return f"table {name}: no file {spec.file} in the export, as config/edc.yaml names it"
    there = sorted({source.name for sources in files.values() for source in sources})
    near = difflib.get_close_matches(str(spec.source), there, NEAREST, SIMILAR) or there[:NEAREST]
    return (
        f"table {name}: no source {spec.source} in the export, as config/edc.yaml names it. Name "
        f"one that is there (tables.{name}.source): {', '.join(near) or 'there is none'}"
    )


def _describe_several(name: str, found: list[Source]) -> str:
    listed = ", ".join(source.label for source in found)
    ways = "Leave one in the folder"
    if len({source.name for source in found}) == len(found):
        names = " or ".join(source.name for source in found)
        ways += f", or name the one that is meant: tables.{name}.source: {names}"
    return f"table {name}: several files ({listed}). {ways}"


def _describe_no_file(name: str, table: Table, spec: TableMapping) -> str:
    ways = "Export it, or name its file in config/edc.yaml"
    if table.optional:
        ways += f", or take tables.{name} out of it, which describes the table"
    elif not [column for column in table.essential if column not in table.key]:
        ways += (
            f"; if the trial did not collect it, declare that (tables.{name}.not_collected: all)"
        )
    return (
        f"table {name}: no file in the export (expected {name}.csv, or .xpt, .sas7bdat, .sav). "
        f"{ways}"
    )


def _describe_absent(header: Header, needed: list[str]) -> str:
    """The message; the header is shown only if it is one: without it the first row holds data."""
    listed = ", ".join(header.describe(column) for column in needed)
    text = f"{header.file}: column {listed} is missing, without which no row can be read."
    given, known = header.columns, set(header.wanted.values())
    if not {column.upper() for column in given} & known:
        return f"{text} The first row names no column of the table: is it a header?"
    shown = ", ".join(given[:12]) + (", ..." if len(given) > 12 else "")
    near = "".join(name_nearest(header, column) for column in needed[:NEAREST])
    return f"{text}{near} The file holds: {shown}. Export it, or map it in config/edc.yaml"


def _describe_columns(
    name: str, raw: pd.DataFrame, claimed: Collection[str], absent: list[str]
) -> list[Query]:
    extra = [c for c in raw.columns if str(c).upper() not in claimed]
    return [
        Query(
            Severity.NOTE, name, "", str(column), "", Rule.EXTRA_COLUMN,
            MessageCode.EXTRA_COLUMN.write(),
        )
        for column in extra
    ] + [
        Query(
            Severity.ERROR, name, "", column, "", Rule.MISSING_COLUMN,
            MessageCode.MISSING_COLUMN.write(),
        )
        for column in absent
    ]  # fmt: skip
