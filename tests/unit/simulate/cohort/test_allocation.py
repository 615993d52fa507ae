"""Blocks balance the arms at every site, and no number gives an arm away."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.config import Plan
from analysis.simulate import SimulatedTrial
from analysis.simulate.cohort.cohort import Cohort


def arms_of(trial: SimulatedTrial) -> pd.DataFrame:
    rand = trial.tables["rand"].merge(trial.lists["randomisation_list"], on="RANDNO")
    return rand.assign(SITEID=rand["SUBJID"].str.split("-").str[0])


def test_arms_balance_at_every_site(trial: SimulatedTrial, plan: Plan) -> None:
    counts = arms_of(trial).groupby(["SITEID", "ARM"]).size().unstack(fill_value=0)
    difference = (counts[plan.arms.treatment.code] - counts[plan.arms.reference.code]).abs()
    assert difference.max() <= plan.demo.block_size / 2


def test_every_whole_block_is_balanced(trial: SimulatedTrial, plan: Plan) -> None:
    ordered = arms_of(trial).sort_values("RANDDTC", kind="stable")
    block = ordered.groupby("SITEID").cumcount() // plan.demo.block_size
    treated = (ordered["ARM"] == plan.arms.treatment.code).groupby([ordered["SITEID"], block])
    whole = treated.sum()[treated.size() == plan.demo.block_size]
    assert (whole == plan.demo.block_size / 2).all()


def test_kit_is_of_the_arm(clean: SimulatedTrial) -> None:
    rand = arms_of(clean)
    arm_of_kit = clean.lists["kit_list"].set_index("KITNO")["ARM"]
    assert (rand["KITNO"].map(arm_of_kit) == rand["ARM"]).all()
    doses = clean.tables["ex"].merge(rand[["SUBJID", "ARM"]], on="SUBJID")
    given = doses[doses["EXKIT"] != ""]
    assert (given["EXKIT"].map(arm_of_kit) == given["ARM"]).all()


def test_numbers_say_nothing_of_the_arm(large: Cohort) -> None:
    treated = large.allocation.treated
    n = len(treated)
    for numbers in (large.allocation.randno, large.allocation.kitno):
        correlation = np.corrcoef(numbers.astype(int), treated)[0, 1]
        assert abs(correlation) < 4 / np.sqrt(n)


def test_numbers_keep_leading_zeros(trial: SimulatedTrial) -> None:
    assert set(trial.lists["randomisation_list"]["RANDNO"].str.len()) == {4}
    assert "0001" in set(trial.lists["randomisation_list"]["RANDNO"])
    assert set(trial.lists["kit_list"]["KITNO"].str.len()) == {5}


def test_subjects_are_numbered_in_order_of_randomisation(large: Cohort) -> None:
    same_site = np.diff(large.allocation.site) == 0
    assert (np.diff(large.allocation.randomised)[same_site] >= np.timedelta64(0, "m")).all()
