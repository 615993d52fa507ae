"""Whether the keys of a table that stand for a query fit the layout and each other."""

from collections.abc import Collection, Iterator
from itertools import combinations

from analysis.config.mapping import TableMapping
from analysis.config.shapes import NUMBER_MARK, Block
from analysis.edc.layout import Table
from analysis.edc.sql.short_form.blocks import list_parts

MAKES_ROWS = (
    "file", "source", "sources", "rows", "columns", "times", "constants", "checkboxes", "lookup",
    "join", "stack",
)  # fmt: skip
"""What ``sql`` stands in the place of."""


def check_query_keys(name: str, spec: TableMapping, table: Table) -> Iterator[str]:
    """Yield a finding for each key that cannot be meant so."""
    where = f"tables.{name}"
    if spec.sql:
        for key in MAKES_ROWS:
            if getattr(spec, key):
                yield f"{where}: sql and {key} are given. Write the query whole, or take sql out"
        return
    if spec.source and spec.sources:
        yield f"{where}: source and sources are given. Give one of the two"
    if spec.file and spec.is_query:
        yield f"{where}: file is given beside keys that make rows. Name the source: source"
    yield from _check_names(where, table, {"times": spec.times, "constants": spec.constants})
    yield from _check_names(where, table, {"lookup": spec.lookup})
    yield from _find_twice(where, spec)
    yield from _find_doubled(where, spec)
    for column, lookup in spec.lookup.items():
        if not lookup.match:
            yield f"{where}.lookup.{column}.match: is empty. Name the columns that must be equal"
    if spec.join and not (spec.join.sources and spec.join.by):
        yield f"{where}.join: name the sources, and the columns by which their rows belong together"
    for number, block in enumerate(spec.stack, 1):
        yield from _check_block(f"{where}.stack, block {number}", block, table)


def _check_names(where: str, table: Table, keys: dict[str, Collection[str]]) -> Iterator[str]:
    for key, columns in keys.items():
        for column in columns:
            if column not in table.columns:
                allowed = ", ".join(table.columns)
                yield f"{where}.{key}.{column}: no such column; allowed: {allowed}"


def _find_twice(where: str, spec: TableMapping) -> Iterator[str]:
    alone = ("constants", "checkboxes", "lookup")
    pairs = [*combinations(("columns", *alone), 2), *((key, "times") for key in alone)]
    for first, second in pairs:
        for column in sorted({*getattr(spec, first)} & {*getattr(spec, second)}):
            yield f"{where}: {column} stands under {first} and {second}. Give one of the two"


def _find_doubled(where: str, spec: TableMapping) -> Iterator[str]:
    """A date and a time of day from one column would be its text twice, with a blank between."""
    doubled = {
        (column, time): None
        for part in list_parts(spec)
        for column, time in part.times.items()
        if part.columns.get(column, column).casefold() == time.casefold()
    }
    for column, time in doubled:
        yield (
            f"{where}.times.{column}: {time} is the column of the date too (columns). Name the one "
            f"that holds the time of day; if {time} holds both, take {column} out of times, and "
            f"say in dates how it is written"
        )


def _check_block(where: str, block: Block, table: Table) -> Iterator[str]:
    keys: dict[str, Collection[str]] = {
        "columns": block.columns, "times": block.times, "constants": block.constants,
    }  # fmt: skip
    yield from _check_names(where, table, keys)
    if not block.columns:
        yield (
            f"{where}: columns is missing or empty. Name the columns that the block fills, by "
            "which it is told whether there is a row: {columns: {LAYOUT_COLUMN: column}}"
        )
    texts = [*block.columns.values(), *block.times.values(), *block.constants.values()]
    has_mark = any(NUMBER_MARK in text for text in (*texts, block.rows or ""))
    if has_mark and not block.numbers:
        yield f"{where}: {NUMBER_MARK} stands for a number, and numbers is empty: numbers: [1, 2]"
    if block.numbers and not has_mark:
        yield f"{where}: numbers is given, and {NUMBER_MARK} stands nowhere in the block"
