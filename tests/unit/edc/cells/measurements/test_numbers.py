"""Numbers as exports write them: marks of thousands, bounds, other signs, factors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config.cells import NumberForm
from analysis.edc.cells.measurements.numbers import Numbers, multiply


@pytest.mark.parametrize(
    ("text", "factor", "expected"),
    [("126", 0.0555, "6.993"), ("132", 0.5, "66"), ("", 2.0, ""), ("n.d.", 2.0, "n.d."),
     ("0.1", 3.0, "0.3"), ("-2", 2.0, "-4")],
)  # fmt: skip
def test_a_number_is_multiplied_and_a_text_stays(text: str, factor: float, expected: str) -> None:
    assert multiply(text, factor) == expected


@pytest.mark.parametrize(
    ("mark", "decimal", "text", "plain"),
    [
        (",", ".", "1,234.5", "1234.5"), (",", ".", "1,234,567", "1234567"),
        (",", ".", "1,00", None), (",", ".", "1234,567", None), (",", ".", "12,3456", None),
        (",", ".", "1.234,5", None), (",", ".", "-1,234", "-1234"), (",", ".", "1234", "1234"),
        (".", ",", "1.234,5", "1234,5"), (".", ",", "1.5", None), ("'", ".", "1’234", "1234"),
        (" ", ",", "1\u00a0234,5", "1234,5"), (" ", ",", "1\u202f234", "1234"),
        (None, ".", "１２．５", "12.5"), (None, ".", "−5", "-5"), (None, ".", "+1e3", "+1e3"),
        (None, ".", "45 %", None), (None, ".", "1,234", None), (None, ".", "NaN", None),
    ],
)  # fmt: skip
def test_a_mark_of_thousands_stands_before_every_third_digit(
    mark: str | None, decimal: str, text: str, plain: str | None
) -> None:
    form = NumberForm.model_validate({"thousands": mark})
    assert Numbers(form, decimal).read(text) == (plain or text, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "half", "bound", "missing"),
    [
        ("<0.5", "0.25", "0.5", ""), ("≤ 1,000", "500", "1000", ""), ("< 0", "0", "0", ""),
        (">200", "200", "200", ""), ("≥200", "200", "200", ""), ("90+", "90", "90", ""),
        ("＜0.5", "0.25", "0.5", ""), ("<-1", "<-1", "-1", ""), ("<low", "<low", "<low", "<low"),
        ("3", "3", "3", "3"), ("+", "+", "+", "+"), ("n.d.+", "n.d.+", "n.d.+", "n.d.+"),
    ],
)  # fmt: skip
def test_a_bound_is_what_the_mapping_says(text: str, half: str, bound: str, missing: str) -> None:
    for below, expected in {"half": half, "bound": bound, "missing": missing}.items():
        form = NumberForm.model_validate({"thousands": ",", "below": below})
        read, words = Numbers(form).read(text)
        assert read == expected
        assert bool(words) is (read != text)
    assert Numbers(NumberForm(thousands=",")).read("<0.5") == ("<0.5", "")


@given(st.integers(-(10**14), 10**14), st.sampled_from([",", ".", "'", " "]))
def test_what_is_written_with_a_mark_is_read_back(number: int, mark: str) -> None:
    decimal = "," if mark == "." else "."
    form = NumberForm.model_validate({"thousands": mark})
    text = f"{number:,}".replace(",", mark)
    assert Numbers(form, decimal).read(text) == (str(number), "")  # type: ignore[arg-type]
