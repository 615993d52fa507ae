"""Tables of the supportive analyses: signs of numbers needed, what is not run, reasons."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.table import Table
from analysis.display.text.hierarchy import name_level
from tests.projects.made_up_results.frame import Frame
from tests.unit.display.tables.results_tables import TABLES

NEEDED = ("number_needed", "number_needed_low", "number_needed_high")
IDS = ("t_hierarchical", "t_patients", "t_randomisation", "t_unconditional")


def build(name: str, frame: Frame, plan: Plan, *run: str) -> Table:
    """The table of a plan that runs these analyses alone, of a trial without a missing outcome."""
    frame.add("missing_outcome", "ITT", {"N": 99}, "", "MRS")
    for level in ("", "KNOWN ALIVE", "DIED LATER", "STATUS UNKNOWN", "OUT OF WINDOW"):
        frame.add("missing_outcome", "ITT", {"n": 0}, "", "MRS", level)
    content = plan.model_dump()
    content["analyses"]["run"] = run
    content["co_reported"]["cut_points"] = (1,)
    return TABLES[name](Ard.from_records(frame.records), Plan.model_validate(content), "")


def cells(table: Table) -> Mapping[str, tuple[str, ...]]:
    return {row.label: row.cells for row in table.rows}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((20.0, 50.0, 10.0), "NNTB 20.0 (NNTB 10.0 to NNTB 50.0)"),
        ((-20.0, -10.0, -50.0), "NNTH 20.0 (NNTH 10.0 to NNTH 50.0)"),
        ((50.0, -25.0, 5.0), "NNTB 50.0 (NNTH 25.0 to ∞ to NNTB 5.0)"),
        ((None, -8.0, 8.0), "∞ (NNTH 8.0 to ∞ to NNTB 8.0)"),
        ((None, None, None), "not estimable"),
    ],
)
def test_a_number_needed_says_its_side(
    plan: Plan, numbers: tuple[float | None, ...], shown: str
) -> None:
    frame = Frame()
    named = dict(zip(NEEDED, numbers, strict=True))
    frame.add_effect("number_needed", "ITT", (0.05, -0.04, 0.2, 0.2), "inverse", level="1")
    for level in ("1", "win_probability"):
        frame.add("number_needed", "ITT", named, "", "MRS", level)
    table = cells(build("t_patients", frame, plan, "number_needed"))
    assert table["mRS 0-1"][3:] == ("5.0 (-4.0 to 20.0)", shown)
    assert table["A better mRS, by win probability"][4] == shown


def test_a_level_that_was_not_collected_holds_no_number(plan: Plan) -> None:
    frame = Frame()
    shares = {"decided": 0.7, "pct_won": 40.0, "pct_lost": 30.0, "pct_open": 30.0}
    for level in ("death", "mrs", ""):
        frame.add("win_ratio", "ITT", {**shares, "n_observed": 90}, "", "MRS", level)
    unknown = dict.fromkeys((*shares, "n_observed"))
    said = "not collected: eq.EQMO"
    frame.add("win_ratio", "ITT", unknown, "", "EQ5DUTIL", "eq5d", warning=said)
    frame.add("win_ratio", "ITT", {"n": 96})
    for name in ("win_ratio", "win_odds_hierarchical", "net_benefit"):
        frame.add_effect(name, "ITT", (1.2, 0.9, 1.6, 0.2), "pairs")
    table = build("t_hierarchical", frame, plan, "win_ratio")
    assert cells(table)["EQ-5D-5L utility at day 90"][:2] == ("not collected", "not collected")
    assert cells(table)["Death by day 90"][:5] == ("90", "70.0", "40.0", "30.0", "30.0")
    assert cells(table)["Net benefit, %"][5] == "120.0 (90.0 to 160.0)"
    assert any("eq.EQMO" in note for note in table.footnotes)
    dropped = "EQ-5D-5L utility at day 90: nobody has a value; the level drops out."
    assert dropped in table.footnotes


def test_a_test_that_compares_nothing_gives_its_reason(plan: Plan) -> None:
    frame = Frame()
    frame.add("van_elteren", "ITT", {"n": 96}, method="rank sums within strata")
    frame.add(
        "van_elteren", "ITT", {"p_value": None, "statistic": None},
        method="rank sums within strata", warning="not estimable: no stratum has both arms",
    )  # fmt: skip
    table = build("t_randomisation", frame, plan, "van_elteren")
    assert cells(table)["van Elteren test"] == ("96", "", "", "", "", "not estimable", "")
    assert "van Elteren test: no stratum has both arms." in table.footnotes
    assert "The plan does not run the Re-randomisation test." in table.footnotes


@pytest.mark.parametrize(
    ("term", "heading"), [("AGE", "Given the covariates"), ("arm", "Without covariates")]
)
def test_effects_over_all_subjects_stand_beside_those_of_the_model(
    plan: Plan, term: str, heading: str
) -> None:
    frame = Frame()
    frame.add("primary_coefficients", "ITT", {"estimate": 1.1}, "", "MRS", term)
    for name in ("primary", "primary_robust", "marginal_common_odds", "marginal_win_odds"):
        frame.add(name, "ITT", {"n": 96}, "", "MRS")
    frame.add("marginal_rd", "ITT", {"n": 96}, "", "MRS")
    frame.add_effect("primary", "ITT", (1.6, 1.2, 2.1, 0.002), "adjusted")
    frame.add_effect("primary_robust", "ITT", (1.6, 1.1, 2.3, 0.02), "HC0")
    frame.add_effect("marginal_common_odds", "ITT", (1.5, 1.1, 2.0, 0.01), "over all")
    frame.add_effect("marginal_win_odds", "ITT", (1.3, 1.1, 1.6, 0.01), "over all")
    frame.add("marginal_win_odds", "ITT", {"win_probability": 0.565}, "", "MRS")
    frame.add_effect("marginal_rd", "ITT", (0.05, -0.02, 0.12, 0.2), "over all", level="1")
    table = build("t_unconditional", frame, plan, "unconditional")
    assert [(row.section, row.label, row.cells[1]) for row in table.rows] == [
        (heading, "Common odds ratio", "1.60 (1.20 to 2.10)"),
        (heading, "Common odds ratio, robust error", "1.60 (1.10 to 2.30)"),
        ("Over all subjects", "Common odds ratio", "1.50 (1.10 to 2.00)"),
        ("Over all subjects", "Win odds", "1.30 (1.10 to 1.60)"),
        ("Over all subjects", "mRS 0-1, risk difference, %", "5.0 (-2.0 to 12.0)"),
    ]
    assert "Win probability over all subjects: 0.565." in table.footnotes


@pytest.mark.parametrize("name", IDS)
def test_a_plan_without_them_says_so(plan: Plan, name: str) -> None:
    table = build(name, Frame(), plan)
    assert table.rows == ()
    assert any(note.startswith("The plan does not run") for note in table.footnotes)


def test_a_level_is_named_with_its_margin(plan: Plan) -> None:
    content = plan.model_dump()
    margins = (("death", 7.0), ("mrs", 1.0), ("eq5d", 0.05), ("nihss_d7", 0.0))
    content["supportive"]["hierarchy"] = tuple(
        {"outcome": outcome, "margin": margin} for outcome, margin in margins
    )
    changed = Plan.model_validate(content)
    assert [name_level(level, changed) for level in changed.supportive.hierarchy] == [
        "Death by day 90, by more than 7 days", "mRS at day 90, by more than 1 levels",
        "EQ-5D-5L utility at day 90, by more than 0.05 units", "NIHSS at day 7",
    ]  # fmt: skip
