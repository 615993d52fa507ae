"""What a trial did not collect leaves the rest as it is, and data sets and check agree on it."""

from __future__ import annotations

import pytest

from tests.properties.mutated_exports.analysed import Trial, make_trial, run_export
from tests.properties.mutated_exports.not_collected import Declared, leave_out, list_declarable

OF_SETS = (
    "ie.all", "dm.RFICDTC", "bl.GLUC", "bl.CREAT", "bl.INR", "evt.all", "ex.EXPDOSE", "ex.EXKIT",
    "dv.DVMAJOR",
)  # fmt: skip
OF_EVENTS = (
    "ae.AEOUT", "ae.AEENDTC", "ae.AESER", "ds.DSSTDTC", "ex.EXSTDTC", "ich.ICHTYPE", "dm.WEIGHT",
    "bl.EGFR", "bl.CREAT", "dm.SITEID", "eq5d.all",
)  # fmt: skip


@pytest.fixture(scope="module")
def trial() -> Trial:
    return make_trial()


@pytest.mark.parametrize("declared", [OF_SETS, OF_EVENTS], ids=["sets", "events"])
def test_many_columns_together(trial: Trial, declared: Declared) -> None:
    assert set(declared) <= set(list_declarable(trial))
    run_export(leave_out(trial, declared), whole=False)
