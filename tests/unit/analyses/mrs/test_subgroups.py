"""Subgroups: each level is the model of its subjects; interaction; what has none (SAP 8.4)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import build_design
from analysis.analyses.mrs.common_odds import analyse_common_odds
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.config import Plan
from analysis.models.proportional_odds import fit_proportional_odds
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl, repeat

ANSWER = 1e-9
"""Relative: 12 digits are written."""
NAMES = ("age", "sex", "nihss", "aspects", "occlusion", "ivt", "etici", "toast", "ott", "passes")
LABELS = {"age": ("<70", ">=70"), "nihss": ("<=15", ">15"), "ott": ("<=6 h", ">6 h")}


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_subgroups(derive_subgroups(adsl, plan), plan))


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


def make_adsl(n: int = 600, log_odds_ratio: float = math.log(2), **columns: Any) -> pd.DataFrame:
    """A planted trial with every factor varied."""
    rng = np.random.default_rng(99)
    adsl = build_planted_adsl(n, log_odds_ratio)
    drawn = {
        "SEX": rng.choice(["M", "F"], n),
        "ETICI": rng.choice(["2B50", "2B67", "2C", "3"], n),
        "TOAST": rng.choice(["LAA", "CE", "OTHER", "UNDETERMINED"], n),
        "PASSES": rng.integers(0, 4, n),
    }
    adsl = adsl.assign(**drawn, **columns)
    return adsl.astype({"PASSES": "Int64", "SEX": "str", "ETICI": "str", "TOAST": "str"})


@pytest.fixture(scope="module")
def adsl() -> pd.DataFrame:
    return make_adsl()


@pytest.fixture(scope="module")
def found(adsl: pd.DataFrame, plan: Plan) -> Found:
    return analyse(adsl, plan)


def test_ids_and_labels_are_those_of_the_plan(found: Found) -> None:
    expected = [f"{kind}_{name}" for kind in ("subgroup", "mrs_distribution") for name in NAMES]
    assert [name for name, _ in found.results] == expected
    for name, labels in LABELS.items():
        statistics = found.results[f"subgroup_{name}", "ITT"].statistics
        estimated = tuple(one.level for one in statistics if one.name == "estimate")
        assert estimated == labels


def test_a_level_is_the_primary_model_of_its_subjects(
    adsl: pd.DataFrame, found: Found, plan: Plan
) -> None:
    """Covariates imputed and merged in the whole ITT set, not in the level (SAP 5.2)."""
    older = adsl[adsl["AGE"] >= 70]
    design = build_design(older, "ITT", plan, prepare_covariates(adsl, plan))
    alone = Found([analyse_common_odds("x", "ITT", design, plan)])
    for name in ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error"):
        assert found.value("subgroup_age", name, level=">=70") == close(alone.value("x", name))
    assert found.value("subgroup_age", "n", level=">=70") == len(older)
    assert found.value("subgroup_age", "n", level=">=70", group="MPSS") == int(
        (older["TRT01P"] == "MPSS").sum()
    )


def test_levels_add_up(found: Found) -> None:
    for name in NAMES:
        statistics = found.results[f"subgroup_{name}", "ITT"].statistics
        counted = [one for one in statistics if one.name == "n" and one.level and not one.group]
        assert sum(one.value for one in counted) == found.value(f"subgroup_{name}", "n") == 600


def test_degrees_of_freedom_are_levels_less_one(found: Found) -> None:
    for name in NAMES:
        expected = {"occlusion": 2, "toast": 3}.get(name, 1)
        assert found.value(f"subgroup_{name}", "df") == expected


def test_interaction_is_twice_the_rise_of_the_log_likelihood(plan: Plan) -> None:
    """Covariates constant but the factor: models of arm, sex, and their product."""
    rng = np.random.default_rng(5)
    mrs = rng.integers(0, 7, 200)
    sex = rng.choice(["M", "F"], 200)
    found = analyse(build_adsl(mrs[:100].tolist(), mrs[100:].tolist(), SEX=sex), plan)
    arm, female = np.r_[np.ones(100), np.zeros(100)], (sex == "F").astype(float)
    small = fit_proportional_odds(mrs, np.column_stack([arm, female]))
    large = fit_proportional_odds(mrs, np.column_stack([arm, female, arm * female]))
    rise = 2 * (large.log_likelihood - small.log_likelihood)
    assert found.value("subgroup_sex", "statistic") == pytest.approx(rise, abs=1e-9)
    assert found.value("subgroup_sex", "p_interaction") == pytest.approx(
        math.erfc(math.sqrt(rise / 2)), rel=1e-8
    )


def test_opposite_effects_are_an_interaction_and_equal_ones_none(plan: Plan) -> None:
    good, bad = {0: 30, 3: 20, 6: 10}, {0: 10, 3: 20, 6: 30}
    counts = [repeat(good), repeat(bad)]
    sex = ["F"] * 60 + ["M"] * 60
    opposite = build_adsl(counts[0] + counts[1], counts[1] + counts[0], SEX=sex * 2)
    equal = build_adsl(counts[0] * 2, counts[1] * 2, SEX=sex * 2)
    found = analyse(opposite, plan)
    assert found.value("subgroup_sex", "p_interaction") < 1e-6
    assert found.value("subgroup_sex", "estimate", level="F") == close(
        1 / found.value("subgroup_sex", "estimate", level="M")
    )
    found = analyse(equal, plan)
    assert found.value("subgroup_sex", "statistic") == 0.0
    assert found.value("subgroup_sex", "p_interaction") == 1.0


def test_the_factor_replaces_its_own_covariate(found: Found) -> None:
    """Beside OCCLOC=ICA the factor's ICA would be collinear."""
    for name in ("occlusion", "ivt"):
        assert found.value(f"subgroup_{name}", "p_interaction") is not None
        assert not any(
            "constant" in text for text in found.results[f"subgroup_{name}", "ITT"].warnings
        )


def test_rare_occlusion_sites_are_merged_as_in_the_models(adsl: pd.DataFrame, plan: Plan) -> None:
    sites = adsl["OCCLOC"].mask(adsl.index < 4, "OTHER")
    found = analyse(adsl.assign(OCCLOC=sites), plan)
    statistics = found.results["subgroup_occlusion", "ITT"].statistics
    assert {one.level for one in statistics if one.level} == {"ICA", "M1", "M2"}
    assert found.value("subgroup_occlusion", "n", level="M1") == int(
        sites.isin(["M1", "OTHER"]).sum()
    )
    assert "OTHER: too few subjects, merged into M1" in (
        found.results["subgroup_occlusion", "ITT"].warnings
    )


def test_a_missing_factor_leaves_the_subject_out_of_that_subgroup_alone(
    adsl: pd.DataFrame, plan: Plan
) -> None:
    missing = adsl.assign(
        SEX=adsl["SEX"].mask(adsl.index < 7), AGE=adsl["AGE"].mask(adsl.index < 3)
    )
    found = analyse(missing, plan)
    assert found.value("subgroup_sex", "n") == 593
    assert found.value("subgroup_age", "n") == 597  # not imputed, unlike the covariate
    assert found.value("subgroup_nihss", "n") == 600
    warning = "subjects with an outcome who belong to no level, left out: 7"
    assert found.results["subgroup_sex", "ITT"].warnings == (warning,)


def test_other_etici_grades_are_left_out(adsl: pd.DataFrame, plan: Plan) -> None:
    found = analyse(adsl.assign(ETICI=adsl["ETICI"].mask(adsl.index < 9, "2A")), plan)
    assert found.value("subgroup_etici", "n") == 591


# ---- Not estimable ----


def test_an_empty_level_is_not_estimable_and_no_level_of_the_test(
    adsl: pd.DataFrame, plan: Plan
) -> None:
    found = analyse(adsl.assign(TOAST=adsl["TOAST"].mask(adsl["TOAST"] == "OTHER", "CE")), plan)
    assert found.value("subgroup_toast", "n", level="OTHER") == 0
    assert found.warning("subgroup_toast", "estimate", level="OTHER") == (
        "not estimable: no subject of the set has an outcome"
    )
    assert found.value("subgroup_toast", "df") == 2
    assert found.value("subgroup_toast", "p_interaction") is not None


@pytest.mark.parametrize("level", ["LAA", "OTHER"])
def test_a_level_of_one_arm_takes_no_part_in_the_test(
    adsl: pd.DataFrame, plan: Plan, level: str
) -> None:
    """Whichever level it is: the first is no reference that the test would hang on."""
    other = {"LAA": "CE", "OTHER": "CE"}[level]
    placebo = (adsl["TRT01P"] == "PLACEBO") & (adsl["TOAST"] == level)
    changed = adsl.assign(TOAST=adsl["TOAST"].mask(placebo, other))
    found = analyse(changed, plan)
    assert found.warning("subgroup_toast", "estimate", level=level) == (
        "not estimable: only MPSS has an outcome"
    )
    assert found.value("subgroup_toast", "df") == 2
    without = analyse(changed[changed["TOAST"] != level], plan)
    assert found.value("subgroup_toast", "estimate", level="UNDETERMINED") == close(
        without.value("subgroup_toast", "estimate", level="UNDETERMINED")
    )
    # what is left of the level is its covariates' effect: the same test but for that
    assert found.value("subgroup_toast", "p_interaction") == pytest.approx(
        without.value("subgroup_toast", "p_interaction"), abs=0.1
    )
    notes = found.results["subgroup_toast", "ITT"].warnings
    assert f"{level}: one arm only, not in the test of interaction" in notes


def test_a_factor_of_one_level_has_no_interaction(adsl: pd.DataFrame, plan: Plan) -> None:
    found = analyse(adsl.assign(SEX="F"), plan)
    for name in ("p_interaction", "statistic", "df"):
        assert found.warning("subgroup_sex", name) == (
            "not estimable: fewer than two levels have subjects of both arms"
        )
    assert found.value("subgroup_sex", "estimate", level="F") > 1


def test_a_separated_level_says_so_and_the_others_go_on(plan: Plan) -> None:
    counts = {0: 20, 3: 20, 6: 20}
    mpss, placebo = [*repeat(counts), 0, 0], [*repeat(counts), 6, 6]
    sex = ["F"] * 60 + ["M"] * 2
    found = analyse(build_adsl(mpss, placebo, SEX=sex * 2), plan)
    assert found.warning("subgroup_sex", "estimate", level="M") == (
        "not estimable: separation along column arm: no finite estimate exists"
    )
    assert found.value("subgroup_sex", "estimate", level="F") == close(1)
    assert "separation" in found.warning("subgroup_sex", "p_interaction")


def test_the_set_comes_from_the_plan(adsl: pd.DataFrame, plan: Plan) -> None:
    subgroups = plan.subgroups.model_copy(update={"population": "PP"})
    changed = plan.model_copy(update={"subgroups": subgroups})
    found = analyse(adsl.assign(PPROTFL=["N"] * 50 + ["Y"] * 550), changed)
    assert found.value("subgroup_sex", "n", "PP") == 550


def test_subgroups_come_from_the_plan(adsl: pd.DataFrame, plan: Plan) -> None:
    age = plan.subgroups.factors[0]
    changes: dict[str, Any] = {"name": "older", "cuts": (60.0, 75.0), "levels": ("a", "b", "c")}
    factors = (age.model_copy(update=changes),)
    subgroups = plan.subgroups.model_copy(update={"factors": factors})
    found = analyse(adsl, plan.model_copy(update={"subgroups": subgroups}))
    assert list(found.results) == [("subgroup_older", "ITT"), ("mrs_distribution_older", "ITT")]
    assert found.value("subgroup_older", "df") == 2
