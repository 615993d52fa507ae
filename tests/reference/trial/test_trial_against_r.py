"""One export through the whole package, against a second program in R and cases written by hand.

``README.md`` tells what the files beside this test are and how they were made.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.config import Plan, load_mapping, load_plan
from analysis.edc.allocation.lists import find_unlisted, read_lists
from analysis.edc.layout import load_layout
from analysis.edc.reading.export import read_export
from analysis.io.result import Allocation, build_ard_rows, write_results_text

HERE = Path(__file__).parent
CONFIG = HERE.parents[2] / "config"

AGREES = 1e-8
"""Relative. Both programs end their iterations within 1e-10 of the maximum and write at least 12
digits; a p-value has up to a hundred times the relative error of its statistic."""
AGREES_GLM = 1e-6
"""Relative. ``glm`` computes the covariance from the weights of the last but one iteration, which
leaves about 1e-8 in a standard error and ten times that in a p-value."""
GLM_COVARIANCE = {"std_error", "ci_low", "ci_high", "p_value"}

TERMS = {
    "OCCLOC_ICA": "OCCLOC=ICA",
    "OCCLOC_M2": "OCCLOC=M2",
    "OCCLOC_OTHER": "OCCLOC=OTHER",
    "OTTH": "LKWRNDH",
    "IVT_Y": "IVT=Y",
    "MRSPRE_GE1": "MRSPRGR1=>=1",
}
"""Model terms: name in R, name in the package."""
FIELDS = {
    "DTHDY": "DTHADY", "DEATH90": "DTH90FL", "SICH48": "SICH48FL", "ICH48": "ICH48FL",
    "SAFFL": "SAFFL", "PPROTFL": "PPROTFL", "TRT01A": "TRT01A", "TRT01P": "TRT01P",
    "DTHDT": "DTHDT",
}  # fmt: skip
"""Columns of one subject: name in R, name in ADSL."""

Key = tuple[str, ...]


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


R_NUMBERS = read_rows(HERE / "r_output" / "OUT.csv")
R_REASONS = read_rows(HERE / "r_output" / "ppreasons.csv")
R_MRS90 = {row["SUBJID"]: row for row in read_rows(HERE / "r_output" / "mrs90.csv")}
R_SUBJECTS = {row["SUBJID"]: row for row in read_rows(HERE / "r_output" / "subjects.csv")}
CASES = read_rows(HERE / "cases.csv")


@dataclass(frozen=True)
class Trial:
    """The analysis data sets, ADSL by subject as text, and every number of the results."""

    data: AnalysisData
    subjects: dict[str, dict[str, str]]
    numbers: dict[Key, str]

    def reasons(self, subjid: str) -> list[str]:
        reasons = self.data.reasons
        return sorted(reasons.loc[reasons["SUBJID"] == subjid, "CODE"])


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The shipped plan under which no model is crude: the trial has few events."""
    shipped = load_plan(CONFIG / "trial.yaml")
    never = shipped.sparse.model_copy(update={"events_per_variable": 0.0})
    return shipped.model_copy(update={"sparse": never})


@pytest.fixture(scope="module")
def trial(plan: Plan) -> Trial:
    mapping, layout = load_mapping(CONFIG / "edc.yaml"), load_layout()
    export, fatal = read_export(HERE / "export", mapping, layout)
    lists, findings = read_lists(HERE / "lists", mapping, layout, plan.arms)
    assert [*fatal, *findings, *find_unlisted(export.tables["rand"], lists)] == []
    data = build_analysis_data(export.tables, lists, plan)
    results = [
        *analyse_populations(data.adsl, data.reasons, None, plan),
        *analyse_mrs_shift(data.adsl, plan),
        *analyse_safety(data.adsl, plan),
    ]
    text = write_results_text(results, Allocation.REHEARSAL, {})
    rows = build_ard_rows(json.loads(text))
    return Trial(data, write_subjects(data.adsl), {name_number(row): row["stat"] for row in rows})


def write_subjects(adsl: pd.DataFrame) -> dict[str, dict[str, str]]:
    """ADSL as R writes it: dates to the day, "NA" for missing."""
    texts = {
        str(column): values.dt.strftime("%Y-%m-%d")
        if pd.api.types.is_datetime64_any_dtype(values)
        else values.astype("object")
        for column, values in adsl.items()
    }
    frame = pd.DataFrame(texts).astype("object")
    frame = frame.where(frame.notna(), "NA").astype("str")
    return {row["SUBJID"]: row for row in frame.to_dict("records")}


def name_number(row: dict[str, str]) -> Key:
    """The key of a number in the package; R gives the n of the cut points at every one."""
    level = TERMS.get(row["level"], row["level"])
    if row["analysis_id"] == "cutpoint" and row["stat_name"] == "n":
        level = ""
    return row["analysis_id"], row["population"], row["group"], level, row["stat_name"]


def list_ids() -> list[str]:
    return sorted({row["analysis_id"] for row in R_NUMBERS})


@pytest.mark.parametrize("analysis_id", list_ids())
def test_numbers_agree_with_r(trial: Trial, analysis_id: str) -> None:
    differing = [
        (name_number(row), ours, row["stat"])
        for row in R_NUMBERS
        if row["analysis_id"] == analysis_id
        and not agrees(ours := trial.numbers[name_number(row)], row)
    ]
    assert differing == []


def agrees(ours: str, row: dict[str, str]) -> bool:
    theirs = row["stat"]
    if "" in (ours, theirs) or theirs == "NA":
        return ours == "" and theirs == "NA"
    if row["stat_name"] in ("n", "N", "events"):
        return int(ours) == int(theirs)
    from_glm = row["analysis_id"] == "cutpoint" and row["stat_name"] in GLM_COVARIANCE
    tolerance = AGREES_GLM if from_glm else AGREES
    return float(ours) == pytest.approx(float(theirs), rel=tolerance, abs=0.0)


def test_r_gives_numbers_of_every_analysis() -> None:
    """The comparison above would pass on nothing."""
    assert len(R_NUMBERS) > 300
    assert set(list_ids()) >= {
        "populations", "pp_reasons", "mrs_distribution", "primary", "primary_coefficients",
        "sens_pp", "sens_unadjusted", "win_odds", "cutpoint",
        *(f"{event}{kind}" for event in ("death_90d", "sich_48h", "ich_any_48h")
          for kind in ("", "_rr", "_rd")),
    }  # fmt: skip


def test_the_same_subjects(trial: Trial) -> None:
    assert set(trial.subjects) == set(R_SUBJECTS) == set(R_MRS90)


@pytest.mark.parametrize("field", FIELDS)
def test_subjects_agree_with_r(trial: Trial, field: str) -> None:
    ours = {subjid: row[FIELDS[field]] for subjid, row in trial.subjects.items()}
    assert ours == {subjid: row[field] for subjid, row in R_SUBJECTS.items()}


def test_per_protocol_reasons_agree_with_r_subject_by_subject(trial: Trial) -> None:
    reasons = trial.data.reasons
    ours = set(zip(reasons["SUBJID"], reasons["CODE"], strict=True))
    theirs = {(row["SUBJID"], row["CODE"]) for row in R_REASONS}
    assert ours ^ theirs == set()
    assert len(reasons) == len(R_REASONS)


@pytest.mark.parametrize(
    ("field", "column"), [("AVAL", "MRS90"), ("ADT", "MRS90DT"), ("source", "MRS90RUL")]
)
def test_day_90_mrs_agrees_with_r_subject_by_subject(trial: Trial, field: str, column: str) -> None:
    missing = "e" if field == "source" else "NA"
    ours = {
        subjid: missing if row[column] == "NA" else row[column]
        for subjid, row in trial.subjects.items()
    }
    assert ours == {subjid: row[field] for subjid, row in R_MRS90.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["CASE"] for case in CASES])
def test_boundary_cases(trial: Trial, case: dict[str, str]) -> None:
    subjid = case["SUBJID"]
    found = {field: text.replace("NA", "") for field, text in trial.subjects[subjid].items()}
    assert ";".join(trial.reasons(subjid)) == case["REASONS"]
    if case["RULE"]:
        assert (found["MRS90"], found["MRS90RUL"] or "e") == (case["MRS"], case["RULE"])
    expected = dict(field.split("=") for field in case["FIELDS"].split(";") if field)
    assert {field: found[FIELDS[field]] for field in expected} == expected


def test_r_output_says_where_it_comes_from() -> None:
    run = json.loads((HERE / "r_output" / "run.json").read_text(encoding="utf-8"))
    assert run["call"] == "Rscript trial.R export lists r_output/OUT.csv"
    assert run["r"].startswith("R version 4.")
    assert set(run) == {"call", "date", "r", "packages"}
