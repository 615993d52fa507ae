"""The shipped plan, for small trials: no data are sparse."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Plan, load_plan

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture(scope="session")
def plan() -> Plan:
    shipped = load_plan(CONFIG / "trial.yaml")
    sparse = shipped.sparse.model_copy(update={"events_per_variable": 0.0})
    return shipped.model_copy(update={"sparse": sparse})
