"""The shipped plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Plan, load_plan

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(CONFIG / "trial.yaml")
