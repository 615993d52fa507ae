"""The runs whose printed numbers are followed back to where they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.run.job_records.record import hash_paths
from tests.artefacts.run_of_trial import Run
from tests.projects.workflow_project import Project

TOP = Path(__file__).parents[2]


def is_current(results: Path) -> bool:
    """Whether results were made by the code of the working tree."""
    manifest = results / "manifest.json"
    if not manifest.is_file():
        return False
    held = json.loads(manifest.read_text(encoding="utf-8"))
    files = {**held["code"], "config/trial.yaml": held["config"]["plan"]}
    return hash_paths(TOP, [TOP / name for name in files]) == files


DEMONSTRATION = ["demonstration trial"] if is_current(TOP / "results" / "rehearsal") else []
"""Read too where the code as it is has run it; ``.ci/run`` runs it before the tests."""


@pytest.fixture(scope="session", params=["small run", *DEMONSTRATION])
def run(request: pytest.FixtureRequest) -> Run:
    """The complete small run, and that of the demonstration trial."""
    if request.param == "small run":
        complete: Project = request.getfixturevalue("complete")
        config = complete.root / "config"
        return Run(complete.results, config / "trial.yaml", config / "edc.yaml")
    config = TOP / "config"
    return Run(TOP / "results" / "rehearsal", config / "trial.yaml", config / "edc.yaml")
