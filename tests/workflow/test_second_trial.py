"""A second trial runs by its plan alone, and its numbers are those of R.

Its arms, levels, covariates, strata, windows, sets, subgroups, analyses and direction are others
than those of the shipped plan; tests/reference/second_trial holds plan, export and the R program.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from analysis.config import Plan, load_plan
from analysis.io.verdicts import Verdict
from tests.projects.trace_search import find_words
from tests.projects.workflow_project import Project, build_once

SECOND = Path(__file__).parents[1] / "reference" / "second_trial"
REFERENCE: list[dict[str, Any]] = json.loads(
    (SECOND / "second_trial.json").read_text(encoding="utf-8")
)["rows"]
AS_R = 1e-8
"""Relative; clm stops at a gradient of 1e-10, and tails of p-values are off by a little more."""
KEY = ("analysis_id", "population", "group", "level", "stat_name")
FIRST_TRIAL = (
    "MPSS", "PLACEBO", "Methylprednisolone", "methylprednisolone", "Placebo", "placebo", "IMPACT",
    "NCT07141303", "NCT07516522",
)  # fmt: skip
"""Arms and names of the shipped plans."""
NOTHING_MORE = {
    "analyses": {"run": []},
    "co_reported": {"cut_points": []},
    "secondary": {"dichotomies": [], "outcomes": [], "win_odds": []},
    "subgroups": {"factors": []},
    "adverse_events": {"special_interest": []},
    "primary": {"covariates": []},
}
"""Of every block, what a plan can leave empty."""


def run_second(project: Project, plan: Path) -> str:
    """Run the second trial by its plan and return what stood on the terminal."""
    shutil.copytree(SECOND, project.root / "second")
    shutil.copy(plan, project.root / "second" / "plan.yaml")
    config = {"edc_dir": "second/export", "unblinding_dir": "second/lists"}
    outcome = project.run("--configfile", "second/plan.yaml", config=config)
    assert outcome.status == 0, outcome.terminal
    return outcome.terminal


@pytest.fixture(scope="module")
def second(shared: Path, fresh: Project) -> Project:
    """The project after a run of the second trial."""

    def build(root: Path) -> None:
        project = fresh.copy_to(root)
        terminal = run_second(project, SECOND / "plan.yaml")
        (root / "terminal.txt").write_text(terminal, encoding="utf-8")

    return build_once(shared / "second_trial", build)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(SECOND / "plan.yaml")


def read_rows(project: Project, name: str) -> list[dict[str, str]]:
    text = (project.results / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def read_reference(analysis_id: str) -> dict[str, float]:
    """The numbers of R of one analysis by their names."""
    rows = [row for row in REFERENCE if row["analysis_id"] == analysis_id]
    return {row["stat_name"]: row["stat"] for row in rows}


def key_of(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in KEY)


@pytest.mark.parametrize("analysis_id", dict.fromkeys(row["analysis_id"] for row in REFERENCE))
def test_the_numbers_are_those_of_r(second: Project, analysis_id: str) -> None:
    ours = {key_of(row): row["stat"] for row in read_rows(second, "ard.csv")}
    theirs = {key_of(row): row["stat"] for row in REFERENCE if row["analysis_id"] == analysis_id}
    found = {key: float(ours[key]) for key in theirs}
    assert found == pytest.approx(theirs, rel=AS_R, abs=0.0)


def test_the_check_within_the_run_agrees(second: Project) -> None:
    """But for events that nobody has: there is no number on either side."""
    others = [row for row in read_rows(second, "qc.csv") if row["verdict"] != Verdict.AGREES.value]
    assert {(row["analysis_id"], row["level"]) for row in others} <= {
        ("sich_sits_most_rr", ""), ("ich_class_48h_rd", "3D"),
    }  # fmt: skip
    assert all(row["reason"].startswith("not estimable by both") for row in others)


def test_only_the_analyses_of_the_plan_are_there(second: Project, plan: Plan) -> None:
    ids = {row["analysis_id"] for row in read_rows(second, "ard.csv")}
    shipped = set(load_plan(SECOND.parents[2] / "config" / "trial.yaml").analyses.run)
    over_all = {"primary_robust", "marginal_common_odds", "marginal_win_odds", "marginal_rd"}
    assert ids & (shipped | set(plan.analyses.run)) == set(plan.analyses.run) - {"unconditional"}
    assert over_all <= ids
    subgroups = {name for name in ids if name.startswith("subgroup_")}
    assert subgroups == {f"subgroup_{factor.name}" for factor in plan.subgroups.factors}
    assert {name for name in ids if name.startswith("mrs_0_")} == {
        f"mrs_0_{level}{ending}"
        for level in plan.secondary.dichotomies
        for ending in ("", "_rr", "_rd", "_rr_adjusted", "_rd_adjusted", "_or_adjusted")
    }


def test_nothing_of_the_first_trial_is_left(second: Project) -> None:
    """In no output, also inside what is packed: arms, names, registry numbers."""
    files = [second.results / name for name in second.outputs()]
    assert len(files) > 100
    assert find_words(files, FIRST_TRIAL) == []


def test_the_sentence_and_the_labels_follow_the_direction(second: Project, plan: Plan) -> None:
    terminal = (second.root / "terminal.txt").read_text(encoding="utf-8")
    assert "Tenecteplase led to a lower (better) mRS at day 90 than Standard care" in terminal
    assert "an odds ratio < 1 favours Tenecteplase: lower mRS" in terminal
    assert "ratio 0.57 (95% CI" in terminal
    assert "with them imputed, adjusted common odds ratio 0.60 (90% CI" in terminal
    assert read_reference("primary")["estimate"] < 1
    labels = [row["Analysis"] for row in read_rows(second, "tables/t_primary.csv")]
    cuts = [label for label in labels if label.startswith("mRS ") and " versus " in label]
    assert cuts == [
        "mRS 1-6 versus 0 (without covariates)", "mRS 3-6 versus 0-2", "mRS 5-6 versus 0-4"
    ]  # fmt: skip


def test_key_secondary_outcomes_are_tested_in_their_sequence(second: Project) -> None:
    """Each with the interval of all others; the primary analysis has its own."""
    found = {
        (row["group"].partition(" (")[0], row["Outcome and effect"]): row["Testing"]
        for row in read_rows(second, "tables/t_secondary.csv")
        if row["Testing"]
    }
    assert found == {
        ("Utility-weighted mRS at day 90", "Difference in means, above 0 better"): (
            "tested, rejected"
        ),
        ("mRS 0-1", "Risk ratio"): "tested, not rejected",
        ("NIHSS at 24 h", "Win odds"): "not tested",
    }
    assert "Estimate (90% CI)" in read_rows(second, "tables/t_secondary.csv")[0]
    primary = read_rows(second, "tables/t_primary.csv")[0]
    assert primary["90% CI"].endswith(" (95% CI)")


def test_the_last_level_bears_the_name_of_its_scores(second: Project) -> None:
    key = (second.results / "figures" / "grotta_itt.svg").read_text(encoding="utf-8")
    assert "Stacked bars. Tenecteplase: mRS 0 " in key
    assert ", mRS 5-6 " in key
    assert "mRS 6 " not in key


@pytest.mark.torture
def test_a_plan_of_the_primary_analysis_alone(fresh: Project, tmp_path: Path) -> None:
    project = fresh.copy_to(tmp_path / "project")
    bare = tmp_path / "bare.yaml"
    write_bare(bare)
    terminal = run_second(project, bare)
    ids = {row["analysis_id"] for row in read_rows(project, "ard.csv")}
    absent = ("sens_", "win_odds", "subgroup_", "mrs_0_", "cutpoint", "brant", "partial", "uw_mrs")
    assert [name for name in ids if name.startswith(absent)] == []
    assert "primary" in ids
    unadjusted = read_reference("sens_unadjusted")
    ours = {row["stat_name"]: row["stat"] for row in rows_of(project, "primary")}
    assert float(ours["log_estimate"]) == pytest.approx(-unadjusted["log_estimate"], rel=AS_R)
    assert "an odds ratio > 1 favours Tenecteplase: lower mRS" in terminal


def rows_of(project: Project, analysis_id: str) -> Sequence[dict[str, str]]:
    rows = read_rows(project, "ard.csv")
    return [row for row in rows if row["analysis_id"] == analysis_id and not row["group"]]


def write_bare(path: Path) -> None:
    """Write the plan with all empty that can be, and the direction turned."""
    content = load_plan(SECOND / "plan.yaml").model_dump(mode="json")
    for block, keys in NOTHING_MORE.items():
        content[block].update(keys)
    content["co_reported"]["strata"] = ["SITEID"]
    content["inference"]["favours_treatment"] = "above_1"
    path.write_text(json.dumps(content), encoding="utf-8")
