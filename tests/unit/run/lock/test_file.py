"""The lock file: written whole, sealed, and refused when it is damaged or edited by hand."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from analysis.errors import ConfigError
from analysis.run.lock.build import build_lock
from analysis.run.lock.file import read_lock
from analysis.run.lock.values import PATHS_AND_MODE
from analysis.run.settings.run import Run
from tests.unit.run.locked_trial import LockedTrial


def refusal(trial: LockedTrial) -> str:
    with pytest.raises(ConfigError) as caught:
        read_lock(trial.path)
    return str(caught.value)


# --- what is written ----------------------------------------------------------------------------


def test_a_lock_is_read_as_it_was_written(trial: LockedTrial) -> None:
    lock = trial.lock()
    assert read_lock(trial.path) == lock


def test_a_lock_holds_the_plan_and_the_mapping_by_dotted_key(locked: LockedTrial) -> None:
    content = json.loads(locked.path.read_text(encoding="utf-8"))
    assert (content["name"], content["locked_on"]) == ("Final data", "2026-11-01")
    assert content["registry_id"] == "NCT07141303"
    assert content["plan"]["inference.alpha"] == 0.05
    assert content["plan"]["outcome.levels"] == [0, 1, 2, 3, 4, 5, 6]
    assert content["plan"]["primary.covariates"][0]["name"] == "AGE"
    assert content["mapping"]["encoding"] == "utf-8"
    assert not PATHS_AND_MODE & set(content["mapping"])
    assert content["history"] == []


def test_the_hashes_are_those_that_reports_print(
    trial: LockedTrial, rehearse: Callable[..., Run]
) -> None:
    run = rehearse()
    lock = build_lock("Final data", "2026-11-01", trial.build().inputs, run.plan, run.mapping)
    assert (lock.plan_hash, lock.mapping_hash) == (run.plan_hash, run.mapping_hash)


def test_the_same_data_set_gives_the_same_bytes(trial: LockedTrial) -> None:
    trial.lock()
    first = trial.path.read_bytes()
    trial.path.unlink()
    trial.lock()
    assert trial.path.read_bytes() == first


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"name": "  "}, "name: is empty; say it in words"),
        ({"locked_on": "1.11.2026"}, "locked_on: 1.11.2026 is not a date written as 2026-11-30"),
        ({"locked_on": "20261101"}, "locked_on: 20261101 is not a date written as 2026-11-30"),
        ({"locked_on": "2026-02-30"}, "locked_on: 2026-02-30 is not a date written as"),
    ],
)
def test_a_lock_with_a_name_and_a_date(
    trial: LockedTrial, changes: dict[str, str], finding: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        trial.build(**changes)
    heading = "The lock to be written: the configuration is wrong."
    assert str(caught.value).startswith(f"{heading}\n  - {finding}")


# --- a lock that is not as it was written -------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"inference.alpha": 0.05', '"inference.alpha": 0.1'),
        ('"encoding": "utf-8"', '"encoding": "gb18030"'),
        ('"locked_on": "2026-11-01"', '"locked_on": "2026-10-01"'),
        ('"name": "Final data"', '"name": "Interim data"'),
        ('"registry_id": "NCT07141303"', '"registry_id": "NCT07516522"'),
        ('"size": 73', '"size": 74'),
        ('"safety.death_day": 90,', ""),
        ('"safety.death_day": 90,', '"safety.death_day": 90, "safety.more": 1,'),
        ('"safety.death_day": 90,', '"safety.death_day": 90.0,'),
        ('"safety.death_day": 90,', '"safety.death_day": 1e999,'),
    ],
)  # fmt: skip
def test_a_lock_edited_by_hand(locked: LockedTrial, old: str, new: str) -> None:
    locked.edit_lock(old, new)
    message = refusal(locked)
    assert message.startswith(f"{locked.path}: the lock was edited by hand: its seal is ")
    assert "Restore it from version control" in message


def test_an_edited_hash_of_a_file(locked: LockedTrial) -> None:
    sha256 = read_lock(locked.path).inputs["edc/dm.csv"].sha256
    locked.edit_lock(sha256, "0" * 64)
    assert "edited by hand" in refusal(locked)


def test_an_edited_seal(locked: LockedTrial) -> None:
    locked.edit_lock(read_lock(locked.path).seal, "0" * 64)
    assert "edited by hand: its seal is 000000000000" in refusal(locked)


def test_a_lock_that_says_one_thing_to_a_reader_and_another_to_the_program(
    locked: LockedTrial,
) -> None:
    locked.edit_lock('"name": "Final', '"name": "Interim data", "name": "Final')
    assert f"{locked.path}: key 'name' stands twice" in refusal(locked)


def test_a_lock_laid_out_anew_is_the_same_lock(locked: LockedTrial) -> None:
    lock = read_lock(locked.path)
    content = json.loads(locked.path.read_text(encoding="utf-8"))
    locked.path.write_text(json.dumps(content, sort_keys=True), encoding="utf-8", newline="\r\n")
    assert read_lock(locked.path) == lock


@pytest.mark.parametrize("left", [0, 1, 50, 500, -2, -10])
def test_a_lock_cut_off(locked: LockedTrial, left: int) -> None:
    locked.path.write_bytes(locked.path.read_bytes()[:left])
    message = refusal(locked)
    assert message.startswith(f"{locked.path}: not valid JSON, so cut off or damaged")
    assert "Restore it from version control" in message


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"[]", "must be a mapping of keys to values"),
        (b"{}", "\n  - seal: the key is missing"),
        (b'{"name": NaN}', "NaN is not a value of JSON"),
        (b"\xff\xfe", "cannot be read as UTF-8 text"),
        (b'{"name": "x", "other": 1}', "\n  - other: unknown key"),
        (b'{"locked_on": 20261101}', "\n  - locked_on: 20261101 is not a date"),
        (b'{"seal": "12"}', '\n  - seal = "12": '),
        (b"[" * 100_000, "not valid JSON, so cut off or damaged"),
    ],
)
def test_something_else_in_place_of_a_lock(
    trial: LockedTrial, content: bytes, finding: str
) -> None:
    trial.path.write_bytes(content)
    message = refusal(trial)
    assert message.startswith(f"{trial.path}: ")
    assert finding in message


def test_no_lock(trial: LockedTrial) -> None:
    assert refusal(trial) == f"{trial.path}: there is no such file; the data set is not locked"
