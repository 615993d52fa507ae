"""Tables as they are printed against other programs' on the same rows (``README.md``)."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analysis.analyses.description.baseline import CATEGORICAL, CONTINUOUS, analyse_baseline
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.config import Plan, load_plan
from analysis.display.ard import Ard
from analysis.display.tables.efficacy.coefficients import build_coefficients
from analysis.display.tables.efficacy.primary import build_primary
from analysis.display.tables.table import Row, Table
from analysis.display.tables.trial.baseline import build_baseline
from analysis.display.text.labels import CATEGORY_LABELS, VARIABLE_LABELS
from analysis.io.result import (
    Allocation,
    AnalysisResult,
    Statistic,
    build_ard_rows,
    write_results_text,
)

FOLDER = Path(__file__).parent
REFERENCE = json.loads((FOLDER / "displays.json").read_text())
ARMS = ("MPSS", "PLACEBO", "both")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
STATISTICS = {"meansd": "Mean (SD)", "medianq1q3": "Median (IQR)", "range": "Range"}
FIT = 5e-7
"""polr stops its iterations there: what is added to half a unit of the last digit."""

TERMS = {
    "armMPSS": "Methylprednisolone against Placebo",
    "AGE": "Age, years",
    "NIHSSBL": "Baseline NIHSS",
    "ASPECTS": "ASPECTS",
    "OCCLOCICA": "Occlusion site: ICA against M1",
    "OCCLOCM2": "Occlusion site: M2 against M1",
    "LKWRNDH": "Last known well to randomisation, hours",
    "IVTY": "Intravenous thrombolysis: Y against N",
    "MRSPRGR1>=1": "Pre-stroke mRS: >=1 against 0",
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(FOLDER.parents[2] / "config" / "trial.yaml")


def count_nobody_missing(adsl: pd.DataFrame) -> AnalysisResult:
    """What sentences on missing outcomes read; the rows that R was given all have one."""
    levels = ("", "KNOWN ALIVE", "DIED LATER", "STATUS UNKNOWN", "OUT OF WINDOW")
    counts = [Statistic("n", 0, variable="MRS", level=level) for level in levels]
    total = Statistic("N", len(adsl), variable="MRS")
    return AnalysisResult("missing_outcome", "ITT", "made up", (total, *counts))


@pytest.fixture(scope="module")
def ard(plan: Plan) -> Ard:
    """The results of the rows that R was given."""
    adsl = read_rows()
    no_reasons = pd.DataFrame(columns=["SUBJID", "CODE"], dtype="str")
    results = [
        *analyse_populations(adsl, no_reasons, None, plan),
        *analyse_baseline(adsl, plan),
        *analyse_mrs_shift(adsl, plan),
        count_nobody_missing(adsl),
    ]
    text = write_results_text(results, Allocation.REHEARSAL, {})
    return Ard.from_records(build_ard_rows(json.loads(text)))


def read_rows() -> pd.DataFrame:
    """The rows, with the columns that this comparison does without."""
    numbers = dict.fromkeys((*CONTINUOUS, "MRS90"), "Float64")
    rows = pd.read_csv(FOLDER / "rows.csv", dtype="str").astype(numbers)
    return rows.assign(
        MRS90=rows["MRS90"].astype("Int64"), SAFFL="Y", TRT01A=rows["TRT01P"], DTH90FL="N",
        DCSREAS="COMPLETED",
    )  # fmt: skip


def list_rows(table: Table, label: str) -> dict[str, Row]:
    """The rows of one characteristic; a yes/no variable is a row of its own."""
    grouped = {row.label: row for row in table.rows if row.group == label}
    return grouped or {row.label: row for row in table.rows if row.label == label}


def check_printed(cell: str, exact: list[float], tolerance: float = 1e-9) -> None:
    """Each printed number is the exact one, within half a unit of its last digit."""
    printed = NUMBER.findall(cell)
    assert len(printed) == len(exact), cell
    for text, value in zip(printed, exact, strict=True):
        decimals = -int(Decimal(text).as_tuple().exponent)
        assert abs(float(text) - value) <= 0.5 * 10**-decimals + tolerance, (cell, value)


@pytest.mark.parametrize("name", CONTINUOUS)
def test_means_medians_and_ranges(name: str, ard: Ard, plan: Plan) -> None:
    rows = list_rows(build_baseline(ard, plan, ""), VARIABLE_LABELS[name])
    reference = REFERENCE["baseline"][name]
    for statistic, label in STATISTICS.items():
        for arm, cell in zip(ARMS, rows[label].cells, strict=True):
            check_printed(cell, reference[statistic][arm])
    missing = [reference["Nmiss2"][arm] for arm in ARMS]
    if any(missing):
        assert [float(cell) for cell in rows["Missing"].cells] == missing


@pytest.mark.parametrize("name", CATEGORICAL)
def test_counts_and_percentages(name: str, ard: Ard, plan: Plan) -> None:
    rows = list_rows(build_baseline(ard, plan, ""), VARIABLE_LABELS[name])
    labels = {**CATEGORY_LABELS.get(name, {}), "Y": VARIABLE_LABELS[name]}
    reference = {labels.get(code, code): one for code, one in REFERENCE["baseline"][name].items()}
    for label, row in rows.items():
        if label == "Missing":
            assert [float(cell) for cell in row.cells] == list(reference["Nmiss2"].values())
        elif label not in reference:
            assert set(row.cells) == {"0 (0.0%)"}, "a level that nobody has"
        else:
            for arm, cell in zip(ARMS, row.cells, strict=True):
                check_printed(cell, reference[label][arm])


@pytest.mark.parametrize("term", TERMS)
def test_coefficients(term: str, ard: Ard, plan: Plan) -> None:
    rows = {row.label: row for row in build_coefficients(ard, plan, "").rows}
    check_printed(rows[TERMS[term]].cells[0], REFERENCE["coefficients"][term], FIT)


def test_the_primary_analysis_and_its_profile_interval(ard: Ard, plan: Plan) -> None:
    adjusted, profile, *_ = build_primary(ard, plan, "").rows
    estimate, low, high = REFERENCE["coefficients"]["armMPSS"]
    check_printed(" ".join(adjusted.cells[1:4]), [REFERENCE["n"], estimate, low, high], FIT)
    check_printed(" ".join(profile.cells[2:4]), [estimate, *REFERENCE["profile"]], 1e-4)


@pytest.mark.parametrize("arm", ["MPSS", "PLACEBO"])
def test_bars_are_as_wide_as_those_of_rankinplot(arm: str, ard: Ard) -> None:
    bar = REFERENCE["bars"][arm]
    for level, (count, share) in enumerate(zip(bar["n"], bar["share"], strict=True)):
        place = ("ITT", arm, str(level))
        assert ard.number("mrs_distribution", "n", *place) == count
        percent = ard.number("mrs_distribution", "pct", *place)
        assert percent == pytest.approx(100 * share, rel=1e-11)
