"""Read one export: files to typed tables and queries, all fatal findings in one message."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.blocks.door import Door
from analysis.config.mapping import TableMapping
from analysis.edc.absent.empty_columns import query_empty
from analysis.edc.absent.not_collected import list_declared
from analysis.edc.door.account import TableAccount
from analysis.edc.door.limits import ONLY_MAJORITIES
from analysis.edc.door.relations import count_absent
from analysis.edc.door.sites import query_sites
from analysis.edc.layout import SUBJECT, Layout, Table
from analysis.edc.queries import Places, Queries, Query, Rule, Severity
from analysis.edc.queries.source_rows import Place
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.reading.check_mapping import check_mapping
from analysis.edc.reading.reading import Mask, Reading, find_spec
from analysis.edc.reading.texts import open_texts
from analysis.edc.typed import type_table
from analysis.edc.written.mapped_layout import map_layout, mark_decimals
from analysis.io.large.memory import give_back
from analysis.io.large.progress import LARGE_ROWS, tell
from analysis.io.not_collected import mark_not_collected

RANDOMISATION = "rand"


@dataclass(frozen=True)
class Export:
    """The typed tables of an export (absent optional tables left out), its queries, its account.

    ``places``: by table, where each of its rows stands in the export; ``sources``: file and part
    of it, by what places and messages call a source; ``taken``: where each of the rows stands that
    were read, also of those that were left out.
    """

    tables: dict[str, pd.DataFrame]
    queries: Queries
    accounts: dict[str, TableAccount] = field(default_factory=dict)
    places: dict[str, Places] = field(default_factory=dict)
    sources: dict[str, Place] = field(default_factory=dict)
    taken: dict[str, Places] = field(default_factory=dict)


def read_export(
    folder: Path,
    mapping: Mapping,
    layout: Layout,
    door: Door = ONLY_MAJORITIES,
    *,
    named: Collection[str] = (),
    mask: Mask | None = None,
) -> tuple[Export, list[str]]:
    """Return the export in ``folder`` and every finding that makes its analysis impossible.

    ``door``: how much of a table or column may be lost; without a plan's limits, up to half.
    ``mask`` changes the texts of the tables before anything is made of them (a blinded run takes
    out what names an arm).

    The findings are returned, not raised, so that those of the allocation lists can join them in
    one message. Tables that could not be read are absent. A column that the mapping declares not
    collected has no values, and the table knows it (:mod:`analysis.io.not_collected`); a whole
    table so declared has no rows. ``named``: the columns of the export that the plan names. Raises
    ConfigError if the mapping does not fit the layout, DataError if the folder is absent.
    """
    check_mapping(mapping, layout)
    layout = map_layout(layout, mapping)
    opened = open_texts(folder, mapping, layout.tables, named, mask)
    found = _Found({}, {}, {})
    readings: dict[str, Reading] = {}
    order = [RANDOMISATION, *(name for name in layout.tables if name != RANDOMISATION)]
    for name in (name for name in order if name in layout.tables):
        readings[name] = opened.read(name)
        if name in readings[name].texts:
            found.add(name, layout.tables[name], readings[name], find_spec(mapping, name), door)
    reading = opened.join(readings)
    between = [
        *_find_absent_subjects(found.tables, mapping),
        *query_sites(found.tables, layout, found.places),
    ]
    raised = [*reading.raised, *found.raised, *between]
    export = Export(
        found.tables, Queries(raised), found.accounts, found.places, reading.sources, reading.places
    )
    fatal = [*reading.fatal, *found.fatal]
    return export, list(dict.fromkeys(fatal))  # one source may fail for several tables


@dataclass
class _Found:
    """What typing the tables gave so far: tables, accounts, places, queries, fatal findings."""

    tables: dict[str, pd.DataFrame]
    accounts: dict[str, TableAccount]
    places: dict[str, Places]
    raised: list[Query | pd.DataFrame] = field(default_factory=list)
    fatal: list[str] = field(default_factory=list)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The randomised subjects."""
        return frozenset(self.tables[RANDOMISATION][SUBJECT])

    def add(
        self, name: str, table: Table, reading: Reading, spec: TableMapping, door: Door
    ) -> None:
        """Type one table, whose texts are let go."""
        texts, declared = reading.texts.pop(name), list_declared(spec, table)
        subjects = self.subjects if RANDOMISATION in self.tables else None
        if len(texts) >= LARGE_ROWS:
            tell(name, f"table {name}: typing, {len(texts):,} rows")
        marked = mark_decimals(table, reading.decimals.get(name, "."))
        give_back()
        typed = type_table(name, marked, texts, subjects, door, reading.places.get(name))
        sources = {column: f"{name}.{column}" for column in declared}
        self.tables[name] = mark_not_collected(typed.frame, sources)
        account = typed.account.of_file(*reading.mapped[name], reading.told.get(name, {}))
        self.accounts[name] = account
        self.places[name] = typed.places
        self.raised.extend(typed.queries.without(Rule.REQUIRED, declared).parts)
        counts = {column: cells.typed for column, cells in account.columns.items()}
        given = reading.given.get(name, {})
        self.raised.extend(query_empty(name, table, account.rows_read, given, counts, declared))
        shown = [""] if spec.is_absent else declared
        self.raised.extend(_describe_declared(name, column) for column in shown)
        self.fatal.extend(typed.fatal)


def _find_absent_subjects(tables: dict[str, pd.DataFrame], mapping: Mapping) -> list[Query]:
    """Randomised subjects without a row in a table in which everyone has one."""
    return [
        Query(
            Severity.WARNING, name, f"{SUBJECT}={subject}", SUBJECT, str(subject),
            Rule.MISSING_SUBJECT, MessageCode.MISSING_SUBJECT.write(),
        )
        for name, absent in count_absent(tables).items()
        if not find_spec(mapping, name).is_absent
        for subject in absent
    ]  # fmt: skip


def _describe_declared(name: str, column: str) -> Query:
    code = MessageCode.COLUMN_NOT_COLLECTED if column else MessageCode.TABLE_NOT_COLLECTED
    return Query(Severity.NOTE, name, "", column, "", Rule.NOT_COLLECTED, code.write())
