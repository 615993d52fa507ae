"""Every column and table that may be declared not collected, one after another, to the tables."""

from __future__ import annotations

import pytest

from analysis.edc.layout import load_layout
from analysis.errors import DataError
from tests.properties.mutated_exports.analysed import Trial, make_trial, run_export
from tests.properties.mutated_exports.not_collected import leave_out, list_declarable
from tests.torture.conftest import Tell

COVARIATES = {"dm.AGE", "dm.all", "bl.LKWDTC", "bl.MRSPRE", "bl.NIHSSBL", "bl.ASPECTS",
              "bl.OCCLOC", "bl.IVT", "bl.all"}  # fmt: skip
"""What holds a covariate of the primary analysis: without it the run stops."""


@pytest.fixture(scope="module")
def trial() -> Trial:
    return make_trial()


@pytest.mark.parametrize("table", load_layout().tables)
def test_every_column_and_table_alone(trial: Trial, table: str, tell: Tell) -> None:
    faults: dict[str, str] = {}
    stopped = set()
    declarable = [each for each in list_declarable(trial) if each.startswith(f"{table}.")]
    for declared in declarable:
        try:
            run_export(leave_out(trial, (declared,)), whole=True)
        except DataError:
            stopped.add(declared)
        except Exception as error:  # noqa: BLE001
            faults[declared] = f"{type(error).__name__}: {error}"
    tell(f"{table}: {len(declarable)} declared, {len(stopped)} stopped")
    assert faults == {}
    assert stopped == {each for each in COVARIATES if each.startswith(f"{table}.")}
