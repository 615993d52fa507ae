"""A text outside a code list is named with the code that it resembles, or with none."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.door.remedies.codes import describe_texts, find_code

VISITS = ("D30", "D90")
SITES = ("ICA", "M1", "M2", "OTHER")
ETICI = ("0", "1", "2A", "2B50", "2B67", "2C", "3")
ENDS = ("COMPLETED", "DEATH", "LOST TO FOLLOW-UP", "WITHDRAWAL BY SUBJECT", "OTHER")
SCORES = tuple(str(score) for score in range(7))


@pytest.mark.parametrize(
    ("text", "codes", "code"),
    [
        ("Day 90", VISITS, "D90"), ("d90", VISITS, "D90"), ("Visit D90", VISITS, "D90"),
        ("D 30", VISITS, "D30"), ("Month 3", VISITS, None),
        ("m1", SITES, "M1"), ("M", SITES, None), ("Other", SITES, "OTHER"), ("02", SITES, None),
        ("2b50", ETICI, "2B50"), ("2b", ETICI, None), ("03", ETICI, "3"), ("2", ETICI, None),
        ("Yes", ("Y", "N"), "Y"), ("no", ("Y", "N"), "N"), ("1", ("Y", "N"), None),
        ("Male", ("M", "F"), "M"), ("男", ("M", "F"), None),
        ("Completed", ENDS, "COMPLETED"), ("Lost to follow up", ENDS, "LOST TO FOLLOW-UP"),
        ("COMPLTED", ENDS, "COMPLETED"), ("Died", ENDS, None),
        ("mRS 4", SCORES, "4"), ("4 - severe", SCORES, "4"), ("14", SCORES, None),
    ],
)  # fmt: skip
def test_the_code_that_a_text_resembles(
    text: str, codes: tuple[str, ...], code: str | None
) -> None:
    assert find_code(text, codes) == code


def test_the_line_of_the_mapping_is_yaml_and_keeps_every_text_a_text() -> None:
    said = describe_texts("bl", "IVT", ["Yes"] * 5 + ["no"] * 4 + ["?"], ("Y", "N"), 3)
    assert said.startswith("Found: `Yes` (5), `no` (4). Write in config/edc.yaml `tables: ")
    line = yaml.safe_load(said.split("`")[5])
    assert line == {"tables": {"bl": {"values": {"IVT": {"Yes": "Y", "no": "N"}}}}}


def test_a_text_that_is_known_of_nobody_is_left_to_fill_in() -> None:
    said = describe_texts("bl", "OCCLOC", ["02"] * 9, SITES, 3)
    assert 'values: {OCCLOC: {"02": ?}}' in said
    assert said.endswith('? is for you to fill in, or "" for missing')


def test_texts_of_single_cells_are_not_shown() -> None:
    said = describe_texts("bl", "OCCLOC", ["Zhang San", "Li Si"], SITES, 3)
    assert "Zhang" not in said
    assert "queries" in said


@given(st.text(max_size=20), st.lists(st.text(max_size=8), max_size=6))
def test_any_text_is_looked_at_without_harm(text: str, codes: list[str]) -> None:
    assert find_code(text, codes) in (None, *codes)
