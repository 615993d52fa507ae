"""An export changed at random gives results, or a message for people; never another exception."""

from __future__ import annotations

import pytest

from tests.properties.mutated_exports.analysed import Trial, make_trial, run_mutant

QUICK, WHOLE = range(6), range(5002, 5003)
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
