"""Captions of ``snakemake --report``: one for everything shown, true of any plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
RULES = (TOP / "workflow" / "rules" / "display.smk").read_text(encoding="utf-8")
CAPTIONS = sorted((TOP / "workflow" / "report").glob("*.rst"))
SHOWN = re.findall(r"\breport\((.*?)\n +\)", RULES, re.DOTALL)


def test_every_output_that_is_shown_has_a_caption_and_a_category() -> None:
    assert len(SHOWN) > 10
    for part in SHOWN:
        assert re.search(r'category="(Figures|Tables|Listings|Report)"', part)
    named = re.findall(r'caption="\.\./report/(\w+)\.rst"', RULES)
    assert len(named) == len(SHOWN)
    assert set(named) == {path.stem for path in CAPTIONS}


@pytest.mark.parametrize("path", CAPTIONS, ids=lambda path: path.stem)
def test_a_caption_says_nothing_that_another_plan_makes_wrong(path: Path) -> None:
    """Days, numbers of levels and the direction of an effect stand in the plan."""
    text = " ".join(path.read_text(encoding="utf-8").split())
    assert text.endswith(".")
    assert set(re.findall(r"\d+", text.replace("CONSORT 2025", ""))) <= {"0", "1", "100"}
    assert not re.search(r"[Aa]bove 1 favours|\b(five|six|seven|ten) (cut|levels|subgroups)", text)
