"""The check of the analyses beside the scale: any hierarchy, margins, and what draws leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd
import pytest

from analysis.analyses.supportive.analyse import analyse_supportive
from analysis.config import Plan
from analysis.io.not_collected import mark_not_collected
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import EngineNumbers, Trial
from analysis.qc.checks.hierarchy import check_hierarchy
from analysis.qc.checks.randomisation import check_randomisation
from analysis.qc.compare import compare
from analysis.qc.not_collected import withhold
from analysis.qc.recomputed import TOO_FEW_ARRANGEMENTS, Recomputed, assign, count
from tests.unit.qc.checked_trial import (
    Records,
    build_trial,
    draw_adsl,
    name_differing,
    write_records,
)

Check = Callable[[Trial], Iterator[Recomputed]]
EVERY = (
    ("nihss_d7", 2.0), ("death", 5.0), ("uw_mrs", 0.1), ("eqvas", 7.0), ("nihss_h24", 0.0),
    ("eq5d", 0.03), ("mrs", 1.0),
)  # fmt: skip
"""Every level that a plan may name, with margins that bind."""


def change(plan: Plan, **supportive: object) -> Plan:
    content = plan.model_dump()
    content["supportive"].update(supportive)
    return Plan.model_validate(content)


def list_records(trial: Trial) -> Records:
    return write_records(analyse_supportive(trial.adsl, trial.adqs, trial.adtte, trial.plan))


def run(check: Check, trial: Trial, records: Records) -> list[Comparison]:
    engine = EngineNumbers.from_records(records)
    return [compare(withhold(number, trial), engine.find(number)) for number in check(trial)]


def of(found: list[Comparison], analysis_id: str, stat_name: str, level: str = "") -> Comparison:
    key = (analysis_id, stat_name, level)
    (one,) = [c for c in found if (c.analysis_id, c.stat_name, c.level) == key]
    return one


@pytest.mark.parametrize("first", range(len(EVERY)))
def test_every_level_with_its_margin_agrees(plan: Plan, first: int) -> None:
    order = (*EVERY[first:], *EVERY[:first])
    levels = tuple({"outcome": name, "margin": margin} for name, margin in order)
    analyses = plan.analyses.model_copy(update={"run": ("win_ratio",)})
    changed = change(plan.model_copy(update={"analyses": analyses}), hierarchy=levels)
    trial = build_trial(draw_adsl(n=100).assign(MRS90SCR="D90"), changed)
    found = run(check_hierarchy, trial, list_records(trial))
    assert name_differing(found) == []
    shares = [of(found, "win_ratio", "decided", name) for name, _ in order]
    assert {one.verdict for one in shares} == {Verdict.AGREES}
    assert all(float(one.engine) > 0 for one in shares[:4])


def test_a_wrong_share_of_draws_is_found(trial: Trial) -> None:
    records = list_records(trial)
    found = of(run(check_randomisation, trial, records), "rerandomisation", "p_value")
    assert found.verdict is Verdict.AGREES
    assert float(found.tolerance) < 0.04
    moved = repr(float(found.engine) + 1.2 * float(found.tolerance))
    wrong = [
        {**row, "stat": moved}
        if (row["analysis_id"], row["stat_name"]) == ("rerandomisation", "p_value")
        else row
        for row in records
    ]
    assert len(name_differing(run(check_randomisation, trial, wrong))) == 1


def test_few_arrangements_are_not_checked(plan: Plan) -> None:
    sites = [f"{i // 2:03d}" if i < 60 else f"{i:03d}" for i in range(240)]
    trial = build_trial(draw_adsl().assign(SITEID=sites), plan)
    found = run(check_randomisation, trial, list_records(trial))
    assert name_differing(found) == []
    p_value = of(found, "rerandomisation", "p_value")
    assert (p_value.verdict, p_value.reason) == (Verdict.NOT_CHECKED, TOO_FEW_ARRANGEMENTS)
    assert of(found, "rerandomisation", "z").verdict is Verdict.AGREES


def test_an_utility_that_was_not_collected(trial: Trial) -> None:
    numbers = assign([count("n_observed", 0, level="eq5d")], analysis_id="win_ratio")
    (number,) = numbers
    known = {"EQ5DUTIL": "eq5d.EQMO"}
    without = trial.adqs[trial.adqs["PARAMCD"] != "EQ5DUTIL"]
    lacking = replace(trial, adqs=mark_not_collected(without, known))
    assert withhold(number, lacking).reason == "not collected: EQ5DUTIL (eq5d.EQMO)"
    # neither the word of the data set alone is taken, nor a lack of values
    assert withhold(number, replace(trial, adqs=mark_not_collected(trial.adqs, known))) == number
    assert withhold(number, replace(trial, adqs=without)) == number


def test_deaths_and_sites_that_were_not_collected(trial: Trial) -> None:
    known = {"DTH90FL": "dd.DTHDTC", "SITEID": "dm.SITEID"}
    empty = pd.Series([None] * len(trial.adsl), index=trial.adsl.index, dtype="str")
    adsl = trial.adsl.assign(DTH90FL=empty, SITEID=empty)
    lacking = replace(trial, adsl=mark_not_collected(adsl, known))
    for name, level in (("win_ratio", "death"), ("van_elteren", ""), ("rerandomisation", "")):
        (number,) = assign([count("n", 3, level=level)], analysis_id=name)
        assert withhold(number, lacking).value is None
    (kept,) = assign([count("n_observed", 3, level="mrs")], analysis_id="win_ratio")
    assert withhold(kept, lacking) == kept
