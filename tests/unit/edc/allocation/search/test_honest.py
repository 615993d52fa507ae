"""Columns that are no allocation: they pass, however near to one half they are."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.edc.allocation.search.ways import (
    PLAN,
    Trial,
    make_trial,
    search,
    search_changed,
)

COLUMNS = 60


def _draw_columns(trial: Trial) -> dict[str, list[str]]:
    """Flags of a share of 40 to 60 %, of every site's own share, and digits given out in turn."""
    rng = np.random.default_rng(11)
    sites = trial.tables["dm"].texts["SUBJID"].str[:2].astype(int).to_numpy()
    count, columns = len(sites), {}
    for each in range(COLUMNS):
        share = rng.uniform(0.4, 0.6, sites.max() + 1)[sites] if each % 2 else rng.uniform(0.4, 0.6)
        columns[f"F{each}"] = list(np.where(rng.random(count) < share, "Y", "N"))
    columns["TURN"] = [str(i % 2) for i in range(count)]
    columns["SEVENS"] = [f"K{70000 + 7 * i}" for i in range(count)]
    columns["AGEOF"] = [str(age) for age in rng.normal(68, 10, count).round().astype(int)]
    return columns


@pytest.mark.parametrize(("n", "sites"), [(60, 4), (210, 8)])
def test_honest_columns_pass(n: int, sites: int) -> None:
    trial = make_trial(n, sites)
    found = search_changed(trial, lambda trial: trial.change("dm", **_draw_columns(trial)))
    assert len(found) <= 2, [each.shown for each in found]


def test_the_demonstration_trial_passes() -> None:
    """As the shipped plan makes it, with its faults and with what its medications name."""
    assert search(make_trial(PLAN.demo.n, PLAN.demo.sites).tables) == []
