"""Three journals write the same number, and none rounds it across a boundary."""

from __future__ import annotations

import pytest

from analysis.display.text.number_style import (
    JAMA_NUMBERS,
    LANCET_NUMBERS,
    NEJM_NUMBERS,
    NumberStyle,
)
from analysis.errors import AnalysisError

STYLES = (NEJM_NUMBERS, JAMA_NUMBERS, LANCET_NUMBERS)
ALPHA = 0.05


@pytest.mark.parametrize(
    ("p_value", "nejm", "jama", "lancet"),
    [
        (0.51, "P=0.51", "P = .51", "p=0·51"),
        (0.061, "P=0.06", "P = .06", "p=0·061"),
        (0.0496, "P=0.0496", "P = .0496", "p=0·0496"),
        (0.0501, "P=0.0501", "P = .0501", "p=0·0501"),
        (0.0067, "P=0.007", "P = .007", "p=0·0067"),
        (0.0996, "P=0.10", "P = .10", "p=0·10"),
        (0.00067, "P<0.001", "P < .001", "p=0·0007"),
        (0.00004, "P<0.001", "P < .001", "p<0·0001"),
        (0.0, "P<0.001", "P < .001", "p<0·0001"),
        (0.996, "P>0.99", "P > .99", "p>0·99"),
    ],
)
def test_p_values(p_value: float, nejm: str, jama: str, lancet: str) -> None:
    assert [style.p_value(p_value, ALPHA) for style in STYLES] == [nejm, jama, lancet]


@pytest.mark.parametrize("style", STYLES)
def test_a_p_value_without_a_value_or_outside_its_range(style: NumberStyle) -> None:
    assert style.p_value(None, ALPHA).endswith("not estimable")
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        style.p_value(1.2, ALPHA)


@pytest.mark.parametrize(
    ("low", "high", "nejm", "jama", "lancet"),
    [
        (1.0904, 1.7, "1.09 to 1.70", "1.09-1.70", "1·09–1·70"),
        (1.003, 1.7, "1.003 to 1.700", "1.003-1.700", "1·003–1·700"),
        (0.5, 0.996, "0.500 to 0.996", "0.500-0.996", "0·500–0·996"),
    ],
)
def test_limits_of_a_ratio(low: float, high: float, nejm: str, jama: str, lancet: str) -> None:
    assert [style.limits(low, high, 1.0) for style in STYLES] == [nejm, jama, lancet]


def test_limits_below_zero_are_joined_in_words() -> None:
    found = [style.limits(-0.118, 0.0222, 0.0, 1, 100) for style in STYLES]
    assert found == ["−11.8 to 2.2", "−11.8 to 2.2", "−11·8 to 2·2"]
    assert JAMA_NUMBERS.limits(-0.118, -0.0222, 0.0, 1, 100, "%") == "−11.8% to −2.2%"
    assert JAMA_NUMBERS.limits(0.045, 0.155, 0.0, 1, 100, "%") == "4.5%-15.5%"


@pytest.mark.parametrize(
    ("percent", "total", "nejm", "jama", "lancet"),
    [
        (45.402, 522, "45.4%", "45.4%", "45%"),
        (45.402, 80, "45.4%", "45%", "45%"),
        (45.402, 12000, "45.4%", "45.4%", "45·4%"),
        (0.04, 2500, "<0.1%", "<0.1%", "<1%"),
        (99.98, 5000, ">99.9%", ">99.9%", ">99%"),
        (0.0, 500, "0.0%", "0.0%", "0%"),
        (100.0, 500, "100.0%", "100.0%", "100%"),
    ],
)
def test_percentages(percent: float, total: float, nejm: str, jama: str, lancet: str) -> None:
    assert [style.percent(percent, total) for style in STYLES] == [nejm, jama, lancet]


def test_counts_are_grouped_from_ten_thousand_on() -> None:
    assert [style.count(9999) for style in STYLES] == ["9999"] * 3
    assert [style.count(12345) for style in STYLES] == [
        "12,345", "12\N{THIN SPACE}345", "12\N{THIN SPACE}345",
    ]  # fmt: skip


def test_numbers_and_ranges() -> None:
    assert [style.number(-1.005, 2) for style in STYLES] == ["−1.01", "−1.01", "−1·01"]
    assert [style.number(None, 2) for style in STYLES] == ["not estimable"] * 3
    assert [style.range(61, 75.25, 1) for style in STYLES] == [
        "61.0 to 75.3", "61.0-75.3", "61·0–75·3",
    ]  # fmt: skip
    assert [style.confidence(0.025) for style in STYLES] == ["97.5%", "97.5%", "97·5%"]
