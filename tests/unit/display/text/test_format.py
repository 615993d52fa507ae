"""Numbers become text in one place."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from analysis.display.text.format import (
    NOT_ESTIMABLE,
    format_confidence,
    format_count,
    format_count_percent,
    format_estimate,
    format_interval,
    format_number,
    format_p,
    format_p_clause,
    format_percent,
    format_plain,
    round_half_away,
    round_to_hundred,
)
from analysis.errors import AnalysisError


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (-0.125, 2, "-0.13"),
        (-2.5, 0, "-3"),
        (2.5, 0, "3"),
        (0.5, 0, "1"),
        (-0.004, 2, "0.00"),
        (1e-12, 2, "0.00"),
        (99.95, 1, "100.0"),
        (12.0, 1, "12.0"),
    ],
)
def test_halves_go_away_from_zero_as_the_number_is_written(
    value: float, decimals: int, text: str
) -> None:
    assert f"{round_half_away(value, decimals):f}" == text


def test_numpy_numbers_round_as_python_numbers() -> None:
    assert format_number(np.float64(1.005), 2) == "1.01"


def test_numbers_from_a_thousand_on_have_no_decimals() -> None:
    assert format_number(999.994, 2) == "999.99"
    assert format_number(1234.5, 2) == "1235"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999999999999999.0, "999999999999999"),
        (1e15, "1.00e+15"),
        (-3.21987e41, "-3.22e+41"),
        (1.7976931348623157e308, "1.80e+308"),
        (5e-324, "0.00"),
    ],
)
def test_any_float_can_be_printed(value: float, text: str) -> None:
    assert format_number(value, 2) == text
    assert round_half_away(value, 2) == round_half_away(-value, 2) * -1


def test_counts_and_percentages() -> None:
    assert format_count(65.0) == "65"
    assert format_percent(12.4499) == "12.4%"
    assert format_count_percent(65, 12.4499) == "65 (12.4%)"
    assert format_count_percent(0, None) == "0"


@pytest.mark.parametrize(
    ("p_value", "text"),
    [
        (0.0, "<0.001"),
        (0.00099, "<0.001"),
        (0.001, "0.001"),
        (0.00561, "0.006"),
        (0.0099, "0.010"),
        (0.01, "0.01"),
        (0.2349, "0.23"),
        (0.235, "0.24"),
        (0.048, "0.048"),
        (0.0496, "0.0496"),
        (0.04999, "0.04999"),
        (0.05, "0.05"),
        (0.0504, "0.0504"),
        (0.056, "0.06"),
        (0.99, "0.99"),
        (0.9951, ">0.99"),
        (1.0, ">0.99"),
    ],
)
def test_p_values(p_value: float, text: str) -> None:
    assert format_p(p_value) == text


def test_p_values_keep_their_side_of_the_alpha_of_the_plan() -> None:
    assert format_p(0.0249, 0.025) == "0.02"
    assert format_p(0.0251, 0.03) == "0.025"


def test_p_value_in_a_sentence() -> None:
    assert format_p_clause(0.0004) == "p < 0.001"
    assert format_p_clause(0.23) == "p = 0.23"
    assert format_p_clause(None) == "p not estimable"


@pytest.mark.parametrize("p_value", [-0.1, 1.1])
def test_a_p_value_outside_its_range_is_an_error(p_value: float) -> None:
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        format_p(p_value)


def test_estimate_with_interval() -> None:
    assert format_estimate(1.3648, 1.0952, 1.7008) == "1.36 (1.10 to 1.70)"


def test_a_limit_beside_no_effect_never_reads_as_no_effect() -> None:
    assert format_interval(1.003, 1.7008, 1.0) == "1.003 to 1.701"
    assert format_interval(0.71, 0.9991, 1.0) == "0.710 to 0.999"
    assert format_interval(1.0, 1.7, 1.0) == "1.00 to 1.70"


def test_risk_difference_in_percentage_points() -> None:
    text = format_estimate(-0.02131, -0.07056, 0.02791, null=0.0, decimals=1, scale=100)
    assert text == "-2.1 (-7.1 to 2.8)"


def test_nothing_estimated_is_said() -> None:
    assert format_number(None, 2) == NOT_ESTIMABLE
    assert format_count(None) == NOT_ESTIMABLE
    assert format_percent(None) == NOT_ESTIMABLE
    assert format_p(None) == NOT_ESTIMABLE
    assert format_estimate(None, None, None) == NOT_ESTIMABLE
    assert format_estimate(1.2, None, None) == f"1.20 ({NOT_ESTIMABLE})"


def test_confidence_level_and_settings() -> None:
    assert format_confidence(0.05) == "95%"
    assert format_confidence(0.049) == "95.1%"
    assert format_plain((0.08, 22.0, "M1")) == "0.08, 22, M1"
    assert format_plain(()) == "none"
    assert format_plain(100.0) == "100"


@pytest.mark.parametrize(
    "counts", [(1, 1, 1), (62, 84, 73, 76, 83, 38, 103), (1, 1, 1, 1, 1, 1, 1), (0, 5, 0), (1, 999)]
)
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_rounded_percentages_add_up_to_a_hundred(counts: tuple[int, ...], decimals: int) -> None:
    percents = [100 * count / sum(counts) for count in counts]
    rounded = round_to_hundred(percents, decimals)
    assert sum(rounded) == 100
    unit = Decimal(1).scaleb(-decimals)
    pairs = zip(rounded, percents, strict=True)
    assert all(abs(float(part) - whole) < float(unit) for part, whole in pairs)
    assert all(part == 0 for part, count in zip(rounded, counts, strict=True) if count == 0)


def test_an_empty_arm_has_no_percentages() -> None:
    assert round_to_hundred([0.0, 0.0], 1) == (Decimal("0.0"), Decimal("0.0"))


def test_percentages_of_something_else_are_refused() -> None:
    with pytest.raises(AnalysisError, match="not 100"):
        round_to_hundred([50.0, 40.0], 1)
