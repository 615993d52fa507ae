"""Hemicraniectomy by preferred term, if the event is treatment-emergent."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import Derived, add, day, derive_cases

TERM = "Decompressive craniectomy"
CASES = {
    "on day 2": ({"AEDECOD": TERM, "AESTDTC": day(2)}, "Y"),
    "in capitals": ({"AEDECOD": TERM.upper(), "AESTDTC": day(2)}, "Y"),
    "before the first dose": ({"AEDECOD": TERM, "AESTDTC": day(-1)}, "N"),
    "after the last day": ({"AEDECOD": TERM, "AESTDTC": day(91)}, "N"),
    "another operation": ({"AEDECOD": "Craniotomy", "AESTDTC": day(2)}, "N"),
    "without a term": ({"AEDECOD": "", "AESTDTC": day(2)}, "N"),
}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(
        plan,
        {name: [add("ae", AESEQ="1", AETERM="as written", **cells)]
         for name, (cells, _) in CASES.items()},
    )  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_flag(derived: Derived, name: str) -> None:
    assert derived.values(name, "HEMICRFL") == (CASES[name][1],)
