"""Names of sheets are legal for every program, whatever a site is called."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.queries.sent.sheet_names import LONGEST, name_sheets


def test_signs_that_no_sheet_may_have_are_replaced() -> None:
    assert name_sheets(["a[1]:b*c?d/e\\f"]) == ["a_1__b_c_d_e_f"]


def test_a_long_name_is_cut_and_stays_unique() -> None:
    first, second, third = name_sheets(["x" * 40, "x" * 41, "X" * 42])
    assert first == "x" * 31
    assert second == "x" * 27 + " (2)"
    assert third == "X" * 27 + " (3)"


def test_no_apostrophe_at_either_end() -> None:
    assert name_sheets(["'01'", "O'Neill", "'"]) == ["_01_", "O'Neill", "_"]


def test_a_sign_of_two_units_is_not_halved() -> None:
    assert name_sheets(["\N{BRAIN}" * 16]) == ["\N{BRAIN}" * 15]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8))
def test_any_names_become_legal_and_distinct(wanted: list[str]) -> None:
    names = name_sheets(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= LONGEST
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
