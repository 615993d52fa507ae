"""Multiple imputation and the tipping point: who is imputed, what a shift does (SAP 6)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.analyses.sensitivity.imputed_trials import CompletedTrial, complete_trial
from analysis.analyses.sensitivity.multiple_imputation import Imputer, analyse_tipping
from analysis.config import Plan
from analysis.models.imputation import combine_rubin
from analysis.models.proportional_odds import fit_proportional_odds
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl

IDS = ("sens_mi", "sens_tipping")
ARMS = ("MPSS", "PLACEBO")


@pytest.fixture(scope="module")
def quick(plan: Plan) -> Plan:
    """Six imputations of three cycles, shifts -2, 0 and 2."""
    sensitivity = plan.sensitivity
    few = sensitivity.imputation.model_copy(update={"imputations": 6, "cycles": 3})
    grid = sensitivity.tipping.model_copy(update={"step": 2.0})
    changed = sensitivity.model_copy(update={"imputation": few, "tipping": grid})
    analyses = plan.analyses.model_copy(update={"run": IDS})
    return plan.model_copy(update={"sensitivity": changed, "analyses": analyses})


def build_missing(n: int = 200, **columns: object) -> pd.DataFrame:
    """A planted trial with auxiliaries; every eighth survivor has no day-90 mRS."""
    adsl = build_planted_adsl(n, 0.5)
    rng = np.random.default_rng(4)
    mrs = adsl["MRS90"].to_numpy(dtype=np.int64)
    dead = mrs == 6
    early = dead & (np.arange(n) % 2 == 0)
    mrs30 = np.clip(mrs + rng.integers(-2, 3, n), 0, 5).astype(object)
    mrs30[early] = None
    missing = ~dead & (np.arange(n) % 8 == 3)
    day_7 = np.where(early | (np.arange(n) % 11 == 0), None, 2 * mrs + rng.integers(0, 9, n))
    auxiliaries = {
        "MRS30": mrs30,
        "NIHSSH24": np.where(early, None, 2 * mrs + rng.integers(0, 12, n)),
        "NIHSSD7": day_7,
        "DTHADY": np.where(early, 12, np.where(dead, 55, None)),
        "MRS90": np.where(missing, None, mrs),
    } | columns  # fmt: skip
    typed = {name: pd.array(list(values), dtype="Int64") for name, values in auxiliaries.items()}
    return adsl.assign(**typed)


def complete(adsl: pd.DataFrame, plan: Plan) -> CompletedTrial:
    return complete_trial(adsl, plan, prepare_covariates(adsl, plan))


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_sensitivity(adsl, plan))


def cell(treated: float, reference: float) -> str:
    return f"MPSS={treated:g};PLACEBO={reference:g}"


@pytest.fixture(scope="module")
def adsl() -> pd.DataFrame:
    return build_missing()


@pytest.fixture(scope="module")
def found(adsl: pd.DataFrame, quick: Plan) -> Found:
    return analyse(adsl, quick)


@pytest.fixture(scope="module")
def outcomes(adsl: pd.DataFrame, quick: Plan) -> np.ndarray:
    return complete(adsl, quick).outcomes((0.0, 0.0))


def test_everybody_randomised_is_analysed(adsl: pd.DataFrame, found: Found) -> None:
    missing = int(adsl["MRS90"].isna().sum())
    for analysis_id in IDS:
        assert found.value(analysis_id, "n") == len(adsl)
        assert found.value(analysis_id, "n_imputed") == missing
        by_arm = [found.value(analysis_id, "n_imputed", group=arm) for arm in ARMS]
        assert sum(by_arm) == missing
    assert found.value("sens_mi", "n_imputations") == 6


def test_observed_outcomes_are_kept(adsl: pd.DataFrame, outcomes: np.ndarray) -> None:
    known = adsl["MRS90"].notna().to_numpy()
    expected = adsl.loc[known, "MRS90"].to_numpy(dtype=np.int64)
    assert outcomes.shape == (6, len(adsl))
    assert (outcomes[:, known] == expected).all()
    assert set(np.unique(outcomes)) <= set(range(7))
    assert (outcomes[:, ~known].std(axis=0) > 0).any()


def test_it_is_the_primary_model_pooled_by_rubins_rules(
    adsl: pd.DataFrame, quick: Plan, outcomes: np.ndarray, found: Found
) -> None:
    x = complete(adsl, quick).design.x
    fits = [fit_proportional_odds(y, x) for y in outcomes]
    pooled = combine_rubin(
        [fit.beta[0] for fit in fits], [fit.beta_errors[0] ** 2 for fit in fits],
        len(adsl) - 6 - x.shape[1], 0.05,
    )  # fmt: skip
    expected = {
        "log_estimate": pooled.estimate, "std_error": pooled.standard_error,
        "estimate": math.exp(pooled.estimate), "ci_low": math.exp(pooled.low),
        "ci_high": math.exp(pooled.high), "p_value": pooled.p_value,
        "df": pooled.degrees_of_freedom, "missing_information": pooled.missing_information,
    }  # fmt: skip
    for name, value in expected.items():
        assert found.value("sens_mi", name) == pytest.approx(value, rel=1e-9)


def test_whoever_is_known_alive_is_never_given_a_6(quick: Plan) -> None:
    """Shifted far towards worse, everybody else is."""
    alive = build_missing().assign(ALV90FL="Y")
    missing = alive["MRS90"].isna().to_numpy()
    assert complete(alive, quick).outcomes((500.0, 500.0))[:, missing].max() == 5
    unknown = alive.assign(ALV90FL="N")
    assert complete(unknown, quick).outcomes((500.0, 500.0))[:, missing].min() == 6


def test_the_dead_of_day_30_have_no_part_in_the_imputation(
    adsl: pd.DataFrame, quick: Plan, outcomes: np.ndarray
) -> None:
    """Their baseline does not matter to what the others are given."""
    dead = (adsl["DTHADY"] <= 30).fillna(False)
    assert dead.sum() > 5
    other = adsl.assign(NIHSSBL=adsl["NIHSSBL"].mask(dead, 42))
    assert (complete(other, quick).outcomes((0.0, 0.0)) == outcomes).all()
    later = (adsl["DTHADY"] > 30).fillna(False)
    other = adsl.assign(NIHSSBL=adsl["NIHSSBL"].mask(later, 42))
    assert not (complete(other, quick).outcomes((0.0, 0.0)) == outcomes).all()


def test_a_score_of_death_on_day_30_of_somebody_alive_is_none(
    adsl: pd.DataFrame, quick: Plan
) -> None:
    row = adsl.index[(adsl["DTHADY"] > 30).fillna(False)][0]
    six = adsl.assign(MRS30=adsl["MRS30"].mask(adsl.index == row, 6))
    none = adsl.assign(MRS30=adsl["MRS30"].mask(adsl.index == row))
    first, second = (complete(data, quick).outcomes((0.0, 0.0)) for data in (six, none))
    assert (first == second).all()


def test_the_same_seed_gives_the_same_numbers_in_whatever_order(
    adsl: pd.DataFrame, quick: Plan, found: Found
) -> None:
    again = analyse(adsl.sample(frac=1, random_state=1), quick)
    for name in ("estimate", "ci_low", "p_value", "df"):
        value = again.value("sens_mi", name)
        assert value == pytest.approx(found.value("sens_mi", name), rel=1e-10)
    settings = quick.sensitivity.imputation.model_copy(update={"seed": 1})
    sensitivity = quick.sensitivity.model_copy(update={"imputation": settings})
    other = analyse(adsl, quick.model_copy(update={"sensitivity": sensitivity}))
    assert other.value("sens_mi", "estimate") != found.value("sens_mi", "estimate")


# ---- Tipping point ----


def test_no_shift_is_the_multiple_imputation(found: Found) -> None:
    for name in ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error", "df"):
        value = found.value("sens_tipping", name, level=cell(0, 0))
        assert value == found.value("sens_mi", name)


def test_worse_imputed_outcomes_of_an_arm_are_against_it(found: Found) -> None:
    for fixed in (-2.0, 0.0, 2.0):
        falling = [
            found.value("sens_tipping", "estimate", level=cell(s, fixed)) for s in (-2, 0, 2)
        ]
        rising = [found.value("sens_tipping", "estimate", level=cell(fixed, s)) for s in (-2, 0, 2)]
        assert falling == sorted(falling, reverse=True)
        assert rising == sorted(rising)
        assert falling[0] > falling[-1]
        assert rising[0] < rising[-1]


class Limits:
    """An imputer whose limits are linear in the shifts: 0.35 - 0.2 treated + 0.1 reference."""

    def __init__(self, imputer: Imputer, middle: float) -> None:
        self.imputer, self.plan, self.middle = imputer, imputer.plan, middle
        self.counts, self.notes = imputer.counts, imputer.notes

    def pool(self, analysis_id: str, shifts: tuple[float, float]) -> object:
        treated, reference = shifts
        estimate = self.middle - 0.2 * treated + 0.1 * reference
        # limits estimate +- 0.3 at 95 %: a normal interval of two equal estimates
        alpha = self.plan.alpha_of(analysis_id)
        return combine_rubin([estimate] * 2, [(0.3 / 1.959963984540054) ** 2] * 2, math.inf, alpha)


@pytest.mark.parametrize("level", [0.95, 0.5])
@pytest.mark.parametrize(
    ("middle", "reference", "benefit", "harm"),
    [
        # lower limit 0.35 - 0.3 - 0.2 s + 0.1 r = 0, upper limit 0.35 + 0.3 - 0.2 s + 0.1 r = 0
        (0.35, 0.0, 0.25, None),
        (0.35, 2.0, 1.25, None),
        (0.35, -2.0, -0.75, None),
        (-0.35, 0.0, None, -0.25),
        (5.0, 0.0, None, None),
    ],
)
def test_the_frontier_is_where_p_crosses_alpha(
    adsl: pd.DataFrame,
    quick: Plan,
    middle: float,
    reference: float,
    benefit: float | None,
    harm: float | None,
    level: float,
) -> None:
    """Whatever the confidence of the grid's own intervals."""
    inference = quick.inference.model_copy(update={"level": level})
    apart = quick.model_copy(update={"inference": inference})
    imputer = Limits(Imputer(adsl, apart, prepare_covariates(adsl, apart)), middle)
    result = Found([analyse_tipping(imputer)])  # type: ignore[arg-type]
    row = f"PLACEBO={reference:g}"
    for name, expected in (("frontier_benefit", benefit), ("frontier_harm", harm)):
        value = result.value("sens_tipping", name, level=row)
        if expected is None:
            assert value is None
            assert result.warning("sens_tipping", name, level=row).startswith("not crossed: ")
        else:
            assert value == pytest.approx(expected, rel=1e-9)


def test_every_pair_of_shifts_of_the_plan_is_there(found: Found, quick: Plan) -> None:
    levels = [s.level for s in found.results["sens_tipping", "ITT"].statistics
              if s.name == "p_value"]  # fmt: skip
    shifts = quick.sensitivity.tipping.shifts
    assert sorted(levels) == sorted(cell(t, r) for t in shifts for r in shifts)


# ---- What cannot be imputed ----


def one_level(arm: str) -> Sequence[int | None]:
    return [3] * 19 + [None] if arm == "MPSS" else [0, 1, 2, 3, 4, 5] * 3 + [None, None]


def test_an_arm_of_one_level_is_not_estimable_and_named(quick: Plan) -> None:
    adsl = build_adsl(one_level("MPSS"), one_level("PLACEBO"), AGE=range(50, 90))
    found = analyse(adsl, quick)
    reason = "not estimable: MPSS has fewer than two observed levels of the outcome"
    assert found.warning("sens_mi", "estimate") == reason
    assert found.warning("sens_tipping", "estimate", level=cell(2, -2)) == reason
    assert found.value("sens_mi", "n") == 40
    frontier = found.warning("sens_tipping", "frontier_benefit", level="PLACEBO=0")
    assert frontier.startswith("not estimable: ")


@pytest.mark.parametrize("without", ["everybody", "MPSS"])
def test_an_auxiliary_without_a_value_in_an_arm_is_left_out_and_named(
    quick: Plan, without: str
) -> None:
    adsl = build_missing()
    nobody = (adsl["TRT01P"] == without) | (without == "everybody")
    found = analyse(adsl.assign(NIHSSD7=adsl["NIHSSD7"].mask(nobody)), quick)
    assert found.value("sens_mi", "estimate") is not None
    warnings = found.results["sens_mi", "ITT"].warnings
    assert "NIHSSD7: no value in an arm, not in the imputation models" in warnings


def test_an_arm_without_anybody_alive_is_not_estimable(quick: Plan) -> None:
    adsl = build_missing()
    dead = adsl["TRT01P"] == "MPSS"
    found = analyse(
        adsl.assign(DTHADY=adsl["DTHADY"].mask(dead, 3), MRS90=adsl["MRS90"].mask(dead, 6)), quick
    )
    assert found.warning("sens_mi", "estimate") == (
        "not estimable: not both arms have a randomised subject alive on day 30"
    )


def test_levels_that_an_arm_has_not_are_told(quick: Plan) -> None:
    adsl = build_missing()
    dead = (adsl["MRS90"] == 6).fillna(False) & (adsl["TRT01P"] == "MPSS")
    found = analyse(adsl.assign(MRS90=adsl["MRS90"].mask(dead, 5)), quick)
    warnings = found.results["sens_mi", "ITT"].warnings
    assert "MPSS: nobody alive was observed at mRS 6, nobody is given it" in warnings
