"""Dichotomies, secondary outcomes and subgroups against R, from raw cells (SAP 8.1 to 8.4).

``README.md`` tells what the files beside this test are. The made-up trials pass through all
derivations: R programmed the rules of the plan on the raw columns.
"""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.analyses.mrs.dichotomies import analyse_dichotomies
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.analyses.secondary import analyse_secondary
from analysis.config import Plan, load_plan
from analysis.edc.allocation.lists import Lists
from analysis.edc.layout import load_layout
from analysis.edc.typed import type_table
from analysis.io.result import AnalysisResult

HERE = Path(__file__).parent
CONFIG = HERE.parents[2] / "config"
REFERENCE = json.loads((HERE / "secondary.json").read_text(encoding="utf-8"))
TRIALS = ("trial", "small")

AGREES = 1e-8
"""Relative. Both programs end within 1e-10 of the maximum and write at least 12 digits; a p-value
has up to a hundred times the relative error of its statistic."""
ROUNDED = 1e-10
"""Absolute, for a deviance, of which ten decimals are written, and its p-value."""

RANDOMISED = datetime(2025, 3, 10, 10, 0)
ITEMS = ("EQMO", "EQSC", "EQUA", "EQPD", "EQAD")
Row = dict[str, str]
Key = tuple[str, str, str, str]


def day(number: int) -> str:
    return f"{RANDOMISED + timedelta(days=number):%Y-%m-%d}"


def write_tables(row: Row) -> dict[str, list[Row]]:
    """One subject of a made-up trial as the rows of an export."""
    onset = row["LKWMIN"] and f"{RANDOMISED - timedelta(minutes=int(row['LKWMIN'])):%Y-%m-%dT%H:%M}"
    baseline = ("NIHSSBL", "ASPECTS", "OCCLOC", "IVT", "MRSPRE", "TOAST")
    tables: dict[str, list[Row]] = {
        "dm": [{"SITEID": "01", "AGE": row["AGE"], "SEX": row["SEX"]}],
        "rand": [{"RANDNO": row["SUBJID"], "RANDDTC": f"{RANDOMISED:%Y-%m-%dT%H:%M}"}],
        "bl": [{"LKWDTC": onset, **{name: row[name] for name in baseline}}],
        "evt": [{"ETICI": row["ETICI"], "PASSES": row["PASSES"]}],
        "nihss": [
            {"VISIT": visit, "NIHDTC": f"{day(number)}T10:00", "NIHSS": row[name]}
            for visit, number, name in (("H24", 1, "NIHSS24"), ("D7", 7, "NIHSS7"))
        ],
        "mrs": [{"VISIT": "D90", "MRSDTC": day(90), "MRSSRC": "CENTRAL", "MRS": row["MRS"]}],
        "eq5d": [
            {"VISIT": "D90", "EQDTC": row["EQDAY"] and day(int(row["EQDAY"])),
             "EQVAS": row["EQVAS"], **{name: row[name] for name in ITEMS}}
        ],
        "dd": [{"DTHDTC": day(int(row["DTHDAY"]))}] if row["DTHDAY"] else [],
    }  # fmt: skip
    return {
        name: [{"SUBJID": row["SUBJID"], **cells} for cells in rows]
        for name, rows in tables.items()
    }


def derive(trial: str, plan: Plan) -> AnalysisData:
    with (HERE / f"{trial}.csv").open(encoding="utf-8", newline="") as file:
        subjects = list(csv.DictReader(file))
    layout = load_layout()
    written = [write_tables(row) for row in subjects]
    tables = {}
    for name, table in layout.tables.items():
        rows = [row for subject in written for row in subject.get(name, [])]
        texts = pd.DataFrame(rows, columns=list(table.columns), dtype="str").fillna("")
        tables[name] = type_table(name, table, texts).frame
    lists = Lists({row["SUBJID"]: row["ARM"] for row in subjects}, {})
    return build_analysis_data(tables, lists, plan)


def name_numbers(results: list[AnalysisResult]) -> dict[Key, Any]:
    return {
        (result.analysis_id, statistic.group, statistic.level, statistic.name): statistic.value
        for result in results
        for statistic in result.statistics
    }


@pytest.fixture(scope="module")
def numbers() -> dict[str, dict[Key, Any]]:
    shipped = load_plan(CONFIG / "trial.yaml")
    never = shipped.sparse.model_copy(update={"events_per_variable": 0.0})
    plan = shipped.model_copy(update={"sparse": never})
    found = {}
    for trial in TRIALS:
        data = derive(trial, plan)
        results = [
            *analyse_dichotomies(data.adsl, plan),
            *analyse_secondary(data.adsl, data.adqs, plan),
            *analyse_subgroups(data.adsl, plan),
        ]
        found[trial] = name_numbers(results)
    return found


def list_cases() -> list[tuple[str, str]]:
    ids = {(trial, row["id"]) for trial in TRIALS for row in REFERENCE[trial]}
    return sorted(ids, reverse=True)


def agrees(ours: float | None, theirs: float | None, name: str) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if isinstance(ours, int):
        return ours == theirs
    rounded = ROUNDED if name in ("statistic", "p_interaction") else 0.0
    return ours == pytest.approx(theirs, rel=AGREES, abs=rounded)


@pytest.mark.parametrize(("trial", "analysis_id"), list_cases())
def test_numbers_agree_with_r(
    numbers: dict[str, dict[Key, Any]], trial: str, analysis_id: str
) -> None:
    rows = [row for row in REFERENCE[trial] if row["id"] == analysis_id]
    differing = [
        (row["group"], row["level"], name, ours, theirs)
        for row in rows
        for name, theirs in row["stats"].items()
        if not agrees(
            ours := numbers[trial][analysis_id, row["group"], row["level"], name], theirs, name
        )
    ]
    assert differing == []


def test_r_gives_numbers_of_every_analysis() -> None:
    """The comparison above would pass on nothing."""
    endings = ("", "_rr_adjusted", "_rr", "_rd", "_rd_adjusted", "_or_adjusted")
    factors = ("age", "sex", "nihss", "aspects", "occlusion", "ivt", "etici", "toast", "ott")
    for trial in TRIALS:
        assert {row["id"] for row in REFERENCE[trial]} >= {
            *(f"mrs_0_{level}{ending}" for level in range(1, 5) for ending in endings),
            "nihss_h24", "nihss_h24_win_odds", "nihss_d7", "nihss_d7_win_odds", "eq5d", "eqvas",
            "eqvas_survivors", "uw_mrs", "subgroup_passes",
            *(f"subgroup_{name}" for name in factors),
        }  # fmt: skip
    assert set(REFERENCE["provenance"]) == {"call", "date", "r", "packages"}


def test_what_r_cannot_estimate_is_there_too() -> None:
    missing = [
        (row["id"], row["level"])
        for row in REFERENCE["small"]
        for name, value in row["stats"].items()
        if name == "estimate" and value is None
    ]
    assert ("mrs_0_1_rr", "") in missing
    assert ("subgroup_age", "<70") in missing
