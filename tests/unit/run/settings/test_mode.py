"""What a run may know of the allocation, and which lock it answers to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from analysis.config import load_mapping, load_plan
from analysis.edc.layout import load_layout
from analysis.errors import ConfigError
from analysis.io.result import Allocation
from analysis.run.lock.build import build_lock, write_lock
from analysis.run.lock.inputs import describe_inputs
from analysis.run.settings import mode
from analysis.run.settings.input_files import DEMO_NAME, SIMULATED
from analysis.run.settings.mode import Mode
from analysis.run.settings.opening import open_run
from analysis.run.settings.run import Run
from analysis.run.settings.unblinding import hash_lists

LOCKED_ON = "2026-11-01"
UNBLINDING = {"edc_dir": "edc", "unblinding_dir": "lists"}


@pytest.fixture
def export(working: Path) -> Path:
    """The working folder with an export whose tables have a row each."""
    for file in (working / "edc").glob("*.csv"):
        file.write_text("SUBJID\nS1\n", encoding="utf-8")
    return working


def lock(path: str, name: str = "Final data") -> None:
    """Lock the export of the working folder."""
    plan, mapping = load_plan(Path("config/trial.yaml")), load_mapping(Path("config/edc.yaml"))
    inputs = describe_inputs(sorted(Path("edc").iterdir()), mapping, load_layout())
    write_lock(Path(path), build_lock(name, LOCKED_ON, inputs, plan, mapping), ())


def record(path: str = "config/unblinding.yaml", date: str = "2026-12-01") -> None:
    """Authorise the lists of the working folder."""
    hashes = hash_lists(sorted(Path("lists").glob("*.csv")))
    lists = "".join(f"  {name}: {sha256}\n" for name, sha256 in hashes.items())
    text = f"date: {date}\nauthorised_by: the steering committee\nlists:\n{lists}"
    Path(path).write_text(text, encoding="utf-8")


def set_keys(file: str, **values: str) -> None:
    """Change keys of a configuration file that are null or false."""
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        old = next(f"{key}: {now}" for now in ("null", "false") if f"{key}: {now}" in text)
        text = text.replace(old, f"{key}: {value}", 1)
    path.write_text(text, encoding="utf-8")


def refusal(values: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        open_run(values, [])
    return str(caught.value)


# --- unblinding ---------------------------------------------------------------------------------


def test_an_unblinding_needs_lists_lock_and_record(export: Path) -> None:
    lock("lock.json")
    record()
    run = open_run({**UNBLINDING, "lock": "lock.json"}, [])
    assert (run.blinding.mode, run.allocation) == (Mode.UNBLINDED, Allocation.TRIAL)
    assert run.allocation.stamp == ""
    assert run.results == Path("results/unblinded")
    assert run.blinding.record is not None
    assert {path.parent for path in run.sources.lists} == {Path("lists")}


def test_it_is_refused_without_a_lock(export: Path) -> None:
    record()
    assert "the data set is not locked" in refusal(UNBLINDING)


def test_it_is_refused_without_a_record_before_the_lists_are_read(
    export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise AssertionError("the lists were read")

    monkeypatch.setattr(mode, "hash_lists", fail)
    lock("lock.json")
    assert "neither an unblinding record" in refusal({**UNBLINDING, "lock": "lock.json"})


def test_it_is_refused_before_the_lock(export: Path) -> None:
    lock("lock.json")
    record(date="2026-10-31")
    assert "locked before it is unblinded" in refusal({**UNBLINDING, "lock": "lock.json"})


def test_a_swapped_list_is_refused(export: Path) -> None:
    lock("lock.json")
    record()
    (export / "lists" / "kit_list.csv").write_text("other\n", encoding="utf-8")
    assert "kit_list.csv: sha256" in refusal({**UNBLINDING, "lock": "lock.json"})


def test_simulated_data_stay_stamped(export: Path) -> None:
    (export / "edc" / SIMULATED).write_text("nobody\n", encoding="utf-8")
    lock("lock.json")
    record()
    run = open_run({**UNBLINDING, "lock": "lock.json"}, [])
    assert (run.blinding.mode, run.allocation) == (Mode.UNBLINDED, Allocation.REHEARSAL)


@pytest.mark.parametrize("is_locked_with_it", [True, False])
def test_the_mark_of_simulated_data_is_locked_with_them(
    export: Path, is_locked_with_it: bool
) -> None:
    mark = export / "edc" / SIMULATED
    mark.write_text("nobody\n", encoding="utf-8")
    kept = mark if is_locked_with_it else mark.rename(export / "elsewhere")
    lock("lock.json")
    kept.rename(export / "moved" if is_locked_with_it else mark)
    words = "missing; locked with" if is_locked_with_it else "not in the lock"
    assert f"edc/{SIMULATED}: {words}" in refusal({"edc_dir": "edc", "lock": "lock.json"})


def test_sealed_lists_are_no_rehearsal(export: Path) -> None:
    sealed = hash_lists([export / "lists" / "kit_list.csv"])["kit_list.csv"]
    set_keys("config/trial.yaml", kit_list=sealed)
    message = refusal({**UNBLINDING, "rehearsal": "true"})
    assert "A rehearsal with the trial's own lists is refused" in message


def test_a_blinded_run_needs_no_lists(export: Path) -> None:
    shutil.rmtree(export / "lists")
    run = open_run({"edc_dir": "edc"}, [])
    assert run.sources.lists == ()


# --- the lock -----------------------------------------------------------------------------------


def open_configured() -> Run:
    set_keys("config/edc.yaml", edc_dir="edc")
    return open_run({}, [])


def test_a_configured_export_answers_to_the_lock_beside_it(export: Path) -> None:
    lock("config/lock.json")
    run = open_configured()
    assert run.locking.line == f"Locked on {LOCKED_ON}"
    (export / "edc" / "dm.csv").write_text("SUBJID\nS2\n", encoding="utf-8")
    message = refusal({})
    assert "edc/dm.csv: " in message
    assert f"locked on {LOCKED_ON}" in message


def test_an_export_on_the_command_line_is_not_locked_unless_its_lock_is_named(
    export: Path,
) -> None:
    lock("config/lock.json")
    assert open_run({"edc_dir": "edc"}, []).locking.line == "NOT LOCKED"
    named = open_run({"edc_dir": "edc", "lock": "config/lock.json"}, [])
    assert named.locking.line == f"Locked on {LOCKED_ON}"


def test_a_named_lock_must_be_there(export: Path) -> None:
    assert "absent.json: there is no such file" in refusal(
        {"edc_dir": "edc", "lock": "absent.json"}
    )


def test_the_demonstration_trial_answers_to_no_other_lock(export: Path) -> None:
    lock("config/lock.json")
    assert open_run({}, []).locking.line == "NOT LOCKED"


def test_the_plan_of_a_locked_demonstration_trial_is_compared_before_it_is_made(
    export: Path,
) -> None:
    lock("config/lock.json", DEMO_NAME)
    assert open_run({}, []).locking.line == f"Locked on {LOCKED_ON}"
    text = Path("config/trial.yaml").read_text(encoding="utf-8")
    Path("config/trial.yaml").write_text(
        text.replace("alpha: 0.05", "alpha: 0.1"), encoding="utf-8"
    )
    assert "plan.inference.alpha: 0.05 -> 0.1, without an amendment" in refusal({})


def test_an_amendment_changes_the_fingerprint_and_is_listed(export: Path) -> None:
    lock("config/lock.json")
    before = open_configured()
    text = Path("config/trial.yaml").read_text(encoding="utf-8")
    Path("config/trial.yaml").write_text(
        text.replace("alpha: 0.05", "alpha: 0.1"), encoding="utf-8"
    )
    Path("config/amendments.yaml").write_text(
        "amendments:\n- {key: plan.inference.alpha, old: 0.05, new: 0.1, date: 2026-11-05, "
        "reason: Protocol 2.0}\n",
        encoding="utf-8",
    )
    after = open_run({}, [])
    assert [change.key for change in after.locking.changes] == ["plan.inference.alpha"]
    assert before.fingerprint != after.fingerprint


def test_keys_of_a_locking_belong_to_it(export: Path) -> None:
    for key in ("relock", "lock_name"):
        assert "belongs to the command that locks" in refusal({"edc_dir": "edc", key: "x"})
        assert open_run({"edc_dir": "edc", key: "x"}, [], command="lock").locking.lock is None


def test_a_locking_is_not_held_against_the_lock_that_it_replaces(export: Path) -> None:
    lock("config/lock.json")
    (export / "edc" / "dm.csv").write_text("SUBJID\nS2\n", encoding="utf-8")
    set_keys("config/edc.yaml", edc_dir="edc")
    run = open_run({"relock": "late readings"}, [], command="lock")
    assert run.lock_arguments["relock"] == "late readings"
    assert run.lock_arguments["lock_name"] == "edc"
