"""The data of a fit: any outcome, by the rows of ADSL; the day-90 mRS unless another is given."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.analyses.model_data.design import build_design
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import build_adsl


def test_the_outcome_is_the_day_90_mrs_unless_given(plan: Plan) -> None:
    design = build_design(build_adsl([1, None, 3], [2, 6]), "ITT", plan, None)
    assert (design.y.tolist(), design.y.dtype) == ([1, 3, 2, 6], np.int64)
    assert {count.variable for count in design.counts} == {"MRS"}


def test_a_measurement_is_analysed_in_those_who_have_it(plan: Plan) -> None:
    adsl = build_adsl([None, 1, 2], [2, 6])
    given = pd.Series([0.25, np.nan, -0.5, 1.0], index=adsl.index[[4, 3, 0, 1]])
    design = build_design(adsl, "ITT", plan, None, given, "EQ5DUTIL")
    assert design.y.tolist() == [-0.5, 1.0, 0.25]
    assert design.subjects == tuple(adsl["SUBJID"].iloc[[0, 1, 4]])
    counts = [(count.group, count.value, count.variable) for count in design.counts]
    codes = plan.arms.codes
    by_arm = {plan.arms.treatment.code: 2, plan.arms.reference.code: 1}
    assert counts == [("", 3, "EQ5DUTIL"), *((code, by_arm[code], "EQ5DUTIL") for code in codes)]


def test_a_score_given_for_nobody_of_the_set_is_left_out(plan: Plan) -> None:
    adsl = build_adsl([1, 2], [3, 4])
    adsl["ITTFL"] = ["Y", "N", "Y", "Y"]
    design = build_design(adsl, "ITT", plan, None, adsl["MRS90"].clip(lower=3))
    assert (design.y.tolist(), design.y.dtype) == ([3, 3, 4], np.int64)
