# ruff: noqa: E501  Chinese is wider than it is long
"""Words for an arm inside a text, however they are written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import load_plan
from analysis.edc.allocation.mentions import build_mentions

MENTIONS = build_mentions(load_plan(Path(__file__).parents[4] / "config" / "trial.yaml").arms)

TREATMENT = (
    "MPSS", "mpss 40mg", "MPSS40", "[MPSS]", "M P S S", "m.p.s.s.", "ＭＰＳＳ", "M\u200bPSS", "МРЅЅ", "mp55",
    "Solu-Medrol 40 mg", "on Methyl-prednisolone", "méthylprednisolone", "甲泼尼龙", "注射用甲強龍", "ⓂⓅⓈⓈ",
)  # fmt: skip
REFERENCE = (
    "headache after placebo", "PLACEB0", "p l a c e b o", "Ｐｌａｃｅｂｏ组", "安慰剂", "安 慰 剂", "РLАСЕВО",
    "ΡLΑCΕΒΟ", "pla\u00adcebo", "0.9 % saline", "placebos", "plac\u0301ebo", "𝐩𝐥𝐚𝐜𝐞𝐛𝐨",
)  # fmt: skip
NEITHER = (
    "", "40", "2026-04-11T03:52", "control of blood pressure", "compsss", "lump ss", "PLAC", "预防", "对照良好",
    "active bleeding", "Pneumonia",
)  # fmt: skip


@pytest.mark.parametrize("text", TREATMENT)
def test_the_treatment_is_named(text: str) -> None:
    assert MENTIONS.find(text) == (True, False)


@pytest.mark.parametrize("text", REFERENCE)
def test_the_reference_is_named(text: str) -> None:
    assert MENTIONS.find(text) == (False, True)


@pytest.mark.parametrize("text", NEITHER)
def test_no_arm_is_named(text: str) -> None:
    assert MENTIONS.find(text) == (False, False)


@given(
    word=st.sampled_from(["MPSS", "placebo", "安慰剂", "Medrol"]),
    filler=st.text(" .-_/\u200b\u00ad\u2060[]", max_size=2),
    before=st.sampled_from(["", "on ", "(", "病人 "]),
)
def test_what_stands_between_the_letters_does_not_count(
    word: str, filler: str, before: str
) -> None:
    assert MENTIONS.names_any(before + filler.join(word) + ", day 3")


@given(text=st.text())
def test_any_text_is_read(text: str) -> None:
    assert MENTIONS.find(text) in {(a, b) for a in (True, False) for b in (True, False)}


@given(st.lists(st.text("mMpP5sS$ .-l1aA4@cCeE3bBoO0\u0430\u200b", max_size=12)))
def test_all_at_once_are_found_as_one_by_one(texts: list[str]) -> None:
    given_too = [*texts, *TREATMENT, *REFERENCE, *NEITHER]
    found = MENTIONS.find_all(pd.Series(given_too, dtype="str"))
    assert found.tolist() == [list(MENTIONS.find(text)) for text in given_too]
