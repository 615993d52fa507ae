"""The trial as a whole: the same seed gives the same bytes, every table and column is there."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis.config import Plan
from analysis.errors import ConfigError
from analysis.simulate import SimulatedTrial, simulate_trial, write_export

DemoPlan = Callable[..., Plan]
LAYOUT: dict[str, Any] = yaml.safe_load(
    files("analysis.edc.layout").joinpath("layout.yaml").read_text(encoding="utf-8")
)


def folder_bytes(trial: SimulatedTrial, folder: Path) -> dict[str, bytes]:
    write_export(trial.tables, folder, "csv")
    write_export(trial.lists | {"ledger": trial.ledger}, folder, "csv")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_seed_same_bytes(trial: SimulatedTrial, plan: Plan, tmp_path: Path) -> None:
    again = simulate_trial(plan)
    assert folder_bytes(trial, tmp_path / "a") == folder_bytes(again, tmp_path / "b")


def test_other_seed_other_bytes(demo_plan: DemoPlan, plan: Plan, tmp_path: Path) -> None:
    one = simulate_trial(demo_plan(n=60, sites=3))
    other = simulate_trial(demo_plan(n=60, sites=3, seed=plan.demo.seed + 1))
    first, second = folder_bytes(one, tmp_path / "a"), folder_bytes(other, tmp_path / "b")
    assert all(first[name] != second[name] for name in first)


def test_every_table_and_column_of_the_layout(trial: SimulatedTrial) -> None:
    assert list(trial.tables) == list(LAYOUT["tables"])
    for name, table in LAYOUT["tables"].items():
        extra = set(trial.tables[name].columns) - set(table["columns"])
        assert list(table["columns"]) == list(trial.tables[name].columns)[: len(table["columns"])]
        assert extra == ({"BLNOTE"} if name == "bl" else set())
    for name, table in LAYOUT["unblinding"].items():
        assert list(trial.lists[name].columns) == list(table["columns"])


def test_every_cell_is_text(trial: SimulatedTrial) -> None:
    for table in [*trial.tables.values(), *trial.lists.values(), trial.ledger]:
        assert all(isinstance(cell, str) for column in table for cell in table[column].unique())


def test_numbers_of_subjects_and_sites(trial: SimulatedTrial, plan: Plan) -> None:
    rand, dm = trial.tables["rand"], trial.tables["dm"]
    enrolled = dm[dm["SUBJID"].isin(rand["SUBJID"])].drop_duplicates()
    assert len(rand) == rand["SUBJID"].nunique() == plan.demo.n
    assert enrolled["SITEID"].nunique() == plan.demo.sites
    assert enrolled["SITEID"].value_counts().nunique() > plan.demo.sites / 3


def test_without_faults_nothing_breaks_the_layout(clean: SimulatedTrial) -> None:
    assert clean.ledger.empty
    for name, table in LAYOUT["tables"].items():
        frame = clean.tables[name]
        assert not frame.duplicated(table["key"]).any()
        for column, rules in table["columns"].items():
            given = frame.loc[frame[column] != "", column]
            assert set(given) <= set(rules["codes"]) if "codes" in rules else True
            assert set(given) <= {"Y", "N"} if rules["type"] == "yn" else True
            assert len(given) == len(frame) or not rules.get("required", False)
            for bounds in (rules.get("limits"), rules.get("range")):
                assert bounds is None or pd.to_numeric(given).between(*bounds).all()


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"n": 40, "sites": 41}, "demo.sites"),
        ({"block_size": 3}, "demo.block_size"),
        ({"reference_distribution": (0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)}, "reference_distribution"),
    ],
)
def test_settings_that_contradict(demo_plan: DemoPlan, settings: dict[str, Any], key: str) -> None:
    with pytest.raises(ConfigError, match=key):
        simulate_trial(demo_plan(**settings))


@pytest.mark.parametrize(("n", "sites"), [(40, 2), (40, 40), (210, 8)])
def test_small_trials(demo_plan: DemoPlan, n: int, sites: int) -> None:
    trial = simulate_trial(demo_plan(n=n, sites=sites))
    assert len(trial.tables["rand"]) == n
    assert set(trial.ledger["SUBJID"]) - {""} != set()
