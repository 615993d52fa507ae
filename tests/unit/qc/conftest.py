"""The shipped plan, and a made-up trial with the engine's numbers of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Plan, load_plan
from analysis.qc import Trial
from tests.unit.qc.checked_trial import Records, build_trial, draw_adsl, list_engine_records

CONFIG = Path(__file__).parents[3] / "config"
RUN = (
    "sens_pp", "sens_unadjusted", "win_odds", "win_odds_stratified", "win_odds_adjusted",
    "sens_site_cluster", "win_ratio", "benefit_per_100", "number_needed", "van_elteren",
    "rerandomisation", "unconditional", "cutpoint",
)  # fmt: skip
"""All that is checked where a plan runs it; the shipped one runs more."""


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The shipped plan with the analyses that are checked; no data are sparse, no subgroups."""
    shipped = load_plan(CONFIG / "trial.yaml")
    analyses = shipped.analyses.model_copy(update={"run": RUN})
    none = shipped.subgroups.model_copy(update={"factors": ()})
    sparse = shipped.sparse.model_copy(update={"events_per_variable": 0.0})
    return shipped.model_copy(update={"analyses": analyses, "sparse": sparse, "subgroups": none})


@pytest.fixture(scope="session")
def adsl() -> pd.DataFrame:
    """ADSL of the made-up trial."""
    return draw_adsl()


@pytest.fixture(scope="session")
def trial(adsl: pd.DataFrame, plan: Plan) -> Trial:
    """The made-up trial."""
    return build_trial(adsl, plan)


@pytest.fixture(scope="session")
def records(trial: Trial) -> Records:
    """The engine's numbers of it, as rows of ``ard.csv``."""
    return list_engine_records(trial)
