"""Ways to hide the allocation in an export: all but a few are found, in trials of three sizes."""

from __future__ import annotations

import pytest

from tests.unit.edc.allocation.search.ways import WAYS, make_trial, search_changed

UNSEEN = 0.05
"""Share of the ways that may pass."""
SEEN_BY_WORDS = ("MPSS", "placebo", "label", "note", "words")


def test_all_but_a_few_ways_are_found() -> None:
    """In the smallest trial, in which a pattern is hardest to tell from chance."""
    trial = make_trial(60, 4)
    passed = [name for name, way in WAYS.items() if not search_changed(trial, way)]
    assert len(passed) <= UNSEEN * len(WAYS), passed


@pytest.mark.parametrize("name", ["values '0' and '1'", "2 % exchanged", "odd and even kits",
                                  "order of rows", "a lock and its key"])  # fmt: skip
def test_a_larger_trial_tells_more(name: str) -> None:
    assert search_changed(make_trial(210, 8), WAYS[name])


def test_a_finding_shows_counts_and_no_cell() -> None:
    trial = make_trial(60, 4)
    (finding,) = search_changed(trial, WAYS["a suffix"])
    assert (finding.file, finding.shown, finding.filled) == ("dm.csv", "column X1", 60)
    assert "and 30 subjects, " in finding.reason or "subjects, " in finding.reason
    assert not any(subject in finding.reason for subject in trial.treated)
