"""Every number that a run prints stands in its results frame or plan, or has another known source.

Cells of tables are looked up at the one analysis, level, variable and arm that row and head name;
numbers of sentences, captions and alternative texts by the words around them. The other forms of a
table are compared with its CSV text by text. The last tests change single digits and require that
nearly all changes are found.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from printed_texts import (
    Grid,
    find_strange_names,
    read_csv_grid,
    read_document,
    read_page,
    read_rtf_table,
)
from run_of_trial import EXACT, Run
from table_cells import Address, is_same_table, list_cells, row_of
from workflow_project import Project

from analysis.display.ard import Ard
from analysis.display.figures import FIGURES

TOP = Path(__file__).parents[2]
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NUMBERED = re.compile(r"^(Figure|Table) (\d+)\. ")
PAGE_FIELD = "1 of 1"
"""What a page field holds until Word counts."""

ITEMS = [
    "1a",
    "1b",
    "2",
    "3",
    "4",
    "5a",
    "5b",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11",
    "12a",
    "12b",
    "13",
    "14",
    "15",
    "16a",
    "16b",
    "17a",
    "17b",
    "18",
    "19",
    "20a",
    "20b",
    "21a",
    "21b",
    "21c",
    "21d",
    "22a",
    "22b",
    "23a",
    "23b",
    "24a",
    "24b",
    "25",
    "26",
    "27",
    "28",
    "29",
    "30",
]
"""The items of CONSORT 2025 (its table 1)."""

CHANGES = 400
"""Digits that are changed, one at a time, of each kind of text."""

FOUND_IN_CELLS, FOUND_IN_WORDS, FOUND_IN_LABELS = 0.99, 0.99, 0.93
"""Shares of the changes that must be found. Not found is one that gives another number of the same
place, another score of the scale or day of the plan, or another level with the same counts."""


def is_current(results: Path) -> bool:
    """Whether results were made by the code of the working tree."""
    manifest = results / "manifest.json"
    if not manifest.is_file():
        return False
    held = json.loads(manifest.read_text(encoding="utf-8"))
    files = {**held["code"], "config/trial.yaml": held["config"]["plan"]}
    return all(hash_file(TOP / name) == value for name, value in files.items())


def hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


DEMONSTRATION = ["demonstration trial"] if is_current(TOP / "results" / "rehearsal") else []
"""Read too where the code as it is has run it; ``.ci/run`` runs it before the tests."""


@pytest.fixture(scope="session", params=["small run", *DEMONSTRATION])
def run(request: pytest.FixtureRequest) -> Run:
    """The complete small run, and that of the demonstration trial."""
    if request.param == "small run":
        complete: Project = request.getfixturevalue("complete")
        config = complete.root / "config"
        return Run(complete.results, config / "trial.yaml", config / "edc.yaml")
    config = TOP / "config"
    return Run(TOP / "results" / "rehearsal", config / "trial.yaml", config / "edc.yaml")


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
    return {name: caption(ard, run.plan) for name, (_, caption) in FIGURES.items()}


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
    files = sorted((TOP / "workflow" / "report").glob("*.rst"))
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


def test_numbers_computed_twice_are_those_of_the_check(run: Run) -> None:
    lines = run.grids["t_quality"].lines
    assert len(lines) == len(run.checks) > 0
    for line, row in zip(lines, run.checks, strict=True):
        place = " / ".join(row[name] for name in ("group", "level", "stat_name") if row[name])
        unit = "" if row["difference"] in ("", "0") else f" {row['difference_unit']}"
        assert (line.section, line.group, line.label) == (
            f"{row['analysis_id']} ({row['population']})", row["method"], place,
        )  # fmt: skip
        shown = [row["engine"] or "none", row["check"] or "none", f"{row['difference']}{unit}",
                 row["tolerance"]]  # fmt: skip
        assert [NUMBER.findall(text) for text in line.cells[:4]] == [
            NUMBER.findall(text) for text in shown
        ]


def test_settings_are_those_of_the_plan_and_the_mapping(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    rows = [*find_rows(report["t_assumptions"], "plan.", 3), *find_rows(
        report["t_audit_settings"], "", 3)]  # fmt: skip
    assert len(rows) > 150
    wrong = [
        (key, text)
        for key, text in rows
        if sorted(map(float, NUMBER.findall(text))) != sorted(find_numbers(run, key))
    ]
    assert wrong == []


def find_rows(words: list[str], lead: str, columns: int) -> Iterator[tuple[str, str]]:
    """Key and value of every row; headings of blocks have no dot."""
    keys = [
        place
        for place, word in enumerate(words)
        if re.fullmatch(r"(?!\S+\.yaml)[a-z_]+\.\S+(?:: .+)?", word)
    ]
    for place in keys:
        yield f"{lead}{words[place]}", words[place + 1] if place + 1 < len(words) else ""


def find_numbers(run: Run, key: str) -> list[float]:
    """The numbers at a dotted key of plan or mapping; behind a colon one block of a list."""
    dotted, _, named = key.partition(": ")
    value: Any = run.settings
    for part in dotted.split("."):
        value = value[part]
    if named:
        block = next(one for one in value if str(next(iter(one.values()))) == named)
        value = dict(list(block.items())[1:])
    return [float(text) for text in NUMBER.findall(json.dumps(value))]


def test_the_audit_names_what_the_manifest_holds(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    held = set(flatten(run.manifest))
    for name in ("t_audit_state", "t_audit_hashes", "t_audit_software"):
        unknown = [text for text in report[name][1:] if DIGIT.search(text) and text not in held]
        assert [text for text in unknown if text != "SHA-256"] == [], name


def flatten(value: Any) -> Iterator[str]:
    """Every key and value as text."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from flatten(part)
    elif isinstance(value, list):
        for part in value:
            yield from flatten(part)
    else:
        yield str(value)


def test_findings_of_the_audit_are_those_of_the_frame(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    ids = {f"{place.analysis} ({place.population})" for place in run.facts.of(".*")}
    counts = {place.level: place.stats["n"] for place in run.facts.of("queries")}
    for text in report["t_audit_findings"][1:]:
        names = text.split(", ")
        if not DIGIT.search(text) or set(names) <= ids or text in run.facts.words:
            continue
        pairs = [name.rsplit(" ", 1) for name in names]
        assert all(
            float(number) in [n for level, n in counts.items() if level.endswith(words)]
            or (words == "All findings" and float(number) == counts[""])
            for words, number in pairs
        ), text  # fmt: skip


def test_listings_are_the_analysis_data_sets(run: Run) -> None:
    adam = run.results / "adam"
    adsl, adae = (pd.read_parquet(adam / f"{name}.parquet") for name in ("adsl", "adae"))
    reasons = pd.read_csv(adam / "ppreasons.csv", dtype=str, keep_default_na=False)
    own = list_values(adsl)
    for name, frame in (("l_deaths", adsl), ("l_serious", adae), ("l_pp_exclusions", reasons)):
        held = list_values(frame)
        for line in read_csv_grid(run.results / "tables" / f"{name}.csv").lines:
            strange = [cell for cell in line.cells if DIGIT.search(cell)
                       and cell not in held[line.label] | own[line.label]]  # fmt: skip
            assert strange == [], row_of(line)


def list_values(frame: pd.DataFrame) -> dict[str, set[str]]:
    """Every value of a data set as text, by subject."""
    found: dict[str, set[str]] = {}
    for subject, *values in zip(frame["SUBJID"], *(frame[name] for name in frame), strict=True):
        found.setdefault(subject, set()).update(map(spell, values))
    return found


def spell(value: object) -> str:
    """A value of a data set as a listing writes it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


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
