"""The check of sparse data: its own rule and Firth's penalty agree, and a wrong choice is found."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import build_design
from analysis.analyses.mrs.cut_points import analyse_cut_points
from analysis.analyses.mrs.dichotomies import analyse_dichotomies
from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.config import Plan
from analysis.io.result import Allocation, build_ard_rows, write_results_text
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import EngineNumbers
from analysis.qc.checks.cut_points import check_cut_points
from analysis.qc.checks.risks import check_dichotomies
from analysis.qc.checks.safety.survival import check_survival
from analysis.qc.checks.sparse import PENALISED
from analysis.qc.compare import compare
from analysis.qc.subjects import Trial
from tests.unit.qc.checked_trial import draw_adqs, draw_adsl, draw_adtte, name_differing


def set_rule(plan: Plan, **keys: object) -> Plan:
    return plan.model_copy(update={"sparse": plan.sparse.model_copy(update=keys)})


def check(adsl: pd.DataFrame, own: Plan, engines: Plan, risk: float = 0.2) -> list[Comparison]:
    """The check by one plan of what the engine made by another."""
    adtte = draw_adtte(adsl, risk=risk)
    design = build_design(adsl, "ITT", engines, prepare_covariates(adsl, engines))
    results = [
        *analyse_cut_points(design, engines), *analyse_dichotomies(adsl, engines),
        *analyse_survival(adsl, adtte, engines),
    ]  # fmt: skip
    content: Any = json.loads(write_results_text(results, Allocation.REHEARSAL, {}))
    engine = EngineNumbers.from_records(build_ard_rows(content))
    trial = Trial(adsl, adtte, draw_adqs(adsl), own)
    return [
        compare(number, engine.find(number))
        for check_all in (check_cut_points, check_dichotomies, check_survival)
        for number in check_all(trial)
    ]


@pytest.mark.parametrize("favours", ["above_1", "below_1"])
@pytest.mark.parametrize("below", ["firth", "crude"])
def test_everything_agrees(plan: Plan, below: str, favours: str) -> None:
    inference = plan.inference.model_copy(update={"favours_treatment": favours})
    turned = plan.model_copy(update={"inference": inference})
    changed = set_rule(turned, events_per_variable=10.0, below=below)
    found = check(draw_adsl(), changed, changed)
    assert name_differing(found) == []
    penalised = {item.analysis_id for item in found if item.method == PENALISED}
    assert all(item.verdict is Verdict.AGREES for item in found)
    assert bool(penalised) == (below == "firth")
    assert below == "crude" or "cutpoint" in penalised


def test_another_rule_than_the_plans_is_found(plan: Plan) -> None:
    """Adjusted where the plan wants crude or penalised estimates: risks, odds and hazards."""
    found = check(draw_adsl(), set_rule(plan, events_per_variable=10.0), plan)
    differing = {item.analysis_id for item in found if item.verdict is Verdict.DIFFERS}
    assert {"mrs_0_1_rr_adjusted", "mrs_0_1_rd_adjusted", "mrs_0_1_or_adjusted"} <= differing
    assert {"death_hr", "cutpoint"} <= differing


@pytest.mark.parametrize("n", [14, 24, 48])
def test_tiny_trials_agree_or_have_no_number_by_either(plan: Plan, n: int) -> None:
    changed = set_rule(plan, events_per_variable=10.0, fewest_events=2)
    adsl = draw_adsl(100, seed=n).iloc[:n].reset_index(drop=True)
    assert name_differing(check(adsl, changed, changed, risk=0.1)) == []
