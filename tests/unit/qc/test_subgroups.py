"""The check of subgroups: levels, merged categories, covariates that separate; wrong ones found."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.config import Plan, load_plan
from analysis.config.blocks.subgroups import SEPARATES
from analysis.io.result import Allocation, AnalysisResult, build_ard_rows, write_results_text
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import EngineNumbers
from analysis.qc.checks.subgroups import check_subgroups
from analysis.qc.compare import compare
from analysis.qc.subjects import Trial
from tests.unit.qc.checked_trial import draw_adsl, name_differing
from tests.unit.qc.conftest import CONFIG


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The shipped plan, with its subgroups."""
    return load_plan(CONFIG / "trial.yaml")


def draw(seed: int = 7, n: int = 240, **columns: object) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    drawn = draw_adsl(240, seed).iloc[:n].reset_index(drop=True)
    return drawn.assign(
        SEX=rng.choice(["M", "F"], n), ETICI=rng.choice(["2B50", "2C", "3"], n),
        TOAST=rng.choice(["LAA", "CE", "OTHER", "UNDETERMINED"], n, p=[0.4, 0.4, 0.15, 0.05]),
        PASSES=pd.array(rng.integers(0, 4, n), dtype="Int64"), **columns,
    )  # fmt: skip


def check(adsl: pd.DataFrame, plan: Plan, *, wrong: float = 1.0) -> list[Comparison]:
    grouped = derive_subgroups(adsl, plan)
    results = [_change(result, wrong) for result in analyse_subgroups(grouped, plan)]
    content: Any = json.loads(write_results_text(results, Allocation.REHEARSAL, {}))
    engine = EngineNumbers.from_records(build_ard_rows(content))
    numbers = check_subgroups(Trial(grouped, pd.DataFrame(), pd.DataFrame(), plan))
    return [compare(number, engine.find(number)) for number in numbers]


def _change(result: AnalysisResult, factor: float) -> AnalysisResult:
    """The estimates of a result times a factor."""
    changed = tuple(
        replace(each, value=each.value * factor)
        if each.name == "estimate" and each.value is not None else each
        for each in result.statistics
    )  # fmt: skip
    return replace(result, statistics=changed)


@pytest.mark.parametrize("measure", ["win_odds", "win_odds_stratified_adjusted"])
def test_levels_agree_with_win_odds_as_the_primary_measure(plan: Plan, measure: str) -> None:
    primary = plan.primary.model_copy(update={"measure": measure})
    chosen = plan.model_copy(update={"primary": primary})
    found = check(draw(), chosen)
    assert name_differing(found) == []
    estimates = [item for item in found if item.stat_name == "estimate"]
    assert sum(item.verdict is Verdict.AGREES for item in estimates) >= len(estimates) // 2 > 5
    assert name_differing(check(draw(), chosen, wrong=1.0 + 1e-6)) != []


def test_everything_agrees(plan: Plan) -> None:
    found = check(draw(), plan)
    assert name_differing(found) == []
    levels = {(item.analysis_id, item.level) for item in found}
    assert ("subgroup_age", "<70") in levels
    assert ("subgroup_occlusion", "OTHER") not in levels
    assert len(levels) == sum(len(factor.levels) for factor in plan.subgroups.factors) - 1


def test_wrong_estimates_are_found(plan: Plan) -> None:
    found = check(draw(), plan, wrong=1 + 1e-6)
    estimates = [item for item in found if item.stat_name == "estimate" and item.engine]
    assert {item.verdict for item in estimates} == {Verdict.DIFFERS}


def test_levels_in_which_covariates_separate_agree(plan: Plan) -> None:
    """Thrombolysis separates among women; small levels separate on their own."""
    adsl = draw(n=120)
    alike = (adsl["SEX"] == "F") & (adsl["IVT"] == "Y")
    adsl = adsl.assign(MRS90=adsl["MRS90"].mask(alike, 6).astype("Int64"))
    results = analyse_subgroups(derive_subgroups(adsl, plan), plan)
    notes = {each.note for result in results for each in result.statistics}
    assert f"F: IVT {SEPARATES}" in notes
    assert name_differing(check(adsl, plan)) == []
