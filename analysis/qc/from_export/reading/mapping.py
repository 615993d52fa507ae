"""What the mapping says of one table, in the check's words: the one place that reads its keys."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from analysis.config import Mapping, Plan
from analysis.config.mapping import TableMapping
from analysis.qc.from_export.reading.dates import DateForms
from analysis.qc.from_export.reading.measurements import Measure, describe_measure
from analysis.qc.from_export.reading.sources.written import Written, describe_writing

WHOLE_TABLE = "all"
Days = tuple[date, date]


@dataclass(frozen=True)
class Beside:
    """What a file holds beside the cells of one column.

    ``marked``: texts that it marks as missing; ``labels``: of its codes; ``texts``: all of it.
    """

    marked: frozenset[str] = frozenset()
    labels: MappingABC[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()


PLAIN = Beside()


@dataclass(frozen=True)
class MappedTable:
    """How the export names the columns of one table and writes their values.

    ``names``: column of the layout, name in the file. ``missing``: by column, and "" for all, the
    texts for a missing value. ``not_collected``: columns that the mapping declares, or ``all``.
    ``dates``: the forms of a column's dates (strptime). ``spellings``: how the identifiers of a
    column become those of the layout. ``factors``: what its numbers are multiplied by.
    ``measures``: how they are written, and their unit. ``labels``: columns whose codes are read by
    their labels. ``source``: the file's name without its ending, or that of its part, where
    ``file`` is empty. ``written``: how the file is written. A table that a query makes has its
    columns under the names of the layout.
    """

    name: str
    file: str
    source: str
    part: str
    file_type: str
    names: MappingABC[str, str]
    values: MappingABC[str, MappingABC[str, str]]
    missing: MappingABC[str, frozenset[str]]
    not_collected: frozenset[str]
    written: Written
    decimal: str
    dates: MappingABC[str, DateForms]
    spellings: MappingABC[str, MappingABC[str, Any]]
    factors: MappingABC[str, float]
    measures: MappingABC[str, Measure]
    labels: frozenset[str]
    any_yes_no: bool = False
    is_query: bool = False

    def find_name(self, column: str) -> str:
        """Return the name of a column in the file."""
        return self.names.get(column, column)

    def with_decimal(self, mark: str) -> "MappedTable":
        """Return the same, of a source whose numbers have this decimal mark."""
        measures = {column: replace(one, decimal=mark) for column, one in self.measures.items()}
        return replace(self, decimal=mark, measures=measures)

    def with_missing(self, texts: MappingABC[str, Iterable[str]]) -> "MappedTable":
        """Return the same with further texts for a missing value, by column."""
        more = {
            column: self.missing.get(column, frozenset()) | _list_missing(of_column)
            for column, of_column in texts.items()
        }
        return replace(self, missing={**self.missing, **more})

    def is_declared_absent(self, column: str) -> bool:
        """Whether the mapping says that a column was not collected."""
        return bool(self.not_collected & {WHOLE_TABLE, column})

    def translate(
        self,
        column: str,
        text: str,
        marked: frozenset[str] = frozenset(),
        labels: MappingABC[str, str] = MappingProxyType({}),
    ) -> str:
        """Return the text of the layout for one of the export; empty for a missing value.

        ``marked``: texts that the file itself marks as missing; ``labels``: of the column's codes.
        """
        values = {_plain(one): new for one, new in self.values.get(column, {}).items()}
        missing = {*self.missing[""], *self.missing.get(column, ())}
        shown = [text, *([labels[text]] if column in self.labels and text in labels else [])]
        for known in map(_plain, shown):
            if known in values:
                return values[known]
            if known in missing or text in marked:
                return ""
        return shown[-1]


def describe_table(mapping: Mapping, name: str) -> MappedTable:
    """Return what ``mapping`` says of the table ``name``; a key that it lacks changes nothing."""
    spec = mapping.tables.get(name, TableMapping())
    named = spec.source or name
    source = None if spec.is_query else mapping.sources.get(named)
    written = describe_writing(mapping, source)
    spellings = getattr(spec, "identifiers", {})
    return MappedTable(
        name=name,
        file=spec.file or (source.file if source else ""),
        source=named,
        part=(source and source.part) or "",
        file_type=mapping.format,
        names={} if spec.is_query else spec.columns,
        values=spec.values,
        missing={
            "": _list_missing(mapping.missing_values, source.missing_values if source else ()),
            **{column: _list_missing(texts) for column, texts in spec.missing_values.items()},
        },
        not_collected=frozenset(getattr(spec, "not_collected", ())),
        written=written,
        decimal=written.decimal,
        dates={
            column: DateForms(
                spec.forms_of(column),
                spec.two_digit_years.get(column, 1969),
                spec.offsets.get(column, ""),
            )
            for column in {**spec.dates, **spec.offsets}
        },
        spellings={column: spelling.model_dump() for column, spelling in spellings.items()},
        factors=getattr(spec, "factors", {}),
        measures=_describe_measures(spec, written.decimal),
        labels=frozenset(spec.labels),
        any_yes_no=mapping.yes_no == "any",
        is_query=spec.is_query,
    )


def _describe_measures(spec: TableMapping, decimal: str) -> dict[str, Measure]:
    found = {
        column: describe_measure(column, spec.units.get(column), spec.numbers.get(column), decimal)
        for column in {**spec.units, **spec.numbers}
    }
    return {column: measure for column, measure in found.items() if measure}


def _list_missing(*levels: Iterable[str]) -> frozenset[str]:
    return frozenset(_plain(text) for level in levels for text in level)


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip()


def describe_list(mapping: Mapping, name: str) -> MappedTable:
    """Return how an allocation list is read: the keys of ``tables`` do not touch it."""
    return describe_table(
        mapping.model_copy(update={"tables": {}, "sources": {}, "format": "csv"}), name
    )


def find_days(plan: Plan) -> Days | None:
    """Return the first and the last day that a date can have, if the plan says so."""
    dates = getattr(plan, "plausible_dates", None)
    return (dates.first, dates.last) if dates else None
