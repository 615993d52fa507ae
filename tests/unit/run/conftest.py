"""A working folder with the shipped configuration and an export of empty files."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.config import load_mapping, load_plan
from analysis.edc.layout import load_layout
from analysis.run.job_records.interruption import SIGNALS
from analysis.run.settings.opening import open_run
from analysis.run.settings.run import Run
from tests.unit.run.locked_trial import LockedTrial

TOP = Path(__file__).parents[3]
OpenRun = Callable[..., Run]


@pytest.fixture
def working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: ``config/`` as shipped, an export in ``edc``, lists in ``lists``,
    and ``nothing``."""
    shutil.copytree(TOP / "config", tmp_path / "config")
    (tmp_path / "nothing").mkdir()
    layout = load_layout()
    for folder, names in (("edc", layout.tables), ("lists", layout.unblinding)):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.csv").write_text(f"{name}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def rehearse(working: Path) -> OpenRun:
    """Open a rehearsal of the export, with values of the command line changed."""

    def build(*plan_files: Path, **values: object) -> Run:
        given = {"edc_dir": "edc", "unblinding_dir": "lists", "results": "out", "rehearsal": True}
        return open_run({**given, **values}, plan_files)

    return build


@pytest.fixture
def trial(tmp_path: Path) -> LockedTrial:
    """A small export with the shipped plan and mapping, not yet locked."""
    config = TOP / "config"
    plan, mapping = load_plan(config / "trial.yaml"), load_mapping(config / "edc.yaml")
    return LockedTrial(tmp_path / "locked", plan, mapping)


@pytest.fixture
def locked(trial: LockedTrial) -> LockedTrial:
    """The same, locked."""
    trial.lock()
    return trial


@pytest.fixture
def heard() -> Iterator[None]:
    """Signals are heard, also where the tests were started in the background of a shell."""
    earlier = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS}
    yield
    for number, handler in earlier.items():
        signal.signal(number, handler)
