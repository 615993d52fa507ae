"""What the mapping says of one table, in the check's words: the one place that reads its keys."""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.config import Mapping, Plan
from analysis.config.mapping import SourceMapping, TableMapping

WHOLE_TABLE = "all"
DELIMITERS = {"tab": "\t"}
CODECS = {"shift_jis": "cp932"}
"""Shift-JIS as Windows writes it, with the characters that the standard lacks (①)."""
Days = tuple[date, date]


@dataclass(frozen=True)
class MappedTable:
    """How the export names the columns of one table and writes their values.

    ``names``: column of the layout, name in the file. ``not_collected``: columns that the mapping
    declares, or ``all``. ``dates``: the forms of a column's dates (strptime). ``spellings``: how
    the identifiers of a column become those of the layout. ``factors``: what its numbers are
    multiplied by. ``source``: the file's name without its ending, or that of its part, where
    ``file`` is empty. ``skipped``: rows of the file that are neither header nor data, from 0.
    """

    name: str
    file: str
    source: str
    part: str
    skipped: tuple[int, ...]
    file_type: str
    names: MappingABC[str, str]
    values: MappingABC[str, MappingABC[str, str]]
    missing: frozenset[str]
    not_collected: frozenset[str]
    encoding: str
    delimiter: str
    decimal: str
    dates: MappingABC[str, tuple[str, ...]]
    spellings: MappingABC[str, MappingABC[str, Any]]
    factors: MappingABC[str, float]
    is_query: bool = False

    def find_name(self, column: str) -> str:
        """Return the name of a column in the file."""
        return self.names.get(column, column)

    def is_declared_absent(self, column: str) -> bool:
        """Whether the mapping says that a column was not collected."""
        return bool(self.not_collected & {WHOLE_TABLE, column})

    def translate(self, column: str, text: str) -> str:
        """Return the text of the layout for one of the export; empty for a missing value."""
        return self.values.get(column, {}).get(text, "" if text in self.missing else text)


def describe_table(mapping: Mapping, name: str) -> MappedTable:
    """Return what ``mapping`` says of the table ``name``; a key that it lacks changes nothing."""
    spec = mapping.tables.get(name, TableMapping())
    named = spec.source or name
    source = mapping.sources.get(named)
    delimiter = (source and source.delimiter) or mapping.delimiter or ","
    encoding = (source and source.encoding) or mapping.encoding
    forms = getattr(spec, "dates", {})
    spellings = getattr(spec, "identifiers", {})
    return MappedTable(
        name=name,
        file=spec.file or (source.file if source else ""),
        source=named,
        part=(source and source.part) or "",
        skipped=_list_skipped(source) if source else (),
        file_type=mapping.format,
        names=spec.columns,
        values=spec.values,
        missing=frozenset(mapping.missing_values),
        not_collected=frozenset(getattr(spec, "not_collected", ())),
        encoding=CODECS.get(encoding, encoding),
        delimiter=DELIMITERS.get(delimiter, delimiter),
        decimal=(source and source.decimal) or mapping.decimal,
        dates={c: (form,) if isinstance(form, str) else form for c, form in forms.items()},
        spellings={column: spelling.model_dump() for column, spelling in spellings.items()},
        factors=getattr(spec, "factors", {}),
        is_query=spec.is_query,
    )


def _list_skipped(source: SourceMapping) -> tuple[int, ...]:
    header = source.header_row - 1
    return (*range(header), *range(header + 1, header + 1 + source.label_rows))


def describe_list(mapping: Mapping, name: str) -> MappedTable:
    """Return how an allocation list is read: the keys of ``tables`` do not touch it."""
    return describe_table(
        mapping.model_copy(update={"tables": {}, "sources": {}, "format": "csv"}), name
    )


def find_days(plan: Plan) -> Days | None:
    """Return the first and the last day that a date can have, if the plan says so."""
    dates = getattr(plan, "plausible_dates", None)
    return (dates.first, dates.last) if dates else None
