"""Marginals that a stroke neurologist would believe, and records that agree with each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.config import Plan
from analysis.simulate import SimulatedTrial
from analysis.simulate.cohort.cohort import Cohort


def test_baseline(large: Cohort, plan: Plan) -> None:
    baseline, limits = large.baseline, plan.eligibility
    assert baseline.age.mean() == pytest.approx(67, abs=1.5)
    assert baseline.age.std() == pytest.approx(11, abs=1)
    assert limits.age_min <= baseline.age.min()
    assert baseline.age.max() <= limits.age_max
    assert np.median(baseline.nihss) == 16
    assert np.median(baseline.aspects) == 8
    assert np.median(baseline.lkw_minutes) / 60 == pytest.approx(7, abs=0.4)
    assert baseline.lkw_minutes.max() <= limits.lkw_hours_max * 60
    shares = np.bincount(baseline.occlusion, minlength=4) / len(large)
    assert shares == pytest.approx([0.30, 0.56, 0.14, 0.0], abs=0.02)
    assert baseline.ivt.mean() == pytest.approx(0.30, abs=0.02)
    assert (baseline.mrs_before == 1).mean() == pytest.approx(0.15, abs=0.01)


def test_baseline_hangs_together(large: Cohort) -> None:
    baseline = large.baseline
    cardioembolic, atrial = baseline.toast == 1, baseline.history["AFIB"]
    assert cardioembolic[atrial].mean() > 4 * cardioembolic[~atrial].mean()
    assert not baseline.ivt[baseline.lkw_minutes > 12 * 60].mean() > 0.05
    assert np.corrcoef(baseline.laboratory["CREAT"], baseline.laboratory["EGFR"])[0, 1] < -0.6
    glucose, diabetes = baseline.laboratory["GLUC"], baseline.history["DIAB"]
    assert glucose[diabetes].mean() > glucose[~diabetes].mean() + 2


def test_events(large: Cohort) -> None:
    course, days = large.course, large.death_day[large.course.dead]
    assert course.dead.mean() == pytest.approx(0.20, abs=0.03)
    assert np.median(days) < 20
    assert days.max() <= 90
    assert days.min() >= 0
    assert 0.05 < course.symptomatic.mean() < 0.07
    assert 0.25 < course.haemorrhage.mean() < 0.35
    assert course.dead[course.symptomatic].mean() > 2 * course.dead.mean()


def test_missing_outcomes_are_counted_among_survivors(large: Cohort, plan: Plan) -> None:
    survivors = ~large.course.dead
    expected = round(plan.demo.missing_outcome * survivors.sum())
    assert large.course.lost.sum() == expected
    assert not large.course.lost[large.course.dead].any()


def test_times_are_in_order(large: Cohort) -> None:
    allocation, procedure = large.allocation, large.procedure
    minutes = large.baseline.lkw_minutes
    punctured = (allocation.randomised - procedure.puncture).astype(int)
    recanalised = (allocation.randomised - procedure.recanalised).astype(int)
    assert (minutes > punctured).all()
    assert (punctured > recanalised).all()
    assert (recanalised > 0).all()
    assert (punctured - recanalised <= 90).all()


def test_a_death_stands_in_every_table(clean: SimulatedTrial) -> None:
    tables = clean.tables
    dead = tables["dd"].set_index("SUBJID")["DTHDTC"]
    ds = tables["ds"][tables["ds"]["DSDECOD"] == "DEATH"].set_index("SUBJID")["DSSTDTC"]
    fatal = tables["ae"][tables["ae"]["AEOUT"] == "FATAL"].set_index("SUBJID")["AEENDTC"]
    assert ds.to_dict() == fatal.to_dict() == dead.to_dict()
    scores = tables["mrs"][tables["mrs"]["MRS"] == "6"]
    assert set(scores["SUBJID"]) == set(dead.index)
    assert (scores["MRSDTC"] >= scores["SUBJID"].map(dead)).all()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("nihss", "NIHDTC"),
        ("eq5d", "EQDTC"),
        ("ich", "ICHDTC"),
        ("ex", "EXSTDTC"),
        ("ae", "AESTDTC"),
    ],
)
def test_nothing_happens_after_death(clean: SimulatedTrial, table: str, column: str) -> None:
    dead = clean.tables["dd"].set_index("SUBJID")["DTHDTC"]
    frame = clean.tables[table]
    rows = frame[frame["SUBJID"].isin(dead.index) & (frame[column] != "")]
    assert (rows[column].str[:10] <= rows["SUBJID"].map(dead)).all()


def test_central_and_local_readings_mostly_agree(clean: SimulatedTrial) -> None:
    mrs = clean.tables["mrs"]
    wide = mrs[mrs["VISIT"] == "D90"].pivot(index="SUBJID", columns="MRSSRC", values="MRS").dropna()
    assert 0.85 < (wide["CENTRAL"] == wide["LOCAL"]).mean() < 0.97


def test_visits_are_in_the_window(clean: SimulatedTrial, plan: Plan) -> None:
    tables = clean.tables
    rand = tables["rand"].set_index("SUBJID")["RANDDTC"].str[:10]
    rows = tables["mrs"][(tables["mrs"]["VISIT"] == "D90") & (tables["mrs"]["MRS"] != "6")]
    day = (pd.to_datetime(rows["MRSDTC"]) - pd.to_datetime(rows["SUBJID"].map(rand))).dt.days
    assert day.sub(plan.outcome.day).abs().max() < plan.outcome.window_days
    assert day.nunique() > 10


def test_doses_follow_the_plan(clean: SimulatedTrial, plan: Plan) -> None:
    ex, weight = clean.tables["ex"], clean.tables["dm"].set_index("SUBJID")["WEIGHT"].astype(float)
    given = ex[(ex["EXDOSE"] != "") & (ex["EXDOSE"] != "0")]
    per_kg = plan.dosing.iv_mg_per_kg * given["SUBJID"].map(weight)
    expected = per_kg.where(given["EXROUTE"] == "IV", plan.dosing.ia_mg)
    assert given["EXDOSE"].astype(float).to_numpy() == pytest.approx(expected.to_numpy(), abs=0.06)
    missed = ex[~ex.index.isin(given.index)]
    assert set(missed["SUBJID"]) <= set(clean.tables["dd"]["SUBJID"])


def test_adverse_events_are_coded(clean: SimulatedTrial) -> None:
    ae = clean.tables["ae"]
    coded = ae.drop_duplicates(["AETERM", "AEDECOD", "AEBODSYS"])
    assert coded["AEDECOD"].is_unique
    assert coded["AEDECOD"].ne("").all()
    assert 1.5 < len(ae) / len(clean.tables["rand"]) < 4
    sich = clean.tables["ich"].query("SICH == 'Y'")["SUBJID"].unique()
    assert set(sich) == set(ae.query("AEDECOD == 'Cerebral haemorrhage'")["SUBJID"])


def test_screening_log_holds_everyone_randomised(clean: SimulatedTrial) -> None:
    log = clean.tables["screening"]
    randomised = log[log["SCRRES"] == "RANDOMISED"]
    assert sorted(randomised["SUBJID"]) == sorted(clean.tables["rand"]["SUBJID"])
    assert log["SCRNO"].is_unique
    assert log["SCRDTC"].is_monotonic_increasing
