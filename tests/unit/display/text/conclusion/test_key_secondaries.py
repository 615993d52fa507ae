"""What table, abstract, checklist and methods say of key secondary outcomes that are tested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist.design import answer_further, answer_outcomes
from analysis.display.checklist.results import answer_effects
from analysis.display.prose.abstracts import build_abstracts
from analysis.display.prose.methods.primary import methods
from analysis.display.text.conclusion.key_secondaries import (
    name_outcome,
    read_key_secondaries,
    say_tests,
)
from tests.unit.display.tables.results_tables import TABLES

Records = list[dict[str, str]]
FIRST, SECOND, THIRD = "mrs_0_2_rr_adjusted", "eq5d", "nihss_d7_win_odds"
NAMES = {
    FIRST: "mRS 0-2 (adjusted risk ratio)",
    SECOND: "EQ-5D-5L utility at day 90 (difference in means)",
    THIRD: "NIHSS at day 7 (win odds)",
}
STATISTICS = ("p_value", "p_value_adjusted", "local_alpha", "tested", "rejected")
MIXED = {
    "primary": ("0.001", "0.001", "0.05", "1", "1"),
    FIRST: ("0.012", "0.012", "0.05", "1", "1"),
    SECOND: ("0.0496", "0.0496", "0.05", "1", "1"),
    THIRD: ("0.002", "0.21", "0.0", "0", "0"),
}
CLOSED = {
    "primary": ("0.3", "0.3", "0.05", "1", "0"),
    **dict.fromkeys(NAMES, ("0.01", "0.3", "0.0", "0", "0")),
}
GRAPH = {
    "procedure": "graphical",
    "weights": (0.5, 0.5, 0.0),
    "transitions": ((0.0, 0.25, 0.75), (1.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
}


def build_rows(values: dict[str, tuple[str, ...]]) -> Records:
    """The rows of the procedure as a run writes them."""
    return [
        {"analysis_id": "multiplicity", "population": "ITT", "group": "", "variable": "",
         "level": level, "stat_name": name, "stat": text, "method": "sequence", "warning": "",
         "allocation": "rehearsal"}
        for level, texts in values.items()
        for name, text in zip(STATISTICS, texts, strict=True)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def build_plan(small_plan: Plan) -> Callable[..., Plan]:
    """The small plan with a procedure over three outcomes."""

    def build(**settings: Any) -> Plan:
        update = {"procedure": "fixed_sequence", "outcomes": tuple(NAMES)} | settings
        testing = small_plan.inference.testing.model_copy(update=update)
        inference = small_plan.inference.model_copy(update={"testing": testing})
        return small_plan.model_copy(update={"inference": inference})

    return build


@pytest.fixture(scope="module")
def tested(build_plan: Callable[..., Plan]) -> Plan:
    return build_plan()


@pytest.fixture(scope="module")
def mixed(benefit: Records) -> Ard:
    """Two are rejected, the third is not tested."""
    return Ard.from_records([*benefit, *build_rows(MIXED)])


def test_outcomes_have_names(mixed: Ard, tested: Plan) -> None:
    assert {name: name_outcome(mixed, tested, name) for name in NAMES} == NAMES
    ids = tested.secondary.list_ids(tested.outcome.levels)
    assert len({name_outcome(mixed, tested, name) for name in ids}) == len(ids)


def test_the_table_says_what_was_tested(mixed: Ard, tested: Plan) -> None:
    table = TABLES["t_secondary"](mixed, tested, "")
    assert table.columns[-2:] == ("Testing", "Adjusted p")
    shown = [(row.group, *row.cells[-2:]) for row in table.rows if row.cells[-2]]
    assert [cells for _, *cells in shown] == [
        ["tested, rejected", "0.01"], ["not tested", "0.21"], ["tested, rejected", "0.0496"],
    ]  # fmt: skip
    assert [group[:8] for group, *_ in shown] == ["mRS 0-2", "NIHSS at", "EQ-5D-5L"]
    notes = " ".join(table.footnotes)
    assert "tested in this order behind the confirmatory analysis" in notes
    assert "All p-values are nominal" not in notes


def test_without_a_procedure_the_table_has_neither_column(whole: Ard, small_plan: Plan) -> None:
    table = TABLES["t_secondary"](whole, small_plan, "")
    assert table.columns[-1] == "p"
    assert "All p-values are nominal." in table.footnotes
    assert say_tests(whole, small_plan) == ""
    assert read_key_secondaries(whole, small_plan) == ()


def test_the_abstract_gives_effect_and_adjusted_p(mixed: Ard, tested: Plan) -> None:
    nejm, jama, lancet = (one.text for one in build_abstracts(mixed, tested, ""))
    for text in (nejm, jama, lancet):
        assert "Of the key secondary outcomes, tested in a fixed sequence, a difference was" in text
        assert "; NIHSS at day 7 (win odds) was not tested." in text
        assert "no difference was shown for" not in text
    assert "mRS 0-2 (adjusted risk ratio, " in jama
    assert "; adjusted P=0.01) and EQ-5D-5L utility at day 90 (difference in means, " in nejm
    assert "; adjusted P = .0496)" in jama
    assert "; adjusted p=0·0496)" in lancet
    assert ("for mRS 0 to 2 (" in nejm, "for mRS 0–2 (" in lancet) == (True, True)
    assert jama.endswith("confirmatory one and the adjusted ones are nominal.")
    assert "are not adjusted for multiplicity" in nejm


def test_a_closed_gate_is_said(benefit: Records, tested: Plan) -> None:
    ard = Ard.from_records([*benefit, *build_rows(CLOSED)])
    for one in build_abstracts(ard, tested, ""):
        assert "did not reject, no key secondary outcome was tested (mRS 0-2" in one.text
        assert "adjusted P" not in one.text
    assert say_tests(ard, tested).count("not tested, adjusted p = 0.30") == 3


def test_an_outcome_without_a_p_value(benefit: Records, tested: Plan) -> None:
    values = MIXED | {SECOND: ("", "", "0.05", "0", "0")}
    ard = Ard.from_records([*benefit, *build_rows(values)])
    assert f"{NAMES[SECOND]}: not tested, adjusted p not estimable" in say_tests(ard, tested)
    cells = [row.cells[-2:] for row in TABLES["t_secondary"](ard, tested, "").rows]
    assert ("not tested", "not estimable") in cells


def test_the_checklist_says_it(mixed: Ard, tested: Plan, whole: Ard, small_plan: Plan) -> None:
    assert "key ones, tested behind the primary: mRS 0-2 (adj" in answer_outcomes(mixed, tested)
    found = answer_effects(mixed, tested)
    assert f"{NAMES[FIRST]}: tested, rejected, adjusted p = 0.01" in found
    assert f"{NAMES[THIRD]}: not tested, adjusted p = 0.21." in found
    assert "fixed sequence" in answer_further(mixed, tested)
    for text in (answer_outcomes(whole, small_plan), answer_effects(whole, small_plan)):
        assert "ey secondary" not in text
        assert "key ones" not in text


def test_the_methods_describe_the_procedure(
    mixed: Ard, tested: Plan, build_plan: Callable[..., Plan], small_plan: Plan
) -> None:
    text = dict(methods(mixed, tested))["Multiplicity"]
    assert f"until one is not rejected: {', then '.join(NAMES.values())}; adjusted" in text
    assert text.endswith("every p-value that is neither is nominal.")
    text = dict(methods(mixed, build_plan(**GRAPH)))["Multiplicity"]
    first, second, third = NAMES.values()
    assert (
        f"; alpha goes on, of the confirmatory analysis 50% to {first} and 50% to {second}; "
        in text
    )
    assert f"of {first}, once rejected, 25% to {second} and 75% to {third}; " in text
    assert f"of {third}, once rejected, nowhere; " in text
    plain = dict(methods(mixed, small_plan))["Multiplicity"]
    assert plain == "There is one primary analysis; every other p-value is nominal."
