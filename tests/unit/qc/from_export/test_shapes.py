"""The exports of other systems, by the mappings to begin from: the check agrees in everything."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.config import load_mapping, load_plan
from analysis.io.verdicts import Verdict
from analysis.simulate import simulate_trial
from analysis.simulate.exports.shapes import write_shape
from tests.unit.qc.from_export.exported_trial import ExportedTrial, describe_differing
from tests.unit.qc.from_export.reading.queries.both_engines import require_same

CONFIG = Path(__file__).parents[4] / "config"
SUBJECTS = 120
SHAPES = [
    ("redcap_raw", ""),
    ("redcap_label_headers", ""),
    ("castor", ""),
    ("rave", "xpt"),
    ("viedoc", ""),
    ("sdtm", "xpt"),
    ("chinese_hospital", "csv"),
]
"""Shapes of files that the check reads, and the folder of the export that holds them."""
QUICK = (("castor", ""), ("sdtm", "xpt"))
"""Those that every run of the tests looks at; the others wait for those at length."""
FEWEST_NUMBERS = 200


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    plan = load_plan(CONFIG / "trial.yaml")
    settings = {"n": SUBJECTS, "fault_rate": 0.02}
    demo = plan.demo.model_copy(update=settings)
    return simulate_trial(plan.model_copy(update={"demo": demo})).tables


@pytest.mark.parametrize(
    ("shape", "part"),
    [pytest.param(*each, marks=() if each in QUICK else pytest.mark.torture) for each in SHAPES],
)
def test_every_number_of_a_shape_agrees(
    tables: dict[str, pd.DataFrame], tmp_path: Path, shape: str, part: str
) -> None:
    write_shape(shape, tables, tmp_path / "export")
    mapping = load_mapping(CONFIG / "exports" / f"{shape}.yaml")
    folder = tmp_path / "export" / part
    for name, spec in mapping.tables.items():
        if spec.is_query:
            assert require_same(folder, mapping, name)
    trial = ExportedTrial(folder, None, mapping, load_plan(CONFIG / "trial.yaml"))
    found = trial.check(trial.run())
    assert describe_differing(found) == []
    assert {item.reason for item in found if item.verdict is Verdict.NOT_CHECKED} == set()
    assert len(found) > FEWEST_NUMBERS
