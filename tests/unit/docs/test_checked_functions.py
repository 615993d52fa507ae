"""What docs/mapping.md says that the independent check runs is what it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.qc.from_export.reading.queries.sqlite.dialect import UNLIKE, translate
from analysis.qc.from_export.reading.queries.sqlite.functions import FUNCTIONS, OF_BOTH
from analysis.qc.from_export.reading.queries.sqlite.words import UnlikeQueryError

PAGE = (Path(__file__).parents[3] / "docs" / "mapping.md").read_text(encoding="utf-8")
OWN = {"whole", "try_whole"}
"""What CAST and TRY_CAST become; nobody writes them."""


def list_named(start: str, end: str) -> list[str]:
    """What stands in marks of code between two texts of the page."""
    passage = PAGE.partition(start)[2].partition(end)[0]
    return re.findall("`([^`]+)`", passage)


def test_the_functions_are_those_of_the_second_engine() -> None:
    assert list_named("* functions: ", ";") == sorted(
        ({name for name, _ in FUNCTIONS} | OF_BOTH) - OWN
    )


def test_the_words_that_it_does_not_run_are_all_named() -> None:
    assert list_named("It runs neither ", ", nor arithmetic") == sorted(UNLIKE)


@pytest.mark.parametrize("sign", list_named("* signs: ", "It runs neither"))
def test_a_sign_that_is_named_is_run(sign: str) -> None:
    condition = "a || b = 'c'" if sign == "||" else f"a {sign} 'c'"
    assert f" {sign} " in translate(condition)[0]


@pytest.mark.parametrize("sign", ["+", "-", "/", "%", "::", "~", "^"])
def test_no_other_sign_is_run(sign: str) -> None:
    assert sign not in list_named("* signs: ", "It runs neither")
    with pytest.raises(UnlikeQueryError):
        translate(f"a {sign} b = 'c'")
