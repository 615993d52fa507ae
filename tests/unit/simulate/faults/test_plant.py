"""Every fault is planted and noted, none stops a run, none hides another."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.config import Plan
from analysis.edc.queries import Rule
from analysis.simulate import SimulatedTrial, simulate_trial
from analysis.simulate.faults.plant import FAULTS

REASONS = [
    "IE",
    "IN01",
    "IN02",
    "IN03",
    "IN04",
    "IN05",
    "IN06",
    "IN07",
    "EX02",
    "EX06",
    "EX08",
    "EX10",
    "EX14",
    "EX15A",
    "EX15B",
    "DOSEIA",
    "DOSEIV",
    "KIT",
    "DV",
    "NOMRS",
    "WINDOW",
]
# Files and columns that are not there, deaths that no table dates or that are none: not planted.
NOT_PLANTED = {
    Rule.MISSING_COLUMN,
    Rule.EXTRA_FILE,
    Rule.EMPTY_TABLE,
    Rule.EMPTY_COLUMN,
    Rule.NOT_COLLECTED,
    Rule.PLAUSIBLE_DATES,
    Rule.SITE_UNKNOWN,
    Rule.SITE_DIFFERS,
    Rule.UNFORMATTED_DATE,
    Rule.MISSING_CODE,
    Rule.READ_AS,
    Rule.EMPTY_BLOCK,
    Rule.NOT_TAKEN,
    Rule.UNPRINTABLE,
    Rule.DEATH_WITHOUT_DATE,
    Rule.MRS6_CONTRADICTED,
}

DemoPlan = Callable[..., Plan]


def test_names_are_unique() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))


def test_every_fault_is_in_the_ledger(trial: SimulatedTrial) -> None:
    assert set(trial.ledger["FAULT"]) == {fault.name for fault in FAULTS} | {"missing_outcome"}


@pytest.mark.parametrize("n", [210, 1060])
def test_every_reason_of_the_plan_is_expected(demo_plan: DemoPlan, n: int) -> None:
    ledger = simulate_trial(demo_plan(n=n, sites=8)).ledger
    assert {f"reason:{code}" for code in REASONS} <= set(ledger["EXPECT"])


def test_every_rule_is_expected(trial: SimulatedTrial) -> None:
    rules = {f"query:{rule}" for rule in set(Rule) - NOT_PLANTED}
    assert {text for text in trial.ledger["EXPECT"] if text.startswith("query")} == rules


def test_expectations_are_of_the_three_kinds(trial: SimulatedTrial) -> None:
    kinds = trial.ledger["EXPECT"].str.extract(r"^(query|reason|mrs):([A-Za-z0-9_]+)$")
    assert kinds.notna().all(axis=None)
    scores = kinds.loc[kinds[0] == "mrs", 1]
    assert set(scores) <= {"missing", *"0123456"}


def test_ledger_names_columns_of_the_export(trial: SimulatedTrial) -> None:
    for table, column in (
        trial.ledger[["TABLE", "COLUMN"]].drop_duplicates().itertuples(index=False)
    ):
        assert column == "" or column in trial.tables[table].columns


def test_one_fault_per_subject_in_the_full_trial(trial: SimulatedTrial) -> None:
    own = trial.ledger[trial.ledger["SUBJID"] != ""]
    assert own.groupby("SUBJID")["FAULT"].nunique().max() == 1


def test_rate_is_kept(trial: SimulatedTrial, plan: Plan) -> None:
    expected = max(1, round(plan.demo.fault_rate * plan.demo.n))
    counts = trial.ledger.groupby("FAULT")["SUBJID"].nunique()
    assert counts["age_above_limit"] == expected
    assert counts["visit_late"] == round(3 * plan.demo.fault_rate * plan.demo.n)
    assert counts["column_of_no_layout"] == 1


def test_nothing_that_stops_a_run(trial: SimulatedTrial) -> None:
    rand = trial.tables["rand"]
    assert rand["RANDNO"].is_unique
    assert not (rand[["RANDNO", "RANDDTC"]] == "").any(axis=None)
    assert set(rand["RANDNO"]) <= set(trial.lists["randomisation_list"]["RANDNO"])
    for name in ("dm", "rand", "bl", "evt", "ds", "dd"):
        rows = trial.tables[name].drop_duplicates()
        assert rows["SUBJID"].is_unique


def test_without_faults_only_missing_outcomes_are_noted(demo_plan: DemoPlan, plan: Plan) -> None:
    ledger = simulate_trial(demo_plan(fault_rate=0.0)).ledger
    assert set(ledger["FAULT"]) == {"missing_outcome"}
    assert set(ledger["EXPECT"]) == {"reason:NOMRS", "mrs:missing"}


def test_faults_leave_other_subjects_alone(trial: SimulatedTrial, demo_plan: DemoPlan) -> None:
    bare = simulate_trial(demo_plan(fault_rate=0.0))
    touched = set(trial.ledger["SUBJID"])
    for name in ("dm", "ex", "mrs", "ae"):
        with_faults, without = (
            t[~t["SUBJID"].isin(touched)].reset_index(drop=True)
            for t in (trial.tables[name], bare.tables[name])
        )
        pd.testing.assert_frame_equal(with_faults, without)


def test_kit_of_other_arm_is_on_the_list(trial: SimulatedTrial) -> None:
    arm_of_kit = trial.lists["kit_list"].set_index("KITNO")["ARM"]
    arm_of_number = trial.lists["randomisation_list"].set_index("RANDNO")["ARM"]
    randno = trial.tables["rand"].set_index("SUBJID")["RANDNO"]
    ex = trial.tables["ex"]
    used = ex[ex["EXKIT"].isin(arm_of_kit.index)]
    other = used["EXKIT"].map(arm_of_kit) != used["SUBJID"].map(randno).map(arm_of_number)
    swapped = trial.ledger.loc[trial.ledger["EXPECT"] == "reason:KIT", "SUBJID"]
    assert set(used.loc[other, "SUBJID"]) == set(swapped)


def test_faults_fit_in_whatever_the_rate(demo_plan: DemoPlan) -> None:
    trial = simulate_trial(demo_plan(n=120, sites=4, fault_rate=0.5))
    assert len(trial.tables["rand"]) == 120
