"""An export changed at random gives results, or a message for people; never another exception."""

from __future__ import annotations

import pytest

from tests.properties.mutated_exports.analysed import Trial, make_trial, run_mutant

QUICK, WHOLE = range(6), range(5002, 5003)
HALF_UNREADABLE = 100_996
"""Seeds. Thousands of others: ``make torture`` (``tests/torture/test_mutated_exports.py``)."""


@pytest.fixture(scope="module")
def trial() -> Trial:
    return make_trial()


@pytest.mark.parametrize("seed", QUICK)
def test_quick_topics(trial: Trial, seed: int) -> None:
    assert run_mutant(trial, seed, whole=False)


@pytest.mark.parametrize("seed", WHOLE)
def test_all_topics(trial: Trial, seed: int) -> None:
    assert run_mutant(trial, seed, whole=True)


def test_half_a_column_unreadable_stops_with_its_name(trial: Trial) -> None:
    """The hour 24 of half of the dates of death: the check stops the run and says what to mend."""
    assert "column DTHDTC: 6 of 12 cells hold nothing" in run_mutant(
        trial, HALF_UNREADABLE, whole=False
    )
