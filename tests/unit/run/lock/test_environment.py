"""A locked data set in another environment: named, unless amended; old locks know of none."""

from __future__ import annotations

import json

import pytest

from analysis.errors import ConfigError
from analysis.run.lock import build, differences
from analysis.run.lock.amendments import Amendment
from analysis.run.lock.differences import (
    list_changes,
    list_earlier_changes,
    require_as_locked,
)
from analysis.run.lock.file import dump_lock, read_lock, save_lock, seal_lock
from tests.unit.run.locked_trial import LockedTrial

HERE = {"python": "3.11.2", "numpy": "2.4.0 abc"}
THERE = {"python": "3.11.2", "numpy": "2.4.1 def"}
CHANGE = Amendment.model_validate(
    {"key": "environment.numpy", "old": HERE["numpy"], "new": THERE["numpy"],
     "date": "2026-11-02", "reason": "a fault of numpy was mended"}
)  # fmt: skip


@pytest.fixture
def here(trial: LockedTrial, monkeypatch: pytest.MonkeyPatch) -> LockedTrial:
    """A trial that was locked in one environment, and is opened in another."""
    monkeypatch.setattr(build, "describe_environment", lambda: HERE)
    monkeypatch.setattr(differences, "describe_environment", lambda: THERE)
    trial.lock()
    return trial


def require(trial: LockedTrial, *amendments: Amendment) -> None:
    require_as_locked(trial.path, trial.files, trial.plan, trial.mapping, amendments)


def test_another_environment_is_named_with_both_values(here: LockedTrial) -> None:
    with pytest.raises(ConfigError) as caught:
        require(here)
    message = str(caught.value)
    assert '  - environment.numpy: "2.4.0 abc" -> "2.4.1 def", without an amendment' in message
    assert "python" not in message.replace("rm -r .venv", "").splitlines()[1]
    assert "requirements.lock" in message


def test_an_amended_environment_runs_and_is_a_change(here: LockedTrial) -> None:
    require(here, CHANGE)
    (change,) = list_changes(read_lock(here.path), here.plan, here.mapping, [CHANGE])
    assert (change.key, change.reason) == ("environment.numpy", CHANGE.reason)


def forget_environment(trial: LockedTrial) -> None:
    """A lock as versions wrote it that did not record the environment."""
    content = {k: v for k, v in dump_lock(read_lock(trial.path)).items() if k != "environment"}
    save_lock(trial.path, seal_lock(content))


def test_a_lock_of_an_earlier_version_keeps_its_seal_and_asks_for_none(here: LockedTrial) -> None:
    forget_environment(here)
    assert "environment" not in json.loads(here.path.read_text(encoding="utf-8"))
    assert read_lock(here.path).environment is None
    require(here)


def test_locking_again_records_it_and_lists_no_change_from_nothing(here: LockedTrial) -> None:
    forget_environment(here)
    lock = here.lock("the environment is recorded")
    assert lock.environment == HERE
    assert list_earlier_changes(lock) == ()
