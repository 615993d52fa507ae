"""The columns of a source that its table lacks, and those that no table knows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.config.mapping import TableMapping
from analysis.edc.absent.columns import NEAREST, Header, find_absent, name_nearest
from analysis.edc.absent.not_collected import list_declared
from analysis.edc.cells.beside import list_beside
from analysis.edc.layout import Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.statistical.unformatted_dates import is_unformatted


@dataclass(frozen=True)
class FoundColumns:
    """Where the columns of a table stand in its source.

    ``headers``: by layout column the name in the source; ``wanted``: the name, in capitals, at
    which it should stand; ``declared``: those declared not collected. ``fatal``: what is said of
    those that stop the run. ``can_be_read``: whether none is absent without which no row can be.
    """

    headers: dict[str, str]
    wanted: dict[str, str]
    declared: tuple[str, ...]
    queries: tuple[Query, ...]
    fatal: tuple[str, ...]
    can_be_read: bool


def find_columns(
    source: LabelledTable,
    label: str,
    name: str,
    table: Table,
    spec: TableMapping,
    named: Collection[str],
) -> FoundColumns:
    """Return where the columns of the table ``name`` stand in a source, and what is amiss.

    ``label``: the source as messages name it; ``named``: the columns that the plan names.
    """
    declared = list_declared(spec, table)
    by_folded = {str(column).upper(): column for column in source.texts.columns}
    wanted = {column: spec.columns.get(column, column).upper() for column in table.columns}
    held = tuple(map(str, source.texts.columns))
    header = Header(name, label, held, wanted, is_selected=bool(spec.sql))
    absent = [column for column in header.absent if column not in declared]
    needed = [c for c in absent if c in table.key or table.columns[c].required]
    headers = {c: by_folded[there] for c, there in wanted.items() if there in by_folded}
    if needed:
        stops = (_describe_absent(header, needed),)
        return FoundColumns(headers, wanted, declared, (), stops, can_be_read=False)
    fatal = tuple(find_absent(header, table, set(spec.columns), named, declared))
    claimed = {*wanted.values(), *list_beside(spec).values()}
    queries = (
        *_describe_columns(name, source.texts, claimed, absent),
        *_describe_unformatted(name, source, headers, table),
    )
    return FoundColumns(headers, wanted, declared, queries, fatal, can_be_read=True)


def _describe_unformatted(
    name: str, source: LabelledTable, headers: dict[str, str], table: Table
) -> Iterator[Query]:
    for column, header in headers.items():
        if is_unformatted(source, header, table.columns[column]):
            yield Query(
                Severity.NOTE, name, "", column, "", Rule.UNFORMATTED_DATE,
                MessageCode.UNFORMATTED_DATE.write(),
            )  # fmt: skip


def _describe_absent(header: Header, needed: list[str]) -> str:
    """The message; the header is shown only if it is one: without it the first row holds data."""
    listed = ", ".join(header.describe(column) for column in needed)
    text = f"{header.file}: column {listed} is missing, without which no row can be read."
    given, known = header.columns, set(header.wanted.values())
    if not {column.upper() for column in given} & known:
        return f"{text} The first row names no column of the table: is it a header?"
    shown = ", ".join(given[:12]) + (", ..." if len(given) > 12 else "")
    near = "".join(name_nearest(header, column) for column in needed[:NEAREST])
    if header.is_selected:
        return f"{text}{near} The query selects: {shown}. {header.tell_ways(needed[0])}"
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
