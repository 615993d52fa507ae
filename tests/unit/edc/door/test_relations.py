"""Findings between tables whose rows have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config import load_plan
from analysis.edc.door.relations import find_relations
from analysis.edc.layout import Layout
from analysis.edc.typed import TypedTable

TOP = Path(__file__).parents[4]
DOSE = {"EXSEQ": "1", "EXROUTE": "IV", "EXDAY": "1", "EXPDOSE": "128"}


@pytest.mark.parametrize("doses", [[{"SUBJID": "S2", **DOSE}], [{"SUBJID": "S1", "EXROUTE": "IA"}]])
def test_doses_of_nobody_with_a_weight_are_not_judged(
    type_rows: Callable[..., TypedTable], layout: Layout, doses: list[dict[str, str]]
) -> None:
    tables = {
        "ex": type_rows("ex", *doses).frame,
        "dm": type_rows("dm", {"SUBJID": "S1", "SITEID": "1", "WEIGHT": "80"}).frame,
    }
    assert find_relations(tables, load_plan(TOP / "config" / "trial.yaml"), layout) == []
    tables["dm"] = tables["dm"].iloc[:0]
    assert find_relations(tables, load_plan(TOP / "config" / "trial.yaml"), layout) == []
