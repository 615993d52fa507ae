"""Missing covariates, rare categories, columns of a fit (SAP 5.2, 5.3)."""

from __future__ import annotations

import pytest

from analysis.analyses.model_data.covariates import Prepared, build_columns, prepare_covariates
from analysis.config import Plan
from analysis.errors import DataError
from tests.unit.analyses.small_trial.adsl import build_adsl

OCCLUSION_LEVELS = ("M1", "ICA", "M2", "OTHER")


def prepare(plan: Plan, n: int, **columns: object) -> Prepared:
    """Covariates of n subjects, the first half MPSS."""
    return prepare_covariates(build_adsl([0] * (n // 2), [0] * (n - n // 2), **columns), plan)


def occlusions(m1: int = 0, ica: int = 0, m2: int = 0, other: int = 0, missing: int = 0) -> list:
    counts = {"M1": m1, "ICA": ica, "M2": m2, "OTHER": other, None: missing}
    return [level for level, count in counts.items() for _ in range(count)]


def prepare_occlusions(plan: Plan, **counts: int) -> Prepared:
    values = occlusions(**counts)
    return prepare(plan, len(values), OCCLOC=values)


@pytest.mark.parametrize(
    ("ages", "imputed"),
    [
        ([60, None, 70, 81], 70.0),  # the middle of 60, 70, 81
        ([60, None, 70, 81, 75, None], 72.5),  # between 70 and 75
    ],
)
def test_continuous_covariates_take_the_median(
    plan: Plan, ages: list[int | None], imputed: float
) -> None:
    prepared = prepare(plan, len(ages), AGE=ages)
    expected = [imputed if age is None else age for age in ages]
    assert list(prepared.values["AGE"]) == expected
    assert prepared.imputed["AGE"] == ages.count(None)
    assert f"Age, years: {ages.count(None)} missing, set to {imputed:g}" in prepared.notes


def test_the_median_is_that_of_both_arms_and_of_subjects_without_an_outcome(plan: Plan) -> None:
    # MPSS 50, 52; placebo 80, 81 (no outcome), missing: the median of all is 66
    adsl = build_adsl([1, 2], [3, None, 4], AGE=[50, 52, 80, 81, None])
    assert prepare_covariates(adsl, plan).values["AGE"].iloc[-1] == 66.0


@pytest.mark.parametrize(
    ("counts", "mode"),
    [
        ({"m1": 5, "ica": 8, "missing": 1}, "ICA"),
        ({"m1": 8, "ica": 8, "missing": 1}, "M1"),  # a tie goes to the reference
        ({"m1": 5, "ica": 8, "m2": 8, "missing": 1}, "ICA"),  # else to the first of the plan
    ],
)
def test_categorical_covariates_take_the_mode(
    plan: Plan, counts: dict[str, int], mode: str
) -> None:
    prepared = prepare_occlusions(plan, **counts)
    assert prepared.values["OCCLOC"].iloc[-1] == mode
    assert prepared.imputed["OCCLOC"] == 1


def test_a_tie_does_not_depend_on_the_order_of_subjects(plan: Plan) -> None:
    values = occlusions(m1=8, ica=8, missing=1)[::-1]
    prepared = prepare(plan, len(values), OCCLOC=values)
    assert prepared.values["OCCLOC"].iloc[0] == "M1"


def test_prestroke_mrs_takes_the_mode_after_it_is_cut(plan: Plan) -> None:
    # 0 is the most frequent score of 0, 0, 1, 2, 3, but ">=1" the most frequent group
    groups = ["0", "0", ">=1", ">=1", ">=1", None]
    prepared = prepare(plan, 6, MRSPRGR1=groups, MRSPRE=[0, 0, 1, 2, 3, None])
    assert prepared.imputed["MRSPRGR1"] == 1
    assert "Pre-stroke mRS: 1 missing, set to >=1" in prepared.notes


@pytest.mark.parametrize(
    ("counts", "levels"),
    [
        ({"m1": 20, "ica": 5, "m2": 5, "other": 5}, ("M1", "ICA", "M2", "OTHER")),
        ({"m1": 20, "ica": 5, "m2": 5, "other": 4}, ("M1", "ICA", "M2")),
        ({"m1": 20, "ica": 5, "m2": 1, "other": 4}, ("M1", "ICA")),
        ({"m1": 4, "ica": 6, "m2": 9}, ("M2", "ICA")),  # a rare reference joins the largest
        ({"m1": 4, "ica": 6, "m2": 9, "other": 2}, ("M2", "ICA")),  # and so does another rare one
        ({"m1": 20}, ("M1",)),
        ({"m1": 20, "ica": 4}, ("M1",)),
        ({"m1": 2, "ica": 3}, ("ICA",)),
    ],
)
def test_rare_categories_are_merged(
    plan: Plan, counts: dict[str, int], levels: tuple[str, ...]
) -> None:
    prepared = prepare_occlusions(plan, **counts)
    assert prepared.levels["OCCLOC"] == levels
    assert set(prepared.values["OCCLOC"]) == set(levels)


def test_where_merged_subjects_go(plan: Plan) -> None:
    prepared = prepare_occlusions(plan, m1=4, ica=6, m2=9, other=2)
    counts = prepared.values["OCCLOC"].value_counts().to_dict()
    assert counts == {"M2": 4 + 9 + 2, "ICA": 6}
    assert "Occlusion site: M1 (4 subjects) merged into M2" in prepared.notes
    assert "Occlusion site: OTHER (2 subjects) merged into M2" in prepared.notes


def test_a_category_is_counted_after_imputation(plan: Plan) -> None:
    prepared = prepare_occlusions(plan, m1=4, ica=3, m2=3, missing=1)  # M1 becomes 5
    assert prepared.levels["OCCLOC"] == ("M1",)


def test_a_category_is_counted_in_the_itt_set(plan: Plan) -> None:
    """Four of the five are neither in the per-protocol set nor have an outcome."""
    values = occlusions(m1=15, ica=5)
    pp = ["Y"] * 16 + ["N"] * 4
    adsl = build_adsl([0] * 10, [0] * 6 + [None] * 4, OCCLOC=values, PPROTFL=pp)
    assert prepare_covariates(adsl, plan).levels["OCCLOC"] == ("M1", "ICA")


@pytest.mark.parametrize(
    ("yes", "level"), [(4, "N"), (16, "Y")], ids=["rare yes", "rare no, the reference"]
)
def test_a_two_level_covariate_with_a_rare_level_is_dropped(
    plan: Plan, yes: int, level: str
) -> None:
    ivt = ["Y"] * yes + ["N"] * (20 - yes)
    prepared = prepare(plan, 20, IVT=ivt)
    assert prepared.levels["IVT"] == (level,)
    columns, _ = build_columns(prepared, list(prepared.values.index), plan)
    assert not [name for name in columns if name.startswith("IVT")]
    assert "Intravenous thrombolysis: left with one level, not in the models" in prepared.notes


def test_the_limit_of_a_rare_category_is_the_plans(plan: Plan) -> None:
    primary = plan.primary.model_copy(update={"rare_category_below": 3})
    prepared = prepare_occlusions(plan.model_copy(update={"primary": primary}), m1=9, ica=3, m2=2)
    assert prepared.levels["OCCLOC"] == ("M1", "ICA")


def test_nothing_missing_and_nothing_rare_needs_no_note(plan: Plan) -> None:
    prepared = prepare(
        plan, 20, OCCLOC=occlusions(m1=5, ica=5, m2=5, other=5), IVT=["Y", "N"] * 10,
        MRSPRGR1=["0", ">=1"] * 10,
    )  # fmt: skip
    assert prepared.notes == ()


@pytest.mark.parametrize(("name", "value"), [("AGE", None), ("OCCLOC", None), ("LKWRNDH", None)])
def test_a_covariate_without_any_value_stops_the_run(plan: Plan, name: str, value: object) -> None:
    with pytest.raises(DataError, match=f"Column {name} holds no value for any"):
        prepare(plan, 6, **{name: [value] * 6})


def test_a_level_that_the_plan_does_not_have_stops_the_run(plan: Plan) -> None:
    with pytest.raises(DataError, match="Column OCCLOC holds M4, which is not among"):
        prepare(plan, 6, OCCLOC=["M1"] * 5 + ["M4"])


def test_columns_are_those_of_the_subjects_asked_for(plan: Plan) -> None:
    prepared = prepare(
        plan, 10, AGE=range(60, 70), OCCLOC=occlusions(m1=5, ica=5), IVT=["Y", "N"] * 5
    )
    columns, constant = build_columns(prepared, ["S0009", "S0000", "S0001"], plan)
    assert columns.to_dict("list") == {
        "AGE": [69.0, 60.0, 61.0],
        "OCCLOC=ICA": [1.0, 0.0, 0.0],
        "IVT=Y": [0.0, 1.0, 0.0],
    }
    assert constant == ("NIHSSBL", "ASPECTS", "LKWRNDH")


def test_a_column_constant_among_the_subjects_is_dropped_and_named(plan: Plan) -> None:
    prepared = prepare(plan, 10, AGE=range(60, 70), OCCLOC=occlusions(m1=5, ica=5))
    columns, constant = build_columns(prepared, ["S0000", "S0001"], plan)  # both M1
    assert list(columns) == ["AGE"]
    assert "OCCLOC=ICA" in constant
