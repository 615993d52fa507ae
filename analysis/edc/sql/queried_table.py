"""One table of the layout that a query makes: the query, run, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.config import Mapping as ExportMapping
from analysis.config.mapping import DecimalMark, TableMapping
from analysis.edc.layout import Table
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.sql.cell_places import place_cells
from analysis.edc.sql.engine import FILE, ROW, list_missing, quote
from analysis.edc.sql.labels import label_columns
from analysis.edc.sql.own_columns import find_foreign_columns
from analysis.edc.sql.shelf import Shelf, list_by_name
from analysis.edc.sql.short_form.lookups import SoughtKeys
from analysis.edc.sql.short_form.marks import list_marks
from analysis.edc.sql.short_form.unique import Unique
from analysis.edc.sql.short_form.write import Query, write_query
from analysis.edc.sql.statement import QueryError, parse_statement
from analysis.errors import DataError

SHOWN = 5


@dataclass(frozen=True)
class QueriedTable:
    """The table ``name`` of the layout as its mapping ``spec`` has it, from the sources."""

    name: str
    spec: TableMapping
    table: Table
    shelf: Shelf

    @cached_property
    def query(self) -> Query:
        """The query as it is run, or what is wrong with it (``findings``)."""
        try:
            return self._take_sql() if self.spec.sql else self._write()
        except DataError as error:
            return Query(findings=(str(error),))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the query reads, in its order."""
        return tuple(self.shelf.find(name) for name in dict.fromkeys(self.query.sources))

    @property
    def label(self) -> str:
        """The sources as messages name them."""
        return ", ".join(source.label for source in self.sources) or f"table {self.name}"

    @property
    def decimal(self) -> DecimalMark:
        """The decimal mark of the sources; raises DataError if they have different ones."""
        marks = {source.decimal: source.label for source in self.sources}
        if len(marks) > 1:
            listed = ", ".join(f"'{mark}' in {label}" for mark, label in marks.items())
            raise DataError(
                f"table {self.name}: its sources have different decimal marks ({listed}); give "
                "them one (sources: {NAME: {file: ..., decimal: ...}})"
            )
        return next(iter(marks), ".")

    def read(self) -> LabelledTable:
        """Return what the query gives, with what its sources say of their columns.

        Raises DataError for a query that cannot be run, or gives a row of a source twice.
        """
        query = self.query
        if query.findings:
            raise DataError("; ".join(query.findings))
        for unique in query.unique:
            self._require_unique(unique)
        for sought in query.sought:
            self._require_same_zeros(sought)
        is_marked = not self.spec.sql and any(map(self.shelf.is_long, query.sources))
        try:
            given = self.shelf.engine.run(self._write(marked=True).sql if is_marked else query.sql)
        except QueryError as error:
            raise DataError(self._describe(error)) from None
        frame = given.drop(columns=list(list_marks(self.spec)) if is_marked else [])
        texts = frame.drop(columns=[FILE, ROW], errors="ignore")
        labelled = label_columns(texts, query.places, self.shelf)
        if not {FILE, ROW} <= set(frame.columns):
            unknown = pd.DataFrame({"file": self.label, "row": 0}, index=texts.index)
            return replace(labelled, places=unknown)
        if twice := int(frame.duplicated().sum()):
            raise DataError(
                f"table {self.name}: its query gives {twice:,} rows of {self.label} more than "
                f"once; what is joined may match only one row (tables.{self.name})"
            )
        cell_places = place_cells(given, query, self.shelf) if is_marked else {}
        return replace(labelled, places=self._place(frame), cell_places=cell_places)

    def count(self, sql: str) -> pd.Series:
        """Return the one row of a query that counts, as texts; DataError if it cannot be run."""
        try:
            return self.shelf.engine.run(sql).iloc[0]
        except QueryError as error:
            raise DataError(self._describe(error)) from None

    def _place(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Where the rows stand; a row of the query without a place stands nowhere (row 0)."""
        plain = frame[ROW].str.fullmatch("[0-9]{1,18}|")
        if not plain.all():
            raise DataError(
                f"table {self.name}: its query gives {int((~plain).sum()):,} rows whose {ROW} is "
                f"no number of a row. Select {ROW} of a source as it is (tables.{self.name}.sql)"
            )
        rows = frame[ROW].where(frame[ROW] != "", "0").astype("int64")
        return pd.DataFrame({"file": frame[FILE].where(frame[FILE] != "", self.label), "row": rows})

    def _write(self, *, marked: bool = False) -> Query:
        return write_query(self.name, self.spec, self.table, self.shelf, marked=marked)

    def _take_sql(self) -> Query:
        try:
            statement = parse_statement(self.spec.sql or "")
        except QueryError as error:
            return Query(findings=(self._describe(error),))
        missing = list_missing(statement, self.shelf)
        if missing:
            there = ", ".join(sorted(self.shelf)) or "there is none"
            return Query(findings=(
                f"table {self.name}: tables.{self.name}.sql selects from {', '.join(missing)}, "
                f"which is no source of the export; the sources are {there}",
            ))  # fmt: skip
        sources = tuple(sorted(statement.tables & set(self.shelf)))
        for source in sources:
            self.shelf.read(source)
        foreign = find_foreign_columns(statement.text, {name: self.shelf[name] for name in sources})
        if foreign:
            return Query(findings=(
                f"table {self.name}: tables.{self.name}.sql, {'; '.join(foreign)}. Correct it, or "
                "write the source before the name if a column of another one is meant",
            ))  # fmt: skip
        return Query(statement.text, sources, columns=statement.columns)

    def _describe(self, error: QueryError) -> str:
        if self.spec.sql:
            return f"table {self.name}: the query cannot be run (tables.{self.name}.sql): {error}"
        return (
            f"table {self.name}: the query that tables.{self.name} stands for cannot be run: "
            f"{error}. `snakemake show_mapping` prints it"
        )

    def _require_unique(self, unique: Unique) -> None:
        """What is joined has one row for each key, what is looked up one text."""
        counted = f"count(DISTINCT {quote(unique.take)})" if unique.take else "count(*)"
        filled = [f"{quote(name)} <> ''" for name in (*unique.keys, unique.take) if name]
        filled += [unique.where] if unique.where else []
        listed = ", ".join(unique.compared or map(quote, unique.keys))
        twice = self.shelf.engine.run(
            f"SELECT string_agg(_row, ' and ' ORDER BY _row) AS places FROM {quote(unique.source)} "
            f"WHERE {' AND '.join(filled)} GROUP BY {listed} HAVING {counted} > 1"
        )["places"]
        if len(twice):
            shown = "; ".join(twice.head(SHOWN)) + ("; ..." if len(twice) > SHOWN else "")
            what = f"several {unique.take}" if unique.take else "several rows"
            raise DataError(
                f"table {self.name}: {self.shelf.find(unique.source).label} holds {what} for "
                f"{len(twice):,} {' and '.join(unique.keys)} (rows {shown}), where one is allowed, "
                f"because tables.{self.name} takes columns from it by that key"
            )

    def _require_same_zeros(self, sought: SoughtKeys) -> None:
        """Nothing is found at all because one of the sources has no leading zeros: say so."""
        engine = self.shelf.engine
        if int(engine.run(sought.exact)["n"].iloc[0]) or engine.run(sought.alike).empty:
            return
        found = engine.run(sought.alike).iloc[0]
        where = f"tables.{self.name}.lookup.{sought.column}"
        raise DataError(
            f"table {self.name}: {where} finds none of {sought.here} in {sought.there} as they are "
            f"written, and {int(found['n']):,} if leading zeros do not count ({found['here']} is "
            f"{found['there']} there). If they are the same, set leading_zeros: ignore in {where}"
        )


def open_tables(
    files: Mapping[str, list[Source]], mapping: ExportMapping, tables: Mapping[str, Table]
) -> list[QueriedTable]:
    """Return the tables of the layout that the mapping makes by queries, in its order.

    A source that is also a table of its own is there by its name too.
    """
    shelf = Shelf(list_by_name(files), mapping.query_seconds)
    specs = {name: mapping.tables.get(name, TableMapping()) for name in tables}
    return [
        QueriedTable(name, spec, tables[name], shelf)
        for name, spec in specs.items()
        if spec.is_query
    ]
