"""Ways to hide the allocation in an export: all but a few are found.

Every third way is tried here, all of them in ``tests/torture/test_hidden_allocation.py``.
"""

from __future__ import annotations

import pytest

from tests.unit.edc.allocation.search.ways import WAYS, make_trial, search_changed

SMALL = [name for name in WAYS if name.startswith("values")][::3]


@pytest.mark.parametrize("name", SMALL)
def test_values_of_a_column_are_found_in_a_small_trial(name: str) -> None:
    assert search_changed(make_trial(60, 4), WAYS[name])


def test_a_finding_shows_counts_and_no_cell() -> None:
    trial = make_trial(210, 8)
    (finding,) = search_changed(trial, WAYS["a suffix"])
    assert (finding.file, finding.shown) == ("dm.csv", "column X1")
    assert " subjects, " in finding.reason
    assert not any(subject in finding.reason for subject in trial.treated)
