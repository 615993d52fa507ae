"""The report is one page that needs nothing else."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.save import render_figure
from analysis.display.html.inline_svg import inline_svg
from analysis.display.outline.displays import FIGURES, LISTINGS
from analysis.display.report.assumptions import build_assumptions
from analysis.display.report.page import build_report
from analysis.display.report.tables import build_tables
from analysis.errors import AnalysisError
from analysis.io.verdicts import Comparison, Verdict

CHECKS = (
    Comparison(
        "primary", "ITT", "", "", "estimate", "1.36", "1.36", "0", "absolute", "1e-08",
        "another implementation", Verdict.AGREES, "",
    ),
)  # fmt: skip
"""One number that was computed twice."""

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Collects ids and links, and checks that elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name.endswith("href") and value]
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def figures(whole: Ard, small_plan: Plan, stamp: str) -> dict[str, str]:
    """The SVG text of every figure."""
    drawn = {name: part.draw(whole, small_plan, stamp) for name, part in FIGURES.items()}
    return {name: render_figure(figure, "svg").decode() for name, figure in drawn.items()}


@pytest.fixture(scope="module")
def report(
    whole: Ard, small_plan: Plan, provenance: dict[str, Any], stamp: str, figures: dict[str, str]
) -> str:
    """The page."""
    tables = build_tables(whole, small_plan, CHECKS, stamp)
    return build_report(whole, small_plan, provenance, figures, tables, CHECKS, stamp)


def test_the_page_is_well_formed_and_its_ids_are_its_own(report: str) -> None:
    page = Page()
    page.feed(report)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == "h1"
    assert page.headings.count("h1") == 1


def test_every_link_leads_to_a_place_on_the_page(report: str) -> None:
    page = Page()
    page.feed(report)
    assert page.links
    listings = {f"tables/{name}.html" for name in LISTINGS}
    assert listings < set(page.links)
    here = [link for link in page.links if link not in listings]
    assert [link for link in here if link[0] != "#" or link[1:] not in page.ids] == []


def test_the_page_loads_nothing(report: str) -> None:
    assert not re.search(r"""(?:src|srcset)=|@import|url\((?!#)|<script[^>]|<link""", report)


def test_the_page_begins_with_stamp_headline_figure_and_estimands(report: str, stamp: str) -> None:
    parts = ['class="stamp"', 'class="headline"', 'id="grotta_itt"', 'id="t_estimands"',
             'id="t_primary"', 'id="cutpoints"', 'id="t_brant"', 'id="forest_sensitivity"',
             'id="t_sensitivity"', 'id="tipping_point"', 'id="t_missing"', 'id="t_secondary"',
             'id="forest_subgroups"', 'id="t_subgroups"', 'id="km_death"', 'id="t_safety"',
             'id="t_ae_overview"', 'id="t_ae_special"', 'id="t_ae_soc_pt"', 'id="t_exposure"',
             'id="listings"', 'id="flow"', 'id="populations"', 'id="baseline"',
             'id="per-protocol"', 'id="methods"', 'id="assumptions"', 'id="queries"',
             'id="audit"']  # fmt: skip
    places = [report.index(part) for part in parts]
    assert places == sorted(places)
    assert report.count(stamp) > 10


def test_figures_are_named_for_those_who_cannot_see_them(report: str) -> None:
    assert report.count('role="img"') == len(FIGURES)
    assert 'aria-labelledby="consort-title" aria-describedby="consort-desc"' in report
    assert 'id="consort-title"' in report


def test_the_lock_stands_on_the_page_and_at_the_foot_of_every_sheet(report: str) -> None:
    header = report[report.index("<header>") : report.index("</header>")]
    assert '<p class="lock">NOT LOCKED</p>' in header
    running = report[report.index('<p class="running"') :].partition("</p>")[0]
    words = re.findall(r"<span>(.*?)</span>", running)
    assert words == ["IMPACT-LVO, NCT07141303", "NOT LOCKED", "REHEARSAL - NOT TRIAL RESULTS"]


def test_a_run_of_the_trial_has_its_lock_and_no_stamp(
    whole: Ard, small_plan: Plan, unblinded: dict[str, Any], figures: dict[str, str]
) -> None:
    report = build_report(
        whole,
        small_plan,
        unblinded,
        figures,
        build_tables(whole, small_plan, CHECKS, ""),
        CHECKS,
        "",
    )
    assert '<p class="lock">Locked on 2027-03-04 (first on 2027-02-11)</p>' in report
    assert "NOT LOCKED" not in report
    assert 'class="stamp"' not in report


def test_every_table_of_the_audit_is_on_the_page_and_linked(report: str) -> None:
    page = Page()
    page.feed(report)
    tables = [name for name in page.ids if re.fullmatch(r"t_audit_[a-z]+", name)]
    assert len(tables) == 6
    assert [name for name in tables if f"#{name}" not in page.links] == []
    assert "#audit" in page.links


def test_the_plan_is_closed_on_the_screen_and_open_on_paper(report: str) -> None:
    folded = re.findall(r"<details.*?</details>", report, re.DOTALL)
    assert sum('id="t_audit_settings"' in part for part in folded) == 1
    assert sum('id="t_ae_soc_pt"' in part for part in folded) == 1
    assert not any('id="t_estimands"' in part for part in folded)
    printed = report[report.index("@media print") :]
    assert "details::details-content { content-visibility: visible" in printed


def test_nothing_is_shown_as_python_or_json_holds_it(report: str) -> None:
    body = unescape(report[report.index("<body>") :])
    assert not re.search(r"""\{['"]|['"]\}|\{\}""", body)


def test_the_same_inputs_give_the_same_page(
    report: str,
    whole: Ard,
    small_plan: Plan,
    provenance: dict[str, Any],
    stamp: str,
    figures: dict[str, str],
) -> None:
    tables = build_tables(whole, small_plan, CHECKS, stamp)
    assert build_report(whole, small_plan, provenance, figures, tables, CHECKS, stamp) == report


def test_a_lacking_figure_is_named(
    whole: Ard, small_plan: Plan, provenance: dict[str, Any], figures: dict[str, str]
) -> None:
    fewer = {name: text for name, text in figures.items() if name != "consort"}
    with pytest.raises(AnalysisError, match="the report lacks the figure consort"):
        build_report(
            whole,
            small_plan,
            provenance,
            fewer,
            build_tables(whole, small_plan, CHECKS, ""),
            CHECKS,
            "",
        )


def test_assumptions_that_are_not_about_the_trial_are_named(plan: Plan, stamp: str) -> None:
    (footnote,) = build_assumptions(plan, stamp).footnotes
    assert "demo (the demonstration trial) and dummy_allocation" in footnote


def test_what_is_no_figure_is_refused() -> None:
    with pytest.raises(AnalysisError, match="consort is not an SVG"):
        inline_svg("<p>nothing</p>", "consort")
