"""All ways to hide the allocation in an export; the suite tries some."""

from __future__ import annotations

import pytest

from tests.unit.edc.allocation.search.ways import WAYS, make_trial, search_changed

UNSEEN = 0.05
"""Share of the ways that may pass."""


def test_all_but_a_few_ways_are_found() -> None:
    trial = make_trial(210, 8)
    passed = [name for name, way in WAYS.items() if not search_changed(trial, way)]
    assert len(passed) <= UNSEEN * len(WAYS), passed


@pytest.mark.parametrize("name", [name for name in WAYS if name.startswith("values")])
def test_values_of_a_column_are_found_in_a_small_trial(name: str) -> None:
    assert search_changed(make_trial(60, 4), WAYS[name])
