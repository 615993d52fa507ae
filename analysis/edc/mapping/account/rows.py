"""Each table of the layout: its rows, and the subjects that it lost or holds twice."""

from collections.abc import Iterator

import pandas as pd

from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.mapping.account.described import name_sources
from analysis.edc.mapping.opened import OpenedExport
from analysis.edc.queries import Queries, Query, Rule
from analysis.edc.queries.words.message import read_message
from analysis.edc.reading.export import Export
from analysis.errors import name_subjects
from analysis.io.mapping.account import TableAccount

OF_SUBJECTS = {
    Rule.UNKNOWN_SUBJECT: "not randomised; the rows are left out",
    Rule.MISSING_SUBJECT: "randomised, without a row",
    Rule.DUPLICATE_KEY: "several rows with one key",
    Rule.IDENTICAL_ROW: "rows that stand twice; one is kept",
}
OF_EMPTY_BLOCKS = "times a block of stack that is empty (queries: empty_block)"
OF_NOT_TAKEN = "rows of sources without a row of the table (queries: not_taken)"
COUNTED = {
    Rule.EMPTY_BLOCK: ("empty", OF_EMPTY_BLOCKS),
    Rule.NOT_TAKEN: ("left_out", OF_NOT_TAKEN),
}
"""Rules whose queries count rows of sources: the field of the message that holds the number."""
WHY_LEFT_OUT = {
    Rule.MISSING_KEY.value: "without a usable key",
    Rule.UNKNOWN_SUBJECT.value: "of subjects that are not in rand",
    Rule.IDENTICAL_ROW.value: "the same row once more",
}


def account_rows(export: Export, opened: OpenedExport, layout: Layout) -> tuple[TableAccount, ...]:
    """Return the account of every table of the layout, in its order."""
    subjects = _find_subjects(export.queries)
    return tuple(_account(name, export, opened, subjects.get(name, {})) for name in layout.tables)


def _account(
    name: str, export: Export, opened: OpenedExport, subjects: dict[str, list[str]]
) -> TableAccount:
    account = export.accounts.get(name)
    named = tuple((what, name_subjects(ids)) for what, ids in subjects.items())
    if account is None:
        why = opened.absent.get(name, "not read: see the findings")
        return TableAccount(name, "", 0, 0, subjects=named, note=why)
    left_out = tuple((WHY_LEFT_OUT.get(rule, rule), n) for rule, n in account.left_out.items() if n)
    left_out += tuple(
        (what, n)
        for rule, (field, what) in COUNTED.items()
        if (n := _count(export.queries, name, rule, field))
    )
    file = _name_file(name, account.file, opened)
    return TableAccount(name, file, account.rows_read, account.rows_used, left_out, named)


def _name_file(name: str, file: str, opened: OpenedExport) -> str:
    """The sources of a table as messages name them, in short if they are many."""
    table = opened.tables.get(name)
    if table is None or table.query.findings:
        return file
    return name_sources([source.label for source in table.sources], table.spec.source or "")


def _count(queries: Queries, table: str, rule: Rule, field: str) -> int:
    """The rows of sources that the queries of a rule on a table count."""
    of_table = (
        part
        for part in queries.parts
        if isinstance(part, Query) and part.rule is rule and part.table == table
    )
    messages = (read_message(query.rule, query.message) for query in of_table)
    return sum(int(message.fields[field]) for message in messages if message)


def _find_subjects(queries: Queries) -> dict[str, dict[str, list[str]]]:
    """By table and by what became of them, the ids of subjects."""
    found: dict[str, dict[str, list[str]]] = {}
    for table, rule, subject in (each for part in queries.parts for each in _list_keys(part)):
        found.setdefault(table, {}).setdefault(OF_SUBJECTS[Rule(rule)], []).append(subject)
    return found


def _list_keys(part: Query | pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    if isinstance(part, Query):
        rows = [(part.table, str(part.rule), part.key)]
    else:
        kept = part[part["rule"].isin([rule.value for rule in OF_SUBJECTS])]
        rows = [
            (str(table), str(rule), str(key))
            for table, rule, key in zip(kept["table"], kept["rule"], kept["key"], strict=True)
        ]
    start = f"{SUBJECT}="
    for table, rule, key in rows:
        if rule in OF_SUBJECTS and key.startswith(start):
            yield table, rule, key.partition("; ")[0].removeprefix(start)
