"""Deaths and haemorrhages: counts by hand, direction, and arms without an event (SAP 9.1, 9.2)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl

ANSWER = 1e-9
"""Relative: 12 digits are written."""
Z = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""
RATIO, DIFFERENCE = "death_90d_rr", "death_90d_rd"


def flags(yes: int, n: int) -> list[str]:
    return ["Y"] * yes + ["N"] * (n - yes)


def deaths(mpss: tuple[int, int], placebo: tuple[int, int], **columns: object) -> pd.DataFrame:
    """ADSL with so many deaths of so many subjects in each arm."""
    scores = [0] * mpss[1], [0] * placebo[1]
    return build_adsl(*scores, DTH90FL=flags(*mpss) + flags(*placebo), **columns)


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_safety(adsl, plan))


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


@pytest.fixture(scope="module")
def found(plan: Plan) -> Found:
    """10 deaths of 100 against 20 of 100."""
    return analyse(deaths((10, 100), (20, 100)), plan)


@pytest.mark.parametrize("population", ["SAF", "ITT"])
def test_counts(found: Found, population: str) -> None:
    def counts(group: str) -> list[int | float | None]:
        return [
            found.value("death_90d", name, population, group=group)
            for name in ("events", "N", "pct")
        ]

    assert counts("MPSS") == [10, 100, 10.0]
    assert counts("PLACEBO") == [20, 100, 20.0]
    assert found.value(RATIO, "n", population) == 200


def test_risk_ratio_by_hand(found: Found) -> None:
    """MPSS over placebo: 0.1 / 0.2, with the interval of its logarithm (Katz)."""
    error = math.sqrt(1 / 10 - 1 / 100 + 1 / 20 - 1 / 100)
    assert found.value(RATIO, "estimate", "SAF") == close(0.5)
    assert found.value(RATIO, "log_estimate", "SAF") == close(math.log(0.5))
    assert found.value(RATIO, "std_error", "SAF") == close(error)
    assert found.value(RATIO, "ci_low", "SAF") == close(0.5 * math.exp(-Z * error))
    assert found.value(RATIO, "ci_high", "SAF") == close(0.5 * math.exp(Z * error))
    p_value = math.erfc(-math.log(0.5) / error / math.sqrt(2))
    assert found.value(RATIO, "p_value", "SAF") == close(p_value)


def test_risk_difference_by_hand(found: Found) -> None:
    """MPSS minus placebo; score statistic at the pooled risk of 0.15, variance x 200 / 199."""
    assert found.value(DIFFERENCE, "estimate", "SAF") == close(-0.1)
    variance = 0.15 * 0.85 * (1 / 100 + 1 / 100) * 200 / 199
    p_value = math.erfc(0.1 / math.sqrt(variance) / math.sqrt(2))
    assert found.value(DIFFERENCE, "p_value", "SAF") == close(p_value)
    low, high = (found.value(DIFFERENCE, name, "SAF") for name in ("ci_low", "ci_high"))
    assert -0.21 < low < -0.1 < high < 0.01


@pytest.mark.parametrize(
    ("flag", "unknown", "analysis_id"),
    [
        ("SICH48FL", "SICHUNFL", "sich_48h"),
        ("ICH48FL", "ICHUNFL", "ich_any_48h"),
        ("PH48FL", "ICHUNFL", "ph_48h"),
    ],
)
def test_each_haemorrhage_has_its_flag_and_its_unknown(
    plan: Plan, flag: str, unknown: str, analysis_id: str
) -> None:
    columns = {flag: flags(3, 50) + flags(1, 40), unknown: flags(5, 50) * 2}
    columns = {name: values[:90] for name, values in columns.items()}
    found = analyse(build_adsl([0] * 50, [0] * 40, **columns), plan)
    assert found.value(analysis_id, "events", "SAF", group="MPSS") == 3
    assert found.value(analysis_id, "events", "SAF", group="PLACEBO") == 1
    assert found.value(analysis_id, "N", "SAF", group="PLACEBO") == 40  # unknown counts as none
    assert found.value(analysis_id, "n_unknown", "SAF", group="MPSS") == 5
    assert found.value(f"{analysis_id}_rr", "estimate", "SAF") == close((3 / 50) / (1 / 40))
    assert found.value("death_90d", "events", "SAF", group="MPSS") == 0


def test_any_haemorrhage_among_those_imaged(plan: Plan) -> None:
    """50 and 40 subjects, 30 and 20 of them imaged; of unknown status is 1 of those in MPSS."""
    imaged = flags(30, 50) + flags(20, 40)
    unknown = ["N"] * 29 + ["Y"] * 21 + ["N"] * 20 + ["Y"] * 20
    events = flags(6, 50) + flags(2, 40)
    adsl = build_adsl([0] * 50, [0] * 40, ICHIMGFL=imaged, ICHUNFL=unknown, ICH48FL=events)
    found = analyse(adsl, plan)
    name = "ich_any_48h_imaged"
    for group, counts in {"MPSS": (6, 30, 1), "PLACEBO": (2, 20, 0)}.items():
        statistics = ("events", "N", "n_unknown")
        assert tuple(found.value(name, s, "SAF", group=group) for s in statistics) == counts
    assert found.value(f"{name}_rd", "estimate", "SAF") == close(0.1)
    assert found.value(f"{name}_rr", "estimate", "SAF") == close(2.0)
    assert found.value(f"{name}_rr", "n", "SAF") == 50
    assert found.value("ich_any_48h", "N", "SAF", group="MPSS") == 50


def test_the_safety_set_is_analysed_as_treated_and_itt_as_randomised(plan: Plan) -> None:
    # one MPSS subject who died got placebo, one who died got nothing
    treated = ["PLACEBO", None, *["MPSS"] * 8, *["PLACEBO"] * 10]
    adsl = deaths((3, 10), (1, 10), TRT01A=treated, SAFFL=["Y", "N", *["Y"] * 18])
    found = analyse(adsl, plan)

    def counts(population: str) -> list[int | float | None]:
        return [
            found.value("death_90d", name, population, group=group)
            for group in ("MPSS", "PLACEBO")
            for name in ("events", "N")
        ]

    assert counts("ITT") == [3, 10, 1, 10]
    assert counts("SAF") == [1, 8, 2, 11]


NOTHING = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
WITHOUT_ESTIMATE = ("estimate", "p_value", "log_estimate", "std_error")


@pytest.mark.parametrize(
    ("mpss", "placebo", "missing", "reason"),
    [
        ((0, 50), (5, 50), WITHOUT_ESTIMATE, "no event in the treatment arm"),
        ((5, 50), (0, 50), (*WITHOUT_ESTIMATE, "ci_high"), "no event in the reference arm"),
        ((0, 50), (0, 50), NOTHING, "no event in either arm"),
        ((0, 0), (5, 50), NOTHING, "an arm has no subjects"),
        ((5, 50), (0, 0), NOTHING, "an arm has no subjects"),
    ],
)
def test_a_risk_ratio_that_cannot_be_estimated_says_why(
    plan: Plan, mpss: tuple[int, int], placebo: tuple[int, int], missing: tuple[str, ...],
    reason: str,
) -> None:  # fmt: skip
    found = analyse(deaths(mpss, placebo), plan)
    for name in NOTHING:
        statistic = found.statistic(RATIO, name, "SAF")
        assert (statistic.value is None) == (name in missing), name
        if name in missing:
            assert statistic.note == f"not estimable: {reason}"


def test_the_interval_stands_without_an_event_in_one_arm(plan: Plan) -> None:
    """0 of 50 against 5 of 50: from 0 to Koopman's upper limit; exchanged, its reciprocal."""
    found = analyse(deaths((0, 50), (5, 50)), plan)
    assert found.value(RATIO, "ci_low", "SAF") == 0.0
    high = found.value(RATIO, "ci_high", "SAF")
    exchanged = analyse(deaths((5, 50), (0, 50)), plan)
    assert exchanged.value(RATIO, "ci_low", "SAF") == close(1 / high)
    assert found.value(DIFFERENCE, "estimate", "SAF") == close(-0.1)
    assert found.value(DIFFERENCE, "ci_high", "SAF") < 0.1


@pytest.mark.parametrize(("events", "estimate"), [(0, 0.0), (50, 0.0)])
def test_a_difference_when_nobody_or_everybody_has_an_event(
    plan: Plan, events: int, estimate: float
) -> None:
    found = analyse(deaths((events, 50), (events, 50)), plan)
    assert found.value(DIFFERENCE, "estimate", "SAF") == estimate
    low, high = (found.value(DIFFERENCE, name, "SAF") for name in ("ci_low", "ci_high"))
    assert low < 0 < high
    assert low == pytest.approx(-high)
    assert found.value(DIFFERENCE, "p_value", "SAF") is None
    warning = found.warning(DIFFERENCE, "p_value", "SAF")
    assert warning == "not estimable: nobody or everybody has an event: no p-value"


def test_an_empty_arm_has_counts_and_no_percentage(plan: Plan) -> None:
    found = analyse(deaths((0, 0), (5, 50)), plan)
    assert found.value("death_90d", "N", "SAF", group="MPSS") == 0
    statistic = found.statistic("death_90d", "pct", "SAF", group="MPSS")
    assert (statistic.value, statistic.note) == (None, "not estimable: the total is 0")
    assert found.value(DIFFERENCE, "estimate", "SAF") is None


def test_the_adjusted_ratio_of_enough_events_takes_the_covariates(plan: Plan) -> None:
    """Of the arm and the age: all other columns are constant, and said to be."""
    age = [60, 70] * 100
    found = analyse(deaths((10, 100), (20, 100), AGE=age), plan)
    assert "Poisson" in found.results["death_90d_rr_adjusted", "SAF"].method
    assert found.value("death_90d_rr_adjusted", "estimate", "SAF") == close(0.5)  # balanced
    notes = found.results["death_90d_rr_adjusted", "SAF"].warnings
    assert any("NIHSSBL" in note for note in notes)
    assert not any("sparse" in note for note in notes)


def test_the_adjusted_ratio_of_few_events_is_the_crude_one_and_says_so(plan: Plan) -> None:
    rule = plan.sparse.model_copy(update={"events_per_variable": 10.0})
    shipped = plan.model_copy(update={"sparse": rule})
    found = analyse(deaths((3, 100), (6, 100), AGE=[60, 70] * 100), shipped)
    result = found.results["death_90d_rr_adjusted", "SAF"]
    assert "crude (sparse data)" in result.method
    assert result.warnings == (
        "Death on or before day 90: sparse data, 9 with the event for 2 columns of the model: "
        "crude, without covariates",
    )
    for name in NOTHING:
        crude = found.value(RATIO, name, "SAF")
        assert found.value("death_90d_rr_adjusted", name, "SAF") == crude


def test_what_no_export_can_tell_has_no_number_at_all(plan: Plan) -> None:
    found = analyse(deaths((10, 100), (20, 100)), plan)
    for ending in ("", "_rr", "_rd"):
        statistics = found.results[f"sich_ecass3{ending}", "SAF"].statistics
        assert len(statistics) > 5
        assert {one.value for one in statistics} == {None}
        assert {one.note for one in statistics} == {"not collected: cause of the deterioration"}


def test_early_improvement_is_of_those_whose_status_is_known(plan: Plan) -> None:
    columns = {"ENIFL": flags(6, 50) + flags(2, 40), "ENIKNFL": flags(30, 50) + flags(20, 40)}
    found = analyse(build_adsl([0] * 50, [0] * 40, **columns), plan)
    assert [found.value("eni_h24", name, group="MPSS") for name in ("events", "N")] == [6, 30]
    assert found.value("eni_h24_rr", "estimate") == close((6 / 30) / (2 / 20))


def test_classes_are_counted_each_by_its_flag(plan: Plan) -> None:
    adsl = build_adsl([0] * 50, [0] * 40, ICH1AFL=flags(5, 50) + flags(2, 40), ICH3DFL="Y")
    found = analyse(adsl, plan)
    counted = {
        kind: found.value("ich_class_48h", "events", "SAF", group="MPSS", level=kind)
        for kind in ("1A", "1B", "3D")
    }
    assert counted == {"1A": 5, "1B": 0, "3D": 50}
    difference = found.value("ich_class_48h_rd", "estimate", "SAF", level="1A")
    assert difference == close(5 / 50 - 2 / 40)
