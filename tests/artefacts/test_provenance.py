"""Every number that a run prints stands in its results frame or plan.

Cells of tables are looked up at the one analysis, level, variable and arm that row and head name;
numbers of sentences, captions and alternative texts by the words around them. The other forms of a
table are compared with its CSV text by text.
"""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from analysis.display.ard import Ard
from analysis.display.outline.displays import FIGURES
from tests.artefacts.printed_texts import (
    find_strange_names,
    read_csv_grid,
    read_document,
    read_page,
    read_rtf_table,
)
from tests.artefacts.run_of_trial import Run
from tests.artefacts.table_cells import is_same_table

TOP = Path(__file__).parents[2]
NUMBERED = re.compile(r"^(Figure|Table) (\d+)\. ")
PAGE_FIELD = "1 of 1"
"""What a page field holds until Word counts."""

ITEMS = [
    "1a", "1b", "2", "3", "4", "5a", "5b", "6", "7", "8", "9", "10", "11", "12a",
    "12b", "13", "14", "15", "16a", "16b", "17a", "17b", "18", "19", "20a", "20b", "21a", "21b",
    "21c", "21d", "22a", "22b", "23a", "23b", "24a", "24b", "25", "26", "27", "28", "29", "30",
]  # fmt: skip
"""The items of CONSORT 2025 (its table 1)."""


def test_every_cell_is_the_statistic_that_its_row_and_head_name(run: Run) -> None:
    assert sum(len(grid.lines) for grid in run.statistics.values()) > 300
    assert [wrong for grid in run.statistics.values() for wrong in run.list_wrong(grid)] == []


def test_every_number_of_heads_labels_and_footnotes_is_known(run: Run) -> None:
    left = [
        (grid.id, found)
        for grid in run.statistics.values()
        for text in run.list_words(grid)
        for found in run.sentences.explain(text)
    ]
    assert left == []


def test_every_number_of_the_figures_is_known(run: Run) -> None:
    left = [
        (name, found)
        for name, texts in run.figures.items()
        for text in texts
        for found in run.sentences.explain(text, name)
    ]
    assert left == []


def test_every_number_under_the_figures_is_known(run: Run) -> None:
    left = [
        (name, found)
        for name, text in list_captions(run).items()
        for found in run.sentences.explain(text, name)
    ]
    assert left == []


def list_captions(run: Run) -> dict[str, str]:
    """What stands under each figure."""
    ard = Ard.read(run.results / "ard.csv")
    return {name: part.caption(ard, run.plan) for name, part in FIGURES.items()}


def test_every_number_of_the_page_is_known(run: Run) -> None:
    _, texts = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    assert list_left(run, texts) == []


def test_every_number_of_the_document_is_known(run: Run) -> None:
    _, texts = read_document(run.results / "report.docx")
    numbers = {"Figure": count(1), "Table": count(1)}
    captions = [found for found in map(NUMBERED.match, texts) if found]
    assert [int(found[2]) for found in captions] == [next(numbers[found[1]]) for found in captions]
    plain = [NUMBERED.sub("", text).removesuffix(PAGE_FIELD) for text in texts]
    assert list_left(run, plain) == []


def list_left(run: Run, texts: list[str]) -> list[str]:
    """What nothing accounts for; texts of the figures and of the tables are followed elsewhere."""
    known = {text for texts in run.figures.values() for text in texts}
    captions = list_captions(run)
    known |= {f"{text}. {captions[name]}" for name, texts in run.figures.items() for text in texts}
    return [
        found for text in texts if text not in known for found in run.sentences.explain(text)
    ]  # fmt: skip


def test_every_number_of_the_captions_is_known(run: Run) -> None:
    files = sorted((TOP / "workflow" / "report").rglob("*.rst"))
    assert files
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert [found for text in texts for found in run.sentences.explain(text)] == []


def test_every_number_of_the_consort_checklist_is_known(run: Run) -> None:
    grid = run.grids["t_consort_checklist"]
    assert [line.label for line in grid.lines] == ITEMS
    cells = [cell for line in grid.lines for cell in line.cells]
    assert [
        left for text in (*cells, *grid.footnotes) for left in run.sentences.explain(text)
    ] == []


def test_pages_and_the_report_hold_the_tables_as_they_are(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    for name, grid in run.grids.items():
        path = run.results / "tables" / f"{name}.html"
        own, words = read_page(path.read_text(encoding="utf-8"))
        assert is_same_table(grid, own[name][1:]), name
        assert is_same_table(grid, report[name][1:]), name
        assert run.sentences.explain(own[name][0]) == []
        assert set(grid.footnotes) <= {" ".join(text.split()) for text in words} | {""}, name


def test_what_a_table_reads_out_is_made_of_its_texts(run: Run) -> None:
    pages = [run.results / "report.html", *(run.results / "tables").glob("*.html")]
    assert [
        (page.name, name)
        for page in pages
        for name in find_strange_names(page.read_text(encoding="utf-8"))
    ] == []


def test_the_document_holds_the_tables_as_they_are(run: Run) -> None:
    tables, _ = read_document(run.results / "report.docx")
    for name, grid in run.grids.items():
        assert any(is_same_table(grid, words) for words in tables), name


def test_rtf_files_hold_the_tables_as_they_are(run: Run) -> None:
    for path in sorted((run.results / "tables").glob("*.csv")):
        grid = read_csv_grid(path)
        words, notes = read_rtf_table(path.with_suffix(".rtf"))
        assert is_same_table(grid, words), path.stem
        assert [note for note in grid.footnotes if " ".join(note.split()) not in notes] == []
