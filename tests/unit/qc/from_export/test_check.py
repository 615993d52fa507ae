"""The check from the export agrees with a right run, and finds whatever is wrong in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.config import Mapping, load_plan
from analysis.io.verdicts import Verdict
from analysis.qc import EngineNumbers
from tests.unit.qc.from_export.exported_trial import (
    Derived,
    ExportedTrial,
    describe_differing,
    find_differing,
    list_records,
)

REFERENCE = Path(__file__).parents[3] / "reference"
CONFIG = REFERENCE.parents[1] / "config"
ANOTHER: dict[str, Callable[[Any], Any]] = {
    "RANDDTM": lambda value: value + timedelta(days=1),
    "TRT01P": lambda value: {"MPSS": "PLACEBO", "PLACEBO": "MPSS"}[value],
    "DTHFL": lambda value: {"Y": "N", "N": "Y"}[value],
    "DTHDT": lambda value: value + timedelta(days=1),
    "MRS90": lambda value: (value + 1) % 7,
    "MRS90RUL": lambda value: {"a": "b", "b": "a", "c": "d", "d": "c"}[value],
}
"""By variable of ADSL, another value than the right one; flags are turned."""
UNREAD = ("IVT", "TOAST", "SBP", "DBP", "SMOKE", "HTN", "DIAB", "AFIB", "CAD", "STROKEHX",
          "OCCSIDE", "ANTIPLT", "MRSMODE")  # fmt: skip
"""Columns of these tables that decide nothing here."""
FLAGS = (
    "DTH90FL", "SICH48FL", "SICHUNFL", "ICH48FL", "PH48FL", "ICHUNFL", "ICH1AFL", "ICH2FL", "SAFFL",
    "PPROTFL",
)  # fmt: skip
ANOTHER |= dict.fromkeys(FLAGS, ANOTHER["DTHFL"])
ANOTHER["TRT01A"] = ANOTHER["TRT01P"]


def test_a_right_run_agrees_in_everything(trial: ExportedTrial, derived: Derived) -> None:
    found = trial.check(derived)
    assert describe_differing(found) == []
    assert {item.verdict for item in found} == {Verdict.AGREES}
    ids = {item.analysis_id for item in found}
    assert ids == {
        "ADSL", "ADAE", "ppreasons", "populations", "mrs_distribution", "pp_reasons", "death_90d",
        "sich_48h", "ich_any_48h", "ph_48h", "ae_overview", "queries",
    }  # fmt: skip


def test_a_blinded_run_agrees_and_takes_the_arms_as_drawn(trial: ExportedTrial) -> None:
    blinded = replace(trial, lists=None)
    found = blinded.check(blinded.run())
    assert describe_differing(found) == []


@pytest.mark.parametrize("has_lists", [True, False])
def test_another_trial_agrees(mapping: Mapping, has_lists: bool) -> None:
    folder = REFERENCE / "second_trial"
    lists = folder / "lists" if has_lists else None
    second = ExportedTrial(folder / "export", lists, mapping, load_plan(folder / "plan.yaml"))
    assert describe_differing(second.check(second.run())) == []


def test_the_boundary_cases_of_the_plan_agree(mapping: Mapping) -> None:
    """197 subjects stand for one boundary each; one has a death that no record dates in full."""
    folder = REFERENCE / "trial"
    plan = load_plan(CONFIG / "trial.yaml")
    cases = ExportedTrial(folder / "export", folder / "lists", mapping, plan)
    found = cases.check(cases.run())
    assert describe_differing(found) == []
    assert [item.reason for item in found if item.verdict is Verdict.NOT_CHECKED] == []


# --- one value wrong -----------------------------------------------------------------------------


def test_one_wrong_value_of_any_variable_is_found_and_its_subject_named(
    trial: ExportedTrial, derived: Derived
) -> None:
    adsl, wrong = derived.adsl.copy(), {}
    for number, (variable, change) in enumerate(ANOTHER.items()):
        row = adsl.index[adsl[variable].notna()][number]
        adsl.loc[row, variable] = change(adsl.loc[row, variable])
        wrong[f"ADSL / ITT / {variable} / subjects"] = adsl.loc[row, "SUBJID"]
    found = find_differing(trial.check(replace(derived, adsl=adsl)))
    assert set(found) == set(wrong)
    for name, subject in wrong.items():
        assert found[name].difference == "1"
        assert found[name].reason.startswith(f"1 subject ({subject}): ")
        assert ".csv, column " in found[name].reason
        assert "(SAP " in found[name].reason


def test_two_values_exchanged_are_found_though_the_counts_agree(
    trial: ExportedTrial, derived: Derived
) -> None:
    adsl = derived.adsl.copy()
    for variable in ANOTHER:
        first = adsl.index[adsl[variable].notna()][0]
        is_other = adsl[variable].notna() & (adsl[variable] != adsl.loc[first, variable])
        second = adsl.index[is_other][0]
        values = adsl.loc[first, variable], adsl.loc[second, variable]
        adsl.loc[first, variable], adsl.loc[second, variable] = values[1], values[0]
    found = find_differing(trial.check(replace(derived, adsl=adsl)))
    assert set(found) == {f"ADSL / ITT / {variable} / subjects" for variable in ANOTHER}
    assert {(item.difference, item.engine == item.check) for item in found.values()} == {
        ("2", True)
    }


def test_a_subject_too_few_or_too_many_is_found(trial: ExportedTrial, derived: Derived) -> None:
    shorter = replace(derived, adsl=derived.adsl.iloc[1:])
    gone = derived.adsl["SUBJID"].iloc[0]
    found = find_differing(trial.check(shorter))
    assert f"({gone})" in found["ADSL / ITT / RANDDTM / subjects"].reason
    stranger = derived.adsl.iloc[:1].assign(SUBJID="99-999")
    longer = replace(derived, adsl=pd.concat([derived.adsl, stranger], ignore_index=True))
    found = find_differing(trial.check(longer))
    assert "(99-999)" in found["ADSL / ITT / RANDDTM / subjects"].reason


def test_every_reason_that_is_wrong_is_found(trial: ExportedTrial, derived: Derived) -> None:
    subject = derived.adsl.loc[derived.adsl["PPROTFL"] == "Y", "SUBJID"].iloc[0]
    codes = trial.plan.per_protocol.reasons
    first = derived.reasons.drop_duplicates("CODE")
    added = pd.DataFrame({"SUBJID": subject, "CODE": codes, "VALUE": "", "REASON": ""})
    for reasons, expected in (
        (derived.reasons.drop(first.index), set(first["CODE"])),
        (pd.concat([derived.reasons, added], ignore_index=True), set(codes)),
    ):
        found = find_differing(trial.check(replace(derived, reasons=reasons)))
        assert set(found) == {f"ppreasons / ITT / {code} / subjects" for code in expected}


def test_every_event_that_is_wrong_is_found(trial: ExportedTrial, derived: Derived) -> None:
    adae = derived.adae
    counts = (adae["AESER"] == "Y") & (adae["TRTEMFL"] == "Y")
    row = adae.index[counts][3]
    who = f"1 subject ({adae.loc[row, 'SUBJID']}): ae.csv"
    kinds = ("all", "serious", "serious, treatment-emergent")
    for change, differing in (
        (adae.drop(row), kinds),
        (adae.assign(AESER=adae["AESER"].where(adae.index != row, "N")), kinds[1:]),
        (adae.assign(TRTEMFL=adae["TRTEMFL"].where(adae.index != row, "N")), kinds[2:]),
    ):
        found = find_differing(trial.check(replace(derived, adae=change)))
        assert set(found) == {f"ADAE / ITT / {kind} / subjects with events" for kind in differing}
        assert all(item.reason.startswith(who) for item in found.values())


def test_every_number_off_by_one_is_found(trial: ExportedTrial, derived: Derived) -> None:
    records = list_records(derived.adsl, derived.adae, derived.reasons, trial.plan)
    wrong = [
        {**row, "stat": str(int(row["stat"]) + 1)} if row["stat"].isdigit() else row
        for row in records
    ]
    found = trial.check(replace(derived, engine=EngineNumbers.from_records(wrong)))
    by_subject = ("ADSL", "ADAE", "ppreasons", "queries")
    numbers = [item for item in found if item.analysis_id not in by_subject]
    assert len(numbers) > 100
    assert {item.verdict for item in numbers} == {Verdict.DIFFERS}
    assert all(".csv, column " in item.reason for item in numbers)
    without = EngineNumbers.from_records(records[:1])
    lacking = find_differing(trial.check(replace(derived, engine=without)))
    assert all("ard.csv holds no such statistic" in item.reason for item in lacking.values())


def test_a_loss_that_no_query_tells_of_is_found(trial: ExportedTrial, derived: Derived) -> None:
    queries = derived.queries[derived.queries["table"].isin(["mrs", "ae", "bl"])]
    for rule, what in {
        "type": "cells not understood",
        "code_list": "cells not understood",
        "missing_key": "values missing that identify a row",
        "unknown_subject": "rows of subjects not randomised",
    }.items():
        own = queries[(queries["rule"] == rule) & ~queries["column"].isin(UNREAD)]
        told = derived.queries.drop(own.index[:1])
        (comparison,) = find_differing(trial.check(replace(derived, queries=told))).values()
        subject = own["key"].iloc[0].partition(";")[0].removeprefix("SUBJID=")
        assert comparison.name == f"queries / {own['table'].iloc[0]} / {what}"
        assert comparison.difference == "1"
        assert subject in comparison.reason
