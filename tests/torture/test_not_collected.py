"""Every column and table that may be declared not collected, one after another, to the tables."""

from __future__ import annotations

from analysis.errors import DataError
from tests.properties.mutated_exports.analysed import make_trial, run_export
from tests.properties.mutated_exports.not_collected import leave_out, list_declarable
from tests.torture.conftest import Tell

COVARIATES = {"dm.AGE", "dm.all", "bl.LKWDTC", "bl.MRSPRE", "bl.NIHSSBL", "bl.ASPECTS",
              "bl.OCCLOC", "bl.IVT", "bl.all"}  # fmt: skip
"""What holds a covariate of the primary analysis: without it the run stops."""


def test_every_column_and_table_alone(tell: Tell) -> None:
    trial, faults, stopped = make_trial(), {}, set()
    declarable = list(list_declarable(trial))
    for declared in declarable:
        try:
            run_export(leave_out(trial, (declared,)), whole=True)
        except DataError:
            stopped.add(declared)
        except Exception as error:  # noqa: BLE001
            faults[declared] = f"{type(error).__name__}: {error}"
    tell(f"{len(declarable)} declared, {len(stopped)} stopped")
    assert faults == {}
    assert stopped == COVARIATES
