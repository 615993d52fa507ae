"""The shipped plan, changed as a test needs it, and one simulated trial for all tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.config import Plan, load_plan
from analysis.simulate import SimulatedTrial, simulate_trial
from analysis.simulate.cohort.cohort import Cohort, draw_cohort
from analysis.simulate.randomness.streams import spawn_streams

CONFIG = Path(__file__).parents[3] / "config"
DemoPlan = Callable[..., Plan]


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(CONFIG / "trial.yaml")


@pytest.fixture(scope="session")
def demo_plan(plan: Plan) -> DemoPlan:
    """The plan with other settings of the demonstration trial."""

    def change(**settings: Any) -> Plan:
        return plan.model_copy(update={"demo": plan.demo.model_copy(update=settings)})

    return change


@pytest.fixture(scope="session")
def trial(plan: Plan) -> SimulatedTrial:
    return simulate_trial(plan)


@pytest.fixture(scope="session")
def clean(demo_plan: DemoPlan) -> SimulatedTrial:
    """A trial without faults and without missing outcomes."""
    return simulate_trial(demo_plan(fault_rate=0.0, missing_outcome=0.0))


@pytest.fixture(scope="session")
def large(demo_plan: DemoPlan) -> Cohort:
    """The truth of 20 000 subjects."""
    plan = demo_plan(n=20_000, fault_rate=0.0)
    return draw_cohort(plan, spawn_streams(plan.demo.seed))
