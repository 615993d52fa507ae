"""The exports of other systems, by the mappings to begin from: the check agrees in everything."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping, load_mapping, load_plan
from analysis.io.verdicts import Verdict
from analysis.simulate import simulate_trial
from analysis.simulate.exports.shapes import write_shape
from tests.unit.qc.from_export.exported_trial import ExportedTrial, describe_differing
from tests.unit.qc.from_export.reading.queries.both_engines import require_same

CONFIG = Path(__file__).parents[4] / "config"
SUBJECTS = 120
SHAPES = [
    ("redcap_raw", ""),
    ("redcap_labels", ""),
    ("castor", ""),
    ("rave", "csv"),
    ("rave", "xpt"),
    ("openclinica", ""),
    ("viedoc", ""),
    ("sdtm", "xpt"),
    ("sdtm", "json"),
    ("chinese_hospital", "csv"),
    ("chinese_hospital", "xlsx"),
]
"""All shapes, and the folder of the export."""
QUICK = (("openclinica", ""), ("sdtm", "xpt"))
"""Those that every run of the tests looks at; the others wait for those at length."""
FEWEST_NUMBERS = 200


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    plan = load_plan(CONFIG / "trial.yaml")
    settings = {"n": SUBJECTS, "fault_rate": 0.02}
    demo = plan.demo.model_copy(update=settings)
    return simulate_trial(plan.model_copy(update={"demo": demo})).tables


def name_files(mapping: Mapping, part: str) -> Mapping:
    """The mapping of SAS transport files as one of the same data sets in Dataset-JSON."""
    named = {
        name: spec.model_copy(update={"file": spec.file.replace(".xpt", ".json")})
        for name, spec in mapping.sources.items()
    }
    return mapping.model_copy(update={"sources": named}) if part == "json" else mapping


@pytest.mark.parametrize(
    ("shape", "part"),
    [pytest.param(*each, marks=() if each in QUICK else pytest.mark.torture) for each in SHAPES],
)
def test_every_number_of_a_shape_agrees(
    tables: dict[str, pd.DataFrame], tmp_path: Path, shape: str, part: str
) -> None:
    write_shape(shape, tables, tmp_path / "export")
    mapping = name_files(load_mapping(CONFIG / "exports" / f"{shape}.yaml"), part)
    folder = tmp_path / "export" / part
    for name, spec in mapping.tables.items():
        if spec.is_query:
            assert require_same(folder, mapping, name)
    trial = ExportedTrial(folder, None, mapping, load_plan(CONFIG / "trial.yaml"))
    found = trial.check(trial.run())
    assert describe_differing(found) == []
    assert {item.reason for item in found if item.verdict is Verdict.NOT_CHECKED} == set()
    assert len(found) > FEWEST_NUMBERS
