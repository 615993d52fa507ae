"""Levels of the subgroup factors at every cut point and code (SAP 8.4)."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import Derived, derive_cases, moment, put

CASES: dict[str, tuple[str, dict[str, str], str | None]] = {
    "AGEGR1 69": ("dm", {"AGE": "69"}, "<70"),
    "AGEGR1 70": ("dm", {"AGE": "70"}, ">=70"),
    "AGEGR1 missing": ("dm", {"AGE": ""}, None),
    "NIHSSGR1 15": ("bl", {"NIHSSBL": "15"}, "<=15"),
    "NIHSSGR1 16": ("bl", {"NIHSSBL": "16"}, ">15"),
    "NIHSSGR1 missing": ("bl", {"NIHSSBL": ""}, None),
    "ASPGR1 5": ("bl", {"ASPECTS": "5"}, "<6"),
    "ASPGR1 6": ("bl", {"ASPECTS": "6"}, ">=6"),
    "LKWRGR1 6 h": ("bl", {"LKWDTC": moment(hours=-6)}, "<=6 h"),
    "LKWRGR1 6 h and a minute": ("bl", {"LKWDTC": moment(hours=-6, minutes=-1)}, ">6 h"),
    "LKWRGR1 missing": ("bl", {"LKWDTC": ""}, None),
    "PASSGR1 0": ("evt", {"PASSES": "0"}, "0-1"),
    "PASSGR1 1": ("evt", {"PASSES": "1"}, "0-1"),
    "PASSGR1 2": ("evt", {"PASSES": "2"}, ">1"),
    "ETICIGR1 2A": ("evt", {"ETICI": "2A"}, None),
    "ETICIGR1 2B50": ("evt", {"ETICI": "2B50"}, "2b"),
    "ETICIGR1 2B67": ("evt", {"ETICI": "2B67"}, "2b"),
    "ETICIGR1 2C": ("evt", {"ETICI": "2C"}, "2c-3"),
    "ETICIGR1 3": ("evt", {"ETICI": "3"}, "2c-3"),
    "ETICIGR1 missing": ("evt", {"ETICI": ""}, None),
}
"""Column and case: table, cells, level."""


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(
        plan, {name: [put(table, **cells)] for name, (table, cells, _) in CASES.items()}
    )


@pytest.mark.parametrize("name", CASES)
def test_level(derived: Derived, name: str) -> None:
    assert derived.value(name, name.split()[0]) == CASES[name][2]


def test_several_cuts_and_other_labels_come_from_the_plan(plan: Plan) -> None:
    age = plan.subgroups.factors[0]
    changes: dict[str, Any] = {"cuts": (65.0, 75.0), "at_cut": "lower", "levels": ("a", "b", "c")}
    subgroups = plan.subgroups.model_copy(update={"factors": (age.model_copy(update=changes),)})
    changed = plan.model_copy(update={"subgroups": subgroups})
    cases = {number: [put("dm", AGE=number)] for number in ("65", "66", "75", "76")}
    derived = derive_cases(changed, cases)
    assert [derived.value(number, "AGEGR1") for number in cases] == ["a", "b", "b", "c"]
