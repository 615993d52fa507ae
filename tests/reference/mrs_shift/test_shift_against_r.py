"""What stands beside the primary analysis against a second program in R (SAP 5.4, 5.5, 6).

``README.md`` tells what the files beside this test are and how they were made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan, load_plan
from analysis.io.result import AnalysisResult
from tests.reference.mrs_shift.trial_data import HERE, read_trial

CONFIG = HERE.parents[2] / "config"
AGREES = 1e-8
"""Relative. R ends its iterations within 1e-10 of the maximum and writes 15 digits; a p-value has
up to a hundred times the relative error of its statistic, still below this."""
CLMM = 1e-4
"""Relative. ``ordinal::clmm`` ends where a gradient by finite differences is 1e-5 or so, and takes
its standard errors from a finite-difference Hessian."""
LEVELS = {"global": ""}
"""The R program's name of a level, where it is another."""

Key = tuple[str, str, str]
R = json.loads((HERE / "shift.json").read_text(encoding="utf-8"))


def list_numbers() -> Iterator[tuple[Key, float]]:
    """Every number of the R program: analysis id, level and statistic."""
    for analysis_id, content in R["results"].items():
        for name, value in content.items():
            if isinstance(value, dict):
                level = LEVELS.get(name, name)
                yield from (((analysis_id, level, stat), number) for stat, number in value.items())
            else:
                yield (analysis_id, "", name), value


NUMBERS = dict(list_numbers())


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The shipped plan with nothing imputed, and nothing sparse: these are compared elsewhere."""
    shipped = load_plan(CONFIG / "trial.yaml")
    run = tuple(name for name in shipped.analyses.run if name not in ("sens_mi", "sens_tipping"))
    never = shipped.sparse.model_copy(update={"events_per_variable": 0.0})
    analyses = shipped.analyses.model_copy(update={"run": run})
    return shipped.model_copy(update={"analyses": analyses, "sparse": never})


@pytest.fixture(scope="module")
def ours(plan: Plan) -> dict[Key, Any]:
    adsl = read_trial()
    results: list[AnalysisResult] = [
        *analyse_mrs_shift(adsl, plan), *analyse_sensitivity(adsl, plan)
    ]  # fmt: skip
    return {
        (result.analysis_id, statistic.level, statistic.name): statistic.value
        for result in results
        for statistic in result.statistics
        if not statistic.group
    }


@pytest.mark.parametrize("analysis_id", sorted(R["results"]))
def test_numbers_agree_with_r(ours: dict[Key, Any], analysis_id: str) -> None:
    tolerance = CLMM if analysis_id == "sens_site_random" else AGREES
    theirs = {key: number for key, number in NUMBERS.items() if key[0] == analysis_id}
    differing = {
        key: (ours[key], number)
        for key, number in theirs.items()
        if ours[key] != pytest.approx(number, rel=tolerance, abs=0.0)
    }
    assert differing == {}


def test_r_gives_numbers_of_every_analysis_but_the_imputed(plan: Plan) -> None:
    """The comparison above would pass on nothing; the per-protocol, unadjusted and unstratified
    analyses are compared beside the whole path (tests/reference/trial), those beside the scale
    where their models are (tests/reference/models), effects over all subjects those of the second
    trial (tests/reference/second_trial)."""
    beside = {"win_ratio", "benefit_per_100", "number_needed", "rerandomisation", "van_elteren"}
    second_trial = {"unconditional"}
    elsewhere = {"sens_pp", "sens_unadjusted", "win_odds"} | beside | second_trial
    assert set(plan.analyses.run) - elsewhere == set(R["results"]) - {"primary"}
    assert len(NUMBERS) > 190


def test_the_output_says_where_it_comes_from() -> None:
    assert R["provenance"]["call"] == "Rscript shift.R"
    assert R["provenance"]["r"].startswith("R version 4.")
    assert Path(HERE / "shift.R").exists()
