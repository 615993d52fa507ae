"""Exports changed at random by the thousand: results, or a message for people."""

from __future__ import annotations

import pytest

from tests.properties.mutated_exports.analysed import make_trial, run_mutant
from tests.torture.conftest import Tell

FIRST = 100_000
"""Other seeds than those of the suite."""
WHOLE = 20
"""One in so many goes through all topics of analysis, models included."""


def test_no_export_brings_about_an_exception(pytestconfig: pytest.Config, tell: Tell) -> None:
    trial, number = make_trial(), pytestconfig.getoption("--mutants")
    faults: dict[str, str] = {}
    ends: dict[str, int] = {"results": 0, "stopped": 0, "fault": 0}
    for seed in range(FIRST, FIRST + number):
        try:
            how = run_mutant(trial, seed, whole=seed % WHOLE == 0)
            ends["results" if how == "results" else "stopped"] += 1
        except Exception as error:  # noqa: BLE001
            ends["fault"] += 1
            faults.setdefault(f"{type(error).__name__}: {error}", "; ".join(error.__notes__))
    tell(f"{number} exports: {ends}")
    assert faults == {}
