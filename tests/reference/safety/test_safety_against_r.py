"""Section 9 of the plan, from an export to its numbers, against a second program in R.

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
from analysis.analyses.safety.adverse_events import analyse_adverse_events
from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.analyses.safety.exposure import analyse_exposure
from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.config import Plan, load_mapping, load_plan
from analysis.edc.allocation.lists import read_lists
from analysis.edc.layout import load_layout
from analysis.edc.reading.export import read_export
from analysis.io.result import Allocation, build_ard_rows, write_results_text

HERE = Path(__file__).parent
CONFIG = HERE.parents[2] / "config"

AGREES = 1e-8
"""Relative. Both programs end within 1e-10 of the maximum and write twelve digits or more; a
p-value has up to a hundred times the relative error of its statistic."""

Key = tuple[str, str, str, str]


def read_rows(name: str) -> list[dict[str, str]]:
    with (HERE / "r_output" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


R_NUMBERS = read_rows("numbers.csv")


@dataclass(frozen=True)
class Trial:
    """The analysis data sets, and every number of the safety set."""

    data: AnalysisData
    numbers: dict[Key, str]


@pytest.fixture(scope="module")
def trial() -> Trial:
    plan, mapping, layout = (
        load_plan(CONFIG / "trial.yaml"),
        load_mapping(CONFIG / "edc.yaml"),
        load_layout(),
    )
    export, fatal = read_export(HERE / "export", mapping, layout)
    lists, findings = read_lists(HERE / "lists", mapping, layout, plan.arms)
    assert [*fatal, *findings] == []
    data = build_analysis_data(export.tables, lists, plan)
    results = [
        *analyse_safety(data.adsl, plan),
        *analyse_survival(data.adsl, data.adtte, without_sparse_rule(plan)),
        *analyse_adverse_events(data.adsl, data.adae, plan),
        *analyse_exposure(data.adsl, plan),
    ]
    rows = build_ard_rows(json.loads(write_results_text(results, Allocation.REHEARSAL, {})))
    numbers = {name_number(row): row["stat"] for row in rows if row["population"] == "SAF"}
    improved = {name_number(row): row["stat"] for row in rows if row["analysis_id"][:3] == "eni"}
    return Trial(data, numbers | improved)


def without_sparse_rule(plan: Plan) -> Plan:
    """The plan under which no model is crude: the export has few events for eight covariates."""
    never = plan.sparse.model_copy(update={"events_per_variable": 0.0})
    return plan.model_copy(update={"sparse": never})


def name_number(row: dict[str, str]) -> Key:
    return row["analysis_id"], row["group"], row["level"], row["stat_name"]


def agrees(ours: str, theirs: str) -> bool:
    if "" in (ours, theirs) or theirs == "NA":
        return ours == "" and theirs == "NA"
    return float(ours) == pytest.approx(float(theirs), rel=AGREES, abs=0.0)


def list_ids() -> list[str]:
    return sorted({row["analysis_id"] for row in R_NUMBERS})


@pytest.mark.parametrize("analysis_id", list_ids())
def test_numbers_agree_with_r(trial: Trial, analysis_id: str) -> None:
    differing = [
        (name_number(row), ours, row["stat"])
        for row in R_NUMBERS
        if row["analysis_id"] == analysis_id
        and not agrees(ours := trial.numbers[name_number(row)], row["stat"])
    ]
    assert differing == []


def test_adjusted_ratios_agree_with_r_where_nothing_is_sparse(trial: Trial) -> None:
    """Above, R gives the crude ratio of sparse data too."""
    plan = load_plan(CONFIG / "trial.yaml")
    results = analyse_safety(trial.data.adsl, without_sparse_rule(plan))
    ours = {
        (result.analysis_id, statistic.name): statistic.value
        for result in results
        if result.population == "SAF"
        for statistic in result.statistics
        if not statistic.group
    }
    theirs = {
        (row["analysis_id"], row["stat_name"]): row["stat"] for row in read_rows("adjusted.csv")
    }
    assert len(theirs) == 12
    differing = {
        key: (ours[key], text)
        for key, text in theirs.items()
        if ours[key] != pytest.approx(float(text), rel=AGREES, abs=0.0)
    }
    assert differing == {}
    assert ours["death_90d_rr_adjusted", "estimate"] != ours["death_90d_rr", "estimate"]


def test_r_gives_numbers_of_every_analysis() -> None:
    """The comparison above would pass on nothing."""
    assert len(R_NUMBERS) > 2000
    assert set(list_ids()) >= {
        "death_hr", "death_schoenfeld", "death_logrank", "death_km", "death_90d", "sich_48h",
        "ich_any_48h", "ich_any_48h_imaged", "ph_48h", "ph_48h_rr", "ph_48h_rd", "ae_overview",
        "ae_soc_pt", "ae_special", "ae_serious", "ae_fatal", "ae_related", "ae_drug_withdrawn",
        "exposure", "death_km_difference", "death_rmst", "death_rmst_difference", "eni_h24",
        "death_90d_rr_adjusted", "sich_48h_rr_adjusted", "eni_h24_rr_adjusted", "hemicraniectomy",
        "sich_ecass2", "sich_sits_most", "ich_class_48h", "ich_class_48h_rd",
    }  # fmt: skip


@pytest.mark.parametrize("analysis_id", [name for name in list_ids() if name.startswith("ae_")])
def test_r_knows_every_level_of_the_adverse_events(trial: Trial, analysis_id: str) -> None:
    ours = {key[2] for key in trial.numbers if key[0] == analysis_id}
    assert ours == {row["level"] for row in R_NUMBERS if row["analysis_id"] == analysis_id}


def test_times_agree_with_r_subject_by_subject(trial: Trial) -> None:
    adtte = trial.data.adtte
    columns = (adtte[name].astype("str") for name in ("SUBJID", "AVAL", "CNSR"))
    ours = {subjid: (time, censored) for subjid, time, censored in zip(*columns, strict=True)}
    theirs = {row["SUBJID"]: (row["AVAL"], row["CNSR"]) for row in read_rows("times.csv")}
    assert ours == theirs


def test_starts_agree_with_r_event_by_event(trial: Trial) -> None:
    """Of the subjects of the safety set; R takes no other."""
    treated = trial.data.adae[trial.data.adae["SAFFL"] == "Y"]
    ours = {
        (row["SUBJID"], str(row["AESEQ"])): tuple(
            "NA" if pd.isna(row[name]) else str(row[name])
            for name in ("ASTDY", "ASTDTF", "TRTEMFL")
        )
        for row in treated.to_dict("records")
    }
    theirs = {
        (row["SUBJID"], row["AESEQ"]): (row["ASTDY"], row["ASTDTF"], row["TRTEMFL"])
        for row in read_rows("events.csv")
    }
    assert len(treated) == len(ours) > 300
    assert ours == {key: theirs[key] for key in ours}


def test_r_output_says_where_it_comes_from() -> None:
    run = json.loads((HERE / "r_output" / "run.json").read_text(encoding="utf-8"))
    assert run["call"] == "Rscript safety.R"
    assert run["r"].startswith("R version 4.")
    assert set(run) == {"call", "date", "r", "packages"}
