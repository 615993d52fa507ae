"""What the independent check found, as the report shows it: nothing before a failure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.outline.displays import FIGURES
from analysis.display.report.page import build_report
from analysis.display.report.tables import build_tables
from analysis.display.tables.trial.quality import build_failed, build_quality, verdict_sentence
from analysis.io.verdicts import Comparison, Verdict

AGREES = Comparison(
    "primary", "ITT", "", "", "estimate", "1.36", "1.36", "0", "relative", "1e-08",
    "another implementation", Verdict.AGREES, "",
)  # fmt: skip
DIFFERS = replace(
    AGREES, stat_name="ci_low", engine="1.0901", check="1.08", difference="0.0094",
    verdict=Verdict.DIFFERS,
)  # fmt: skip
WITHOUT = replace(
    AGREES, analysis_id="sich_48h_rr", population="SAF", engine="", check="", difference="",
    verdict=Verdict.NOT_CHECKED, reason="not estimable by both: no event in an arm",
)  # fmt: skip
UNSURE = replace(
    AGREES, analysis_id="queries", population="", level="ich", engine="0", check="0",
    verdict=Verdict.NOT_CHECKED, reason="ich.csv, column SICH: the column is empty",
)  # fmt: skip
FIGURE = "<svg><title>a</title><desc>b</desc></svg>"


def build_page(
    checks: tuple[Comparison, ...], ard: Ard, plan: Plan, provenance: dict[str, Any]
) -> str:
    tables = build_tables(ard, plan, checks, provenance["stamp"])
    figures = dict.fromkeys(FIGURES, FIGURE)
    return build_report(ard, plan, provenance, figures, tables, checks, provenance["stamp"])


def test_every_comparison_is_a_row_with_both_values(plan: Plan, stamp: str) -> None:
    table = build_quality((AGREES, DIFFERS, WITHOUT), plan, stamp)
    assert [row.section for row in table.rows] == ["primary (ITT)"] * 2 + ["sich_48h_rr (SAF)"]
    assert [row.cells for row in table.rows] == [
        ("1.36", "1.36", "0", "1e-08", "agrees"),
        ("1.0901", "1.08", "0.0094 relative", "1e-08", "differs"),
        ("not estimable", "not estimable", "", "1e-08",
         "not checked: not estimable by both: no event in an arm"),
    ]  # fmt: skip


def test_only_what_differs_has_failed(plan: Plan, stamp: str) -> None:
    assert build_failed((AGREES, WITHOUT), plan, stamp).rows == ()
    failed = build_failed((AGREES, DIFFERS), plan, stamp)
    assert [row.label for row in failed.rows] == ["ci_low"]


def test_the_sentence_counts_what_was_compared() -> None:
    counted = "2 statistics recomputed by a second implementation"
    assert verdict_sentence((AGREES, AGREES)) == f"{counted}: all agree."
    assert verdict_sentence((AGREES, DIFFERS)) == f"{counted}: 1 of them differs."
    assert verdict_sentence((AGREES, AGREES, WITHOUT)) == (
        f"{counted}: all agree. 1 more are not estimable by either."
    )
    assert verdict_sentence((AGREES, AGREES, WITHOUT, UNSURE)) == (
        f"{counted}: all agree. 1 more are not estimable by either. 1 more are not checked; the "
        "table says why."
    )


def test_a_comparison_of_no_set_is_headed_by_its_name_alone(plan: Plan, stamp: str) -> None:
    (row,) = build_quality((UNSURE,), plan, stamp).rows
    assert row.section == "queries"


def test_a_page_whose_check_fails_begins_with_that(
    whole: Ard, small_plan: Plan, provenance: dict[str, Any]
) -> None:
    page = build_page((AGREES, DIFFERS), whole, small_plan, provenance)
    body = page[page.index("<body>") : page.index("<h1")]
    assert "The independent check fails" in body
    assert "Nothing on this page is a result." in body
    assert body.index("1.0901") < body.index("1.08<")
    assert "FAILED CHECK" in page[: page.index("</title>")]


def test_a_page_whose_check_agrees_says_so_near_its_front(
    whole: Ard, small_plan: Plan, provenance: dict[str, Any]
) -> None:
    page = build_page((AGREES,), whole, small_plan, provenance)
    assert "FAILED" not in page
    assert "check fails" not in page
    sentence = "1 statistics recomputed by a second implementation: all agree."
    assert page.index('class="headline"') < page.index(sentence) < page.index('id="methods"')
    assert 'href="#twice"' in page
