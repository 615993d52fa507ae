"""The check's own dates of deaths are those that the words of the plan give (SAP 4.1).

The cases, with what was written down for each, are those of the derivation that is checked.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping, Plan, load_plan
from analysis.edc.layout import load_layout
from analysis.qc.from_export.derivations.deaths import find_deaths
from analysis.qc.from_export.export import Export
from tests.unit.adam.death.test_contradicted import ALIVE, DEAD
from tests.unit.adam.death.test_date_of_death import CASES
from tests.unit.adam.small_export import SmallExport

CONFIG = Path(__file__).parents[5] / "config"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(CONFIG / "trial.yaml")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory, mapping: Mapping, plan: Plan) -> Export:
    """Every case a subject, as files."""
    small, folder = SmallExport(), tmp_path_factory.mktemp("edc")
    edits = {name: case.edits for name, case in CASES.items()} | ALIVE | DEAD
    for name, changes in edits.items():
        small.add_subject(name)
        for change in changes:
            change(small, name)
    for name, rows in small.rows.items():
        columns = list(load_layout().tables[name].columns)
        pd.DataFrame(rows, columns=columns, dtype="str").to_csv(folder / f"{name}.csv", index=False)
    return Export.read(sorted(folder.iterdir()), [], mapping, plan)


@pytest.mark.parametrize("name", CASES)
def test_day_of_death(export: Export, name: str) -> None:
    death = find_deaths(export).get(name)
    assert (export.find_day(name, death.day) if death else None) == CASES[name].day
    assert death is None or death.is_full is (CASES[name].imputed is None)


@pytest.mark.parametrize("name", [*ALIVE, *DEAD])
def test_a_contradicted_six_is_no_death(export: Export, name: str) -> None:
    assert (name in find_deaths(export)) is (name in DEAD)
