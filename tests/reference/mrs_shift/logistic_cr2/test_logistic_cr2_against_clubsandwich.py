"""CR2 of two levels against clubSandwich: logistic regression clustered by site."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.analyses.model_data.covariates import build_columns, prepare_covariates
from analysis.analyses.model_data.design import build_design
from analysis.analyses.model_data.sites import label_subjects
from analysis.config import load_plan
from analysis.models.proportional_odds import estimate_bias_reduced, fit_proportional_odds
from tests.reference.mrs_shift.trial_data import HERE, read_trial

PLAN = load_plan(HERE.parents[2] / "config" / "trial.yaml")
R = json.loads((HERE / "logistic_cr2" / "logistic_cr2.json").read_text(encoding="utf-8"))["results"]
AGREES = 1e-7
"""Relative. ``glm`` takes its weights from the last but one iteration."""


@pytest.mark.parametrize("cut", R["cuts"])
def test_standard_errors_and_degrees_of_freedom(cut: str) -> None:
    adsl = read_trial()
    prepared = prepare_covariates(adsl, PLAN)
    design = build_design(adsl, "ITT", PLAN, prepared)
    columns, _ = build_columns(prepared, design.subjects, PLAN)
    assert design.x.shape[1] == 1 + columns.shape[1] == len(R["columns"])
    sites, _ = label_subjects(adsl, design)
    fit = fit_proportional_odds((design.y > int(cut)).astype(int), design.x, clusters=sites)
    found = [estimate_bias_reduced(fit, column) for column in range(design.x.shape[1])]
    theirs = R["cuts"][cut]
    np.testing.assert_allclose([f.standard_error for f in found], theirs["std_error"], rtol=AGREES)
    np.testing.assert_allclose([f.degrees_of_freedom for f in found], theirs["df"], rtol=AGREES)
