"""What can be printed, and what stands for the rest."""

from __future__ import annotations

import sys
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given

from analysis.io.printable import (
    REPLACEMENT,
    clean_cell,
    clean_printed,
    clean_surrogates,
    is_clean,
    name_unprintable,
)
from tests.unit.io.any_text import ANY_TEXT

EVERYTHING = [chr(code) for code in range(sys.maxunicode + 1)]


def test_letters_marks_numbers_punctuation_symbols_and_blanks_stay() -> None:
    kept = [c for c in EVERYTHING if unicodedata.category(c)[0] in "LMNPS" or c in "   　"]
    changed = [c for c in kept if clean_cell(c) != c or clean_printed(c) != c]
    assert changed == []


def test_no_control_character_surrogate_or_noncharacter_is_left() -> None:
    wrong = [
        c
        for c in EVERYTHING
        if unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(c) <= 0xFDEF
    ]  # fmt: skip
    assert {clean_cell(c) for c in wrong} == {" ", REPLACEMENT}
    assert {clean_printed(c) for c in wrong} == {"\n", "\t", REPLACEMENT}


def test_what_is_not_seen_is_shown_but_for_the_joiners_of_letters() -> None:
    # Signs that stand before a number and are seen (Prepended_Concatenation_Mark), and those of
    # the shape of hieroglyphs and shorthand.
    seen = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    seen |= {*range(0x13430, 0x13440), *range(0x1BCA0, 0x1BCA4)}
    kept = {
        ord(c) for c in EVERYTHING if unicodedata.category(c) == "Cf" and clean_cell(c) == c
    }  # fmt: skip
    assert kept - seen == {0x200C, 0x200D}


@pytest.mark.parametrize(
    ("text", "cell", "printed"),
    [
        ("plain", "plain", "plain"),
        ("a\r\nb", "a b", "a\nb"),
        ("a\rb\tc", "a b c", "a\nb\tc"),
        ("a\n\nb", "a  b", "a\n\nb"),
        ("a\u2028b\x85c", "a b c", "a\nb\nc"),
        ("S\x0001", "S\ufffd01", "S\ufffd01"),
        ("a\u202eb", "a\ufffdb", "a\ufffdb"),
        ("\udc80", "\ufffd", "\ufffd"),
        ("\U0001f600", "\U0001f600", "\U0001f600"),
    ],
)
def test_what_stands_for_it(text: str, cell: str, printed: str) -> None:
    assert clean_cell(text) == cell
    assert clean_printed(text) == printed
    assert is_clean(text) is (text == cell == printed)


@given(ANY_TEXT)
def test_a_clean_text_is_held_by_xml_and_utf_8_and_cleaned_once(text: str) -> None:
    for clean in (clean_cell(text), clean_printed(text)):
        assert ElementTree.fromstring(f"<p>{escape(clean)}</p>").text == (clean or None)
        assert clean.encode().decode() == clean
        assert clean_cell(clean_cell(text)) == clean_cell(text)
        assert clean_printed(clean_printed(text)) == clean_printed(text)
    assert len(clean_cell(text).splitlines()) <= 1
    assert clean_surrogates(text).encode().decode() == clean_surrogates(text)


@given(ANY_TEXT)
def test_a_text_is_clean_if_nothing_is_to_be_said_of_it(text: str) -> None:
    assert is_clean(text) is (name_unprintable(text) == "")
    if is_clean(text):
        assert clean_cell(text) == clean_printed(text) == text


def test_characters_are_named_once() -> None:
    named = "U+0000 (NUL), U+0007, U+000D (carriage return), U+DC80, U+FFFD (replacement character)"
    assert name_unprintable("a\0b\x07\0\r\udc80\ufffd") == named
