"""Changes of a grid: one cell, a row, a column, the header."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.properties.mutated_shapes.changes.texts import TEXTS, pick_text
from tests.properties.mutated_shapes.formats.grid import Grid, write_cell
from tests.properties.mutated_shapes.mutant import Change

InGrid = Callable[[random.Random, Grid], Change]


def _pick(rng: random.Random, grid: Grid) -> tuple[int, int]:
    return rng.randrange(len(grid.rows)), rng.randrange(len(grid.header))


IDENTIFIERS = re.compile(r"(?i)subj|participant|record.?id|study.?id|scr.*no|spid|编号|筛选号")
"""Headers of columns that say whose a row is: a change of theirs moves all that stands in it."""


def _build(grid: Grid, column: int, said: str, written: set[str], near: frozenset[str]) -> Change:
    """The change of cells of one column."""
    near = near | written
    if IDENTIFIERS.search(grid.header[column]):
        return Change(said, near, near, removes=True, adds=True)
    return Change(said, frozenset(written), near)


def _set_cell(rng: random.Random, grid: Grid) -> Change:
    row, column = _pick(rng, grid)
    before = grid.texts_of(row)
    cell = write_cell(grid.rows[row][column])
    text = pick_text(rng, grid, column, cell)
    grid.rows[row][column] = text
    said = f"row {row + 1} {grid.header[column]}: {cell[:30]!r} -> {text[:40]!r}"
    return _build(grid, column, said, {text}, before)


def _set_number(rng: random.Random, grid: Grid) -> Change:
    row, column = _pick(rng, grid)
    before = grid.texts_of(row)
    number = rng.choice((0.0, 1.0, 2.0, 7.0, 1e15, -3.5, 46000.0, 46000.25, 0.1 + 0.2))
    grid.rows[row][column] = number
    text = write_cell(number)
    said = f"row {row + 1} {grid.header[column]} = number {text}"
    return _build(grid, column, said, {text}, before)


def _exchange_cells(rng: random.Random, grid: Grid) -> Change:
    (one, column), (two, _) = _pick(rng, grid), _pick(rng, grid)
    near = grid.texts_of(one) | grid.texts_of(two)
    cells = grid.rows[one][column], grid.rows[two][column]
    grid.rows[two][column], grid.rows[one][column] = cells
    said = f"{grid.header[column]} of rows {one + 1} and {two + 1} exchanged"
    return _build(grid, column, said, set(map(write_cell, cells)), near)


def _drop_row(rng: random.Random, grid: Grid) -> Change:
    row, _ = _pick(rng, grid)
    near = grid.texts_of(row)
    del grid.rows[row]
    return Change(f"without row {row + 1}", frozenset({""}), near, removes=True)


def _double_row(rng: random.Random, grid: Grid) -> Change:
    row, column = _pick(rng, grid)
    copy = list(grid.rows[row])
    text = ""
    if rng.random() < 0.4:
        text = pick_text(rng, grid, column, write_cell(copy[column]))
        copy[column] = text
    near = grid.texts_of(row) | {text}
    grid.rows.insert(rng.randrange(len(grid.rows) + 1), copy)
    said = f"row {row + 1} twice" + (f", {grid.header[column]} = {text[:40]!r}" if text else "")
    return Change(said, near, near, adds=True)


def _move_row(rng: random.Random, grid: Grid) -> Change:
    row, _ = _pick(rng, grid)
    near = grid.texts_of(row)
    grid.rows.insert(rng.randrange(len(grid.rows)), grid.rows.pop(row))
    return Change(f"row {row + 1} moved", frozenset(), near)


def _truncate_row(rng: random.Random, grid: Grid) -> Change:
    row, column = _pick(rng, grid)
    near = grid.texts_of(row)
    grid.rows[row] = grid.rows[row][: column + 1]
    return Change(f"row {row + 1} ends after {grid.header[column]}", frozenset({""}), near)


def _lengthen_row(rng: random.Random, grid: Grid) -> Change:
    row, column = _pick(rng, grid)
    near = grid.texts_of(row)
    cells = grid.rows[row]
    grid.rows[row] = [*cells[:column], "x", *cells[column:]]
    return Change(f"row {row + 1} with a field too many", near | {"x"}, near | {"x"})


def _drop_column(rng: random.Random, grid: Grid) -> Change:
    _, column = _pick(rng, grid)
    name = grid.header.pop(column)
    for row in [*grid.labels, *grid.rows]:
        del row[column : column + 1]
    return Change(f"without {name}", frozenset({""}))


def _rename_column(rng: random.Random, grid: Grid) -> Change:
    _, column = _pick(rng, grid)
    name = grid.header[column]
    grid.header[column] = rng.choice((
        name.lower(), name.upper(), name.title(), f" {name}", f"{name} ", f"{name}\u00a0",
        f"\ufeff{name}", name[::-1], f"{name}_", "", "京", name.replace("_", " "), f"{name}\u200b",
        rng.choice(TEXTS)[:200],
    ))  # fmt: skip
    return Change(f"{name} named {grid.header[column]!r}", frozenset({""}))


def _double_column(rng: random.Random, grid: Grid) -> Change:
    _, column = _pick(rng, grid)
    name = grid.header[column]
    grid.header.append(rng.choice((name, name.lower(), f"{name}2", f"{name} ")))
    blank = rng.random() < 0.5
    for row in [*grid.labels, *grid.rows]:
        row.append("" if blank else row[column])
    return Change(f"{name} twice, as {grid.header[-1]!r}", frozenset({""}))


def _exchange_heads(rng: random.Random, grid: Grid) -> Change:
    _, one = _pick(rng, grid)
    two = (one + 1) % len(grid.header)
    written = grid.texts_in(one, two)
    header = grid.header
    header[one], header[two] = header[two], header[one]
    return Change(f"heads {header[one]} and {header[two]} exchanged", written)


def _move_column(rng: random.Random, grid: Grid) -> Change:
    _, column = _pick(rng, grid)
    name = grid.header[column]
    for row in [grid.header, *grid.labels, *grid.rows]:
        row.append(row.pop(column))
    return Change(f"{name} moved to the end", frozenset(), frozenset())


def _blank_column(rng: random.Random, grid: Grid) -> Change:
    _, column = _pick(rng, grid)
    for row in grid.rows:
        row[column] = ""
    return Change(f"{grid.header[column]} empty", frozenset({""}))


def _set_column(rng: random.Random, grid: Grid) -> Change:
    _, column = _pick(rng, grid)
    text = rng.choice(TEXTS)
    for row in grid.rows:
        if rng.random() < 0.5:
            row[column] = text
    return Change(f"half of {grid.header[column]} = {text[:40]!r}", frozenset({text}))


def _double_header(rng: random.Random, grid: Grid) -> Change:
    grid.rows.insert(rng.choice((0, len(grid.rows))), list(grid.header))
    texts = frozenset(grid.header)
    return Change("the header once more among the rows", texts, texts, adds=True)


IN_GRID: tuple[InGrid, ...] = (
    *(_set_cell,) * 14, *(_set_number,) * 2, *(_exchange_cells,) * 2, *(_drop_row,) * 2,
    *(_double_row,) * 3, _move_row, _truncate_row, _lengthen_row, *(_drop_column,) * 2,
    *(_rename_column,) * 3, *(_double_column,) * 2, *(_exchange_heads,) * 2, _move_column,
    _blank_column, *(_set_column,) * 2, _double_header,
)  # fmt: skip
