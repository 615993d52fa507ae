"""A simulated trial with every planted fault, as files, and what a run makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Mapping, load_mapping, load_plan
from analysis.simulate import simulate_trial, write_export, write_lists
from tests.unit.qc.from_export.exported_trial import Derived, ExportedTrial

CONFIG = Path(__file__).parents[4] / "config"
SUBJECTS, SITES = 160, 8


@pytest.fixture(scope="session")
def mapping() -> Mapping:
    """The shipped mapping."""
    return load_mapping(CONFIG / "edc.yaml")


@pytest.fixture(scope="session")
def trial(tmp_path_factory: pytest.TempPathFactory, mapping: Mapping) -> ExportedTrial:
    """The files of a trial of the shipped plan. Not to be changed."""
    folder, plan = tmp_path_factory.mktemp("trial"), load_plan(CONFIG / "trial.yaml")
    settings = {"n": SUBJECTS, "sites": SITES, "fault_rate": 0.02}
    made = simulate_trial(plan.model_copy(update={"demo": plan.demo.model_copy(update=settings)}))
    write_export(made.tables, folder / "edc", "csv")
    write_lists(made.lists, folder / "lists")
    return ExportedTrial(folder / "edc", folder / "lists", mapping, plan)


@pytest.fixture(scope="session")
def derived(trial: ExportedTrial) -> Derived:
    """What a run makes of it."""
    return trial.run()
