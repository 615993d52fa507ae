"""Pages that are read aloud, by keyboard, on a phone and on paper: what markup and colours hold.

What needs a browser stands in ``tests/accessibility``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.palette import contrast
from analysis.display.html import template
from analysis.display.outline.displays import FIGURES, LISTINGS
from analysis.display.outline.sections import SECTIONS
from analysis.display.report.page import build_report
from analysis.display.report.tables import build_tables
from analysis.display.tables.table import Row, Table, render_html

READABLE = 4.5
"""WCAG 2.2, level AA: the contrast of letters, and of what shows the focus at least 3."""

FIGURE = '<svg role="img" width="90pt" height="9pt"><title>Named</title><desc>Told</desc></svg>'
STYLE = Path(template.__file__).with_name("style.css").read_text(encoding="utf-8")
SCRIPT = Path(template.__file__).with_name("script.html").read_text(encoding="utf-8")
REFERENCES = ("aria-labelledby", "aria-describedby", "data-table")


@pytest.fixture(scope="module")
def report(whole: Ard, small_plan: Plan, provenance: dict[str, Any], stamp: str) -> HtmlElement:
    """The report, with small pictures in place of its figures."""
    figures = dict.fromkeys(FIGURES, FIGURE)
    tables = build_tables(whole, small_plan, (), stamp)
    return html.fromstring(build_report(whole, small_plan, provenance, figures, tables, (), stamp))


@pytest.fixture(scope="module")
def pages(report: HtmlElement, whole: Ard, small_plan: Plan, stamp: str) -> dict[str, HtmlElement]:
    """The report and every table on its own page."""
    tables = build_tables(whole, small_plan, (), stamp)
    made = {
        name: html.fromstring(render_html(table, "NOT LOCKED")) for name, table in tables.items()
    }
    return {"report": report, **made}


def find_faulty(
    pages: dict[str, HtmlElement], find: Callable[[HtmlElement], list[str]]
) -> dict[str, list[str]]:
    """What is found, by the page it is found on."""
    return {name: faults for name, page in pages.items() if (faults := find(page))}


def read_words(element: HtmlElement) -> str:
    """The text of an element in one line."""
    return " ".join(element.text_content().split())


def test_language_title_and_landmarks(pages: dict[str, HtmlElement]) -> None:
    for name, page in pages.items():
        assert page.get("lang") == "en", name
        assert page.findtext("head/title"), name
        assert len(page.findall(".//main")) == 1, name
        assert not page.findall(".//main//aside"), name
        named = [nav.get("aria-label") for nav in page.iter("nav", "aside")]
        assert None not in named, name
        assert len(named) == len(set(named)), name


def test_headings_begin_with_one_and_leave_none_out(pages: dict[str, HtmlElement]) -> None:
    for name, page in pages.items():
        levels = [int(part.tag[1]) for part in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert (levels[0], levels.count(1)) == (1, 1), name
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, name


def test_the_outline_is_that_of_the_report(report: HtmlElement) -> None:
    titles = [section.title for section in SECTIONS]
    assert [read_words(part) for part in report.iter("h2")] == titles
    contents = report.find(".//nav[@aria-label='Contents']")
    assert [read_words(link) for link in contents.iter("a")] == titles


def test_ids_are_unique_and_everything_that_is_named_is_there(
    pages: dict[str, HtmlElement],
) -> None:
    def find(page: HtmlElement) -> list[str]:
        ids = Counter(page.xpath("//@id"))
        twice = [name for name, times in ids.items() if times > 1]
        named = [
            name
            for attribute in REFERENCES
            for value in page.xpath(f"//@{attribute}")
            for name in value.split()
        ]
        named += [link[1:] for link in page.xpath("//@href") if link.startswith("#")]
        return twice + [name for name in named if name not in ids]

    assert find_faulty(pages, find) == {}


def test_every_other_link_leads_to_a_listing(report: HtmlElement) -> None:
    away = [link for link in report.xpath("//@href") if not link.startswith("#")]
    assert away == [f"tables/{name}.html" for name in LISTINGS]


def test_links_and_buttons_say_where_they_lead(pages: dict[str, HtmlElement]) -> None:
    """Words that occur more than once are told apart by what describes them."""

    def find(page: HtmlElement) -> list[str]:
        controls = list(page.iter("a", "button"))
        names = [(read_words(part), part.get("aria-describedby", "")) for part in controls]
        leads = {}
        for part, name in zip(controls, names, strict=True):
            leads.setdefault(name, set()).add(part.get("href") or part.get("data-table"))
        return [str(name) for name, places in leads.items() if len(places) > 1 or not name[0]]

    assert find_faulty(pages, find) == {}


def test_the_first_thing_that_takes_the_focus_skips_to_the_content(
    pages: dict[str, HtmlElement],
) -> None:
    for name, page in pages.items():
        first = page.xpath("(//a | //button | //*[@tabindex])[1]")[0]
        assert (first.tag, first.get("href")) == ("a", "#main"), name
        assert page.get_element_by_id("main").tag == "main", name
        assert set(page.xpath("//@tabindex")) == {"0"}, name


def test_tables_have_a_caption_and_heads_with_scope(pages: dict[str, HtmlElement]) -> None:
    def find(page: HtmlElement) -> list[str]:
        return [table.get("id") for table in page.iter("table") if not is_sound(table)]

    assert find_faulty(pages, find) == {}


def is_sound(table: HtmlElement) -> bool:
    """A caption, a scope on each head, and as many cells in each row as there are columns."""
    width = len(table.findall("thead/tr/th"))
    if not width:
        return read_words(table.find("tbody")) == "No rows."
    heads = [head.get("scope") for head in table.iter("th")]
    rows = table.findall("tbody/tr")
    spans = [sum(int(cell.get("colspan", 1)) for cell in row) for row in rows]
    first = [row[0].get("scope") for row in rows]
    return (
        bool(read_words(table.find("caption")))
        and set(heads) <= {"col", "row", "rowgroup"}
        and set(first) <= {"row", "rowgroup"}
        and set(spans) == {width}
    )


def test_a_row_below_headings_repeats_them_for_those_who_hear_it() -> None:
    rows = (
        Row("Median", ("7",), "Stroke", "NIHSS"),
        Row("Sex", ("1",), "People"),
        Row("All", ("8",)),
    )
    table = Table("t_x", "Title", ("What", "How many"), rows, (), "", "Trial")
    page = html.fromstring(render_html(table))
    said = [head.get("aria-label") for head in page.iter("th") if head.get("scope") == "row"]
    assert said == ["Stroke: NIHSS: Median", "People: Sex", None]


def test_what_scrolls_sideways_is_reached_by_keyboard_and_has_a_name(
    pages: dict[str, HtmlElement],
) -> None:
    for name, page in pages.items():
        for part in [*page.find_class("scroll"), *page.iter("figure")]:
            assert part.get("tabindex") == "0", name
            assert part.get("aria-labelledby"), name
        assert all(table.getparent().get("class") == "scroll" for table in page.iter("table"))


def test_figures_have_a_name_a_description_and_enlarge_without_a_script(
    report: HtmlElement,
) -> None:
    figures = list(report.iter("figure"))
    assert [figure.find("svg").get("id") for figure in figures] == list(FIGURES)
    for figure, name in zip(figures, FIGURES, strict=True):
        drawn = figure.find("svg")
        assert drawn.get("role") == "img"
        assert read_words(report.get_element_by_id(drawn.get("aria-labelledby"))) == "Named"
        assert read_words(report.get_element_by_id(drawn.get("aria-describedby"))) == "Told"
        links = {read_words(link): link.get("href") for link in figure.iter("a")}
        assert links == {"Enlarge": f"#figure-{name}", "Close": f"#at-{name}"}
    assert "figure:target { position: fixed" in STYLE


def test_every_table_can_be_copied_where_scripts_run(pages: dict[str, HtmlElement]) -> None:
    for name, page in pages.items():
        tables = [table.get("id") for table in page.iter("table")]
        buttons = page.find_class("copy")
        assert [button.get("data-table") for button in buttons] == tables, name
        assert all(button.get("hidden") is not None for button in buttons), name
        assert len(page.xpath("//script")) == 1, name
        assert page.get_element_by_id("said").get("role") == "status", name


def test_the_script_reads_the_page_and_nothing_else() -> None:
    assert not re.search(r"fetch|XMLHttp|import|src=|https?:|eval|innerHTML|cookie|Storage", SCRIPT)
    assert not re.search(r"toFixed|toLocale|toPrecision|Math\.|parseFloat|Number\(|Intl", SCRIPT)


def read_colours() -> dict[str, str]:
    """The named colours of the style sheet."""
    return dict(re.findall(r"(--[a-z]+): (#[0-9a-f]{3,6})\b", STYLE))


def list_pairs() -> list[tuple[str, str, str]]:
    """The selector, the colour of its letters and of its ground: white where none is given."""
    colours = read_colours()
    resolved = re.sub(r"var\((--[a-z]+)\)", lambda found: colours.get(found[1], ""), STYLE)
    pairs = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", resolved):
        ink = re.search(r"(?<![-\w])color: (#[0-9a-f]+)", body)
        ground = re.search(r"background: (#[0-9a-f]+)\s*;", body + ";")
        if ink or ground:
            letters = ink[1] if ink else colours["--ink"]
            pairs.append((selector.strip(), letters, ground[1] if ground else "#fff"))
    return pairs


def test_letters_stand_out_from_their_ground() -> None:
    pairs = list_pairs()
    assert {".stamp", ".headline", ".small", "a", "button"} <= {
        selector for selector, _, _ in pairs
    }
    pale = [pair for pair in pairs if contrast(pair[1], pair[2]) < READABLE]
    assert pale == []
    assert contrast(read_colours()["--quiet"], read_colours()["--soft"]) >= READABLE


def test_the_focus_is_seen_and_nothing_moves() -> None:
    screen = STYLE.partition("@media print")[0]
    assert ":focus-visible, figure:target { outline: 3px solid var(--accent)" in screen
    assert "outline: none" not in screen
    assert not re.search(r"animation|transition|scroll-behavior|@keyframes|<marquee", STYLE)


def test_the_margins_of_a_sheet_hold_texts_as_they_are() -> None:
    """Entities mean nothing in a style sheet, and a quote or a tag would end it."""
    row = Row("All", ("1",))
    table = Table("t_x", "Title", ("What", "n"), (row,), (), "", 'A "&" </style> 脑')
    style = re.findall(r"<style>(.*?)</style>", render_html(table, "NOT LOCKED"), re.DOTALL)[0]
    contents = dict(re.findall(r"@(\S+) \{ content: \"(.*?)\";", style))
    read = {
        name: re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), text)
        for name, text in contents.items()
    }
    assert read == {
        "top-center": "", "bottom-left": 'A "&" </style> 脑', "bottom-center": "NOT LOCKED",
    }  # fmt: skip


def test_the_page_is_light_for_everybody_and_takes_the_sheet_of_its_reader() -> None:
    assert "color-scheme: light" in STYLE
    assert "prefers-color-scheme" not in STYLE
    assert not re.search(r"@page[^{]*\{[^}]*size:", STYLE)
