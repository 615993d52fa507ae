"""Single digits of what a run printed are changed, and nearly all changes must be found.

So the tests that follow printed numbers back to their sources are shown to be able to fail.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.artefacts.printed_texts import DIGIT, Grid, read_page
from tests.artefacts.run_of_trial import EXACT, Run
from tests.artefacts.table_cells import Address, is_same_table, list_cells

CHANGES = 400
"""Digits that are changed, one at a time, of each kind of text."""

FOUND_IN_CELLS, FOUND_IN_WORDS, FOUND_IN_LABELS = 0.99, 0.99, 0.93
"""Shares of the changes that must be found. Not found is one that gives another number of the same
place, another score of the scale or day of the plan, or another level with the same counts."""


def change_digit(text: str, draw: random.Random) -> str:
    """The text with one digit changed into another."""
    place = draw.choice([found.start() for found in DIGIT.finditer(text)])
    digit = draw.choice([one for one in "0123456789" if one != text[place]])
    return f"{text[:place]}{digit}{text[place + 1 :]}"


def measure_share(texts: list[Any], change: Callable[[Any, random.Random], bool]) -> float:
    """The share of changes that are found."""
    draw = random.Random(20250415)
    return sum(change(draw.choice(texts), draw) for _ in range(CHANGES)) / CHANGES


def test_a_changed_digit_of_a_cell_is_found(run: Run) -> None:
    cells = [
        (grid, at, cell)
        for grid in run.statistics.values()
        for at, cell in list_cells(grid)
        if DIGIT.search(cell)
    ]

    def is_found(one: tuple[Grid, Address, str], draw: random.Random) -> bool:
        grid, at, cell = one
        return not run.check_cell(grid.id, at, change_digit(cell, draw))

    assert measure_share(cells, is_found) >= FOUND_IN_CELLS


def test_a_cell_of_another_row_is_found(run: Run) -> None:
    pairs = [
        (grid, at, cell, [other for where, other in cells if where.head == at.head])
        for grid in run.statistics.values()
        for cells in [[(at, cell) for at, cell in list_cells(grid) if DIGIT.search(cell)]]
        for at, cell in cells
    ]

    def is_found(one: tuple[Grid, Address, str, list[str]], draw: random.Random) -> bool:
        grid, at, cell, others = one
        other = draw.choice(others)
        return other == cell or not run.check_cell(grid.id, at, other)

    assert measure_share(pairs, is_found) >= FOUND_IN_LABELS


def test_a_changed_label_is_found(run: Run) -> None:
    rows = [
        (grid, at, cell)
        for grid in run.statistics.values()
        for at, cell in list_cells(grid)
        if DIGIT.search(at.label) and DIGIT.search(cell)
    ]

    def is_found(one: tuple[Grid, Address, str], draw: random.Random) -> bool:
        grid, at, cell = one
        other = replace(at, label=change_digit(at.label, draw))
        if grid.id not in EXACT and run.sentences.explain(other.label):
            return True
        return not run.check_cell(grid.id, other, cell)

    assert measure_share(rows, is_found) >= FOUND_IN_LABELS


def test_a_changed_digit_of_another_form_of_a_table_is_found(run: Run) -> None:
    pages = {
        name: read_page((run.results / "tables" / f"{name}.html").read_text(encoding="utf-8"))[0]
        for name in run.grids
    }
    texts = [
        (name, place)
        for name, tables in pages.items()
        for place, word in enumerate(tables[name])
        if place and DIGIT.search(word)
    ]

    def is_found(one: tuple[str, int], draw: random.Random) -> bool:
        name, place = one
        words = list(pages[name][name])
        words[place] = change_digit(words[place], draw)
        return not is_same_table(run.grids[name], words[1:])

    assert measure_share(texts, is_found) == 1


def test_a_changed_digit_of_a_sentence_is_found(run: Run) -> None:
    _, page = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    own = {text for texts in run.figures.values() for text in texts}
    cells = [cell for line in run.grids["t_consort_checklist"].lines for cell in line.cells]
    texts = [text for text in (*page, *cells) if DIGIT.search(text) and text not in own]
    share = measure_share(
        texts, lambda text, draw: bool(run.sentences.explain(change_digit(text, draw)))
    )
    assert share >= FOUND_IN_WORDS


def test_a_changed_digit_of_an_abstract_is_found(run: Run) -> None:
    _, page = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    texts = [text for text in page if re.match(r"(Results|Findings) REHEARSAL", text)]
    assert len(texts) == 3
    share = measure_share(
        texts, lambda text, draw: bool(run.sentences.explain(change_digit(text, draw)))
    )
    assert share >= FOUND_IN_CELLS


def test_a_changed_digit_of_a_figure_is_found(run: Run) -> None:
    texts = [
        (name, text) for name, held in run.figures.items() for text in held if DIGIT.search(text)
    ]
    share = measure_share(
        texts, lambda one, draw: bool(run.sentences.explain(change_digit(one[1], draw), one[0]))
    )
    assert share >= FOUND_IN_WORDS
