"""Lock a data set together with its plan, and lock it again with a reason."""

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.config import Mapping, Plan
from analysis.errors import ConfigError, join_findings
from analysis.run.environment.distributions import describe_environment
from analysis.run.lock.amendments import (
    AMENDMENTS_FILE,
    Amendment,
    dump_amendment,
    find_pending,
    resolve_amendments,
)
from analysis.run.lock.file import RELOCK, Lock, dump_lock, read_lock, save_lock, seal_lock
from analysis.run.lock.inputs import InputFile
from analysis.run.lock.values import (
    find_changed_keys,
    flatten_mapping,
    flatten_plan,
    hash_mapping,
    hash_plan,
)


def build_lock(
    name: str,
    locked_on: str,
    inputs: MappingABC[str, InputFile],
    plan: Plan,
    mapping: Mapping,
) -> Lock:
    """Return the lock of a data set, without history.

    ``name``: of the data set. ``locked_on``: the date as 2026-11-30. ``inputs``: from
    ``describe_inputs``. Raises ConfigError for an empty name, another form of date, or no input.
    """
    return seal_lock(
        {
            "name": name,
            "registry_id": plan.trial.registry_id,
            "locked_on": locked_on,
            "inputs": {key: file.model_dump(mode="json") for key, file in inputs.items()},
            "plan_hash": hash_plan(plan),
            "mapping_hash": hash_mapping(mapping),
            "plan": flatten_plan(plan),
            "mapping": flatten_mapping(mapping),
            "environment": describe_environment(),
            "history": [],
        }
    )


def write_lock(
    path: Path, lock: Lock, amendments: Sequence[Amendment], relock_reason: str | None = None
) -> Lock:
    """Write ``lock`` to ``path`` and return it with its history.

    With a reason it supersedes the lock that is there, which joins the history with the reason and
    the ``amendments`` that were made to it. Raises ConfigError, and writes nothing, if there is a
    lock and no reason, a reason (or an amendment) and no lock, an empty reason, nothing that
    differs, an amendment that does not hold, or a lock that is damaged or of another trial.
    """
    if relock_reason is not None:
        lock = _supersede(_read_earlier(path, relock_reason), path, lock, amendments, relock_reason)
    elif path.exists():
        earlier = read_lock(path)
        raise ConfigError(
            f"{path}: the data set '{earlier.name}' was locked on {earlier.locked_on}. To lock it "
            f"again, with this lock kept in its history: {RELOCK}"
        )
    elif amendments:
        raise ConfigError(
            f"{AMENDMENTS_FILE.name} holds {len(amendments)} amendment(s), but no plan is locked "
            "yet that they could amend. Take them out before the first lock"
        )
    save_lock(path, lock)
    return lock


def _read_earlier(path: Path, reason: str) -> Lock:
    if not reason.strip():
        raise ConfigError(f"relock: the reason is empty. Say why: {RELOCK}")
    if not path.exists():
        raise ConfigError(f"{path}: there is no lock yet, so there is nothing to lock again")
    return read_lock(path)


def _supersede(
    earlier: Lock, path: Path, lock: Lock, amendments: Sequence[Amendment], reason: str
) -> Lock:
    """The lock with the earlier one at the end of its history."""
    _require_successor(path, earlier, lock)
    resolved = resolve_amendments(earlier.values, lock.values, amendments, earlier.incorporated)
    if resolved.faults:
        heading = f"{path}: the amendments to the earlier lock do not hold. Mend them first."
        raise ConfigError(join_findings(heading, resolved.faults))
    pending = [each for _, each in find_pending(amendments, earlier.incorporated)]
    history = [*dump_lock(earlier)["history"], _retire(earlier, pending, reason)]
    return seal_lock({**dump_lock(lock), "history": history})


def _require_successor(path: Path, earlier: Lock, lock: Lock) -> None:
    """Raise ConfigError if ``lock`` cannot supersede ``earlier``."""
    if earlier.registry_id != lock.registry_id:
        raise ConfigError(
            f"{path}: the lock is of {earlier.registry_id}, the plan of {lock.registry_id}. A lock "
            "is superseded by one of the same trial; give another file with lock=FILE"
        )
    if lock.locked_on < earlier.locked_on:
        raise ConfigError(
            f"{path}: locked on {earlier.locked_on}; it cannot be locked again on {lock.locked_on}"
        )
    if earlier.inputs == lock.inputs and not find_changed_keys(earlier.values, lock.values):
        raise ConfigError(
            f"{path}: nothing differs from the lock of {earlier.locked_on}, so there is nothing to "
            "lock again"
        )


def _retire(earlier: Lock, amendments: Sequence[Amendment], reason: str) -> dict[str, Any]:
    """A superseded lock as the history holds it."""
    content = dump_lock(earlier)
    del content["history"], content["registry_id"]
    return {
        **content,
        "inputs": {name: file.sha256 for name, file in earlier.inputs.items()},
        "seal": earlier.seal,
        "amendments": [dump_amendment(each) for each in amendments],
        "reason": reason.strip(),
    }
