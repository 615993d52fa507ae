"""Yes and no in any spelling: what is known, and what is not guessed."""

from __future__ import annotations

import pytest

from analysis.edc.cells.yes_no import load_spellings, read_yes_no


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("Yes", "YES", "true", "T", "1", "x", "Ｘ", "checked", "是", "有", "ja", "Oui", "sí", "sì",
          "sim", "はい", "√", "yes.", "\u3000是"), "Y"),
        (("No", "FALSE", "f", "0", "０", "Unchecked", "否", "无", "nein", "non", "não",
          "いいえ"), "N"),
    ],
)  # fmt: skip
def test_a_known_spelling(texts: tuple[str, ...], code: str) -> None:
    step = read_yes_no(texts)
    assert {text: step(text) for text in texts} == {
        text: (code, f"{text} as {code}") for text in texts
    }


@pytest.mark.parametrize("text", ["", "-", "O", "maybe", "yes/no", "2", "-1", "Y", "N", "1.5"])
def test_what_is_not_read_stays(text: str) -> None:
    assert read_yes_no([text])(text) == (text, "")


def test_beside_a_two_ones_and_noughts_are_a_coding_that_only_the_mapping_can_tell() -> None:
    step = read_yes_no(["1", "2", "Yes"])
    assert [step(text)[0] for text in ("1", "2", "0", "Yes")] == ["1", "2", "0", "Y"]


def test_no_spelling_means_both() -> None:
    assert {"Y", "N"} == set(load_spellings().values())
    assert len(load_spellings()) > 50
