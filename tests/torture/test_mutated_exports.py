"""Exports changed at random by the thousand: results, or a message for people."""

from __future__ import annotations

import pytest

from tests.properties.mutated_exports.analysed import Trial, make_trial, run_mutant
from tests.torture.conftest import MUTANTS, Tell

FIRST = 100_000
"""Other seeds than those of the suite."""
AT_ONCE = 50
WHOLE = 20
"""One in so many goes through all topics of analysis, models included."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    number = metafunc.config.getoption("mutants", MUTANTS)
    firsts = range(FIRST, FIRST + number, AT_ONCE)
    metafunc.parametrize(("first", "last"), [(i, min(i + AT_ONCE, FIRST + number)) for i in firsts])


@pytest.fixture(scope="module")
def trial() -> Trial:
    return make_trial()


def test_no_export_brings_about_an_exception(
    trial: Trial, first: int, last: int, tell: Tell
) -> None:
    faults: dict[str, str] = {}
    ends: dict[str, int] = {"results": 0, "stopped": 0, "fault": 0}
    for seed in range(first, last):
        try:
            how = run_mutant(trial, seed, whole=seed % WHOLE == 0)
            ends["results" if how == "results" else "stopped"] += 1
        except Exception as error:  # noqa: BLE001
            ends["fault"] += 1
            faults.setdefault(f"{type(error).__name__}: {error}", "; ".join(error.__notes__))
    tell(f"exports {first} to {last - 1}: {ends}")
    assert faults == {}
