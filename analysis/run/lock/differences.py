"""What differs from a lock, what of it the amendments cover, and how a locked plan changed."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import JsonValue

from analysis.config import Mapping, Plan
from analysis.errors import ConfigError, join_findings
from analysis.run.environment.distributions import describe_environment
from analysis.run.lock.amendments import AMENDMENTS_FILE, Amendment, PlanChange, resolve_amendments
from analysis.run.lock.file import RELOCK, DataSet, Lock, read_lock
from analysis.run.lock.inputs import find_input_differences
from analysis.run.lock.values import ABSENT, flatten_mapping, flatten_plan, name_values, show_value


def compare_with_lock(
    lock: Lock,
    files: Sequence[Path] | None,
    plan: Plan,
    mapping: Mapping,
    amendments: Sequence[Amendment],
) -> list[str]:
    """Return what differs from the lock: input files, and keys that no amendment covers.

    One finding names each file or key with the locked and the present value; amendments that do
    not hold are findings too. Empty if the run may go on. ``files``: None for an export that is yet
    to be made (the demonstration trial), of which plan and mapping alone are compared.
    """
    if files is None or lock.registry_id != plan.trial.registry_id:
        return find_plan_differences(lock, plan, mapping, amendments)
    inputs = find_input_differences(lock.inputs, files, mapping)
    return [*inputs, *find_plan_differences(lock, plan, mapping, amendments)]


def find_plan_differences(
    lock: Lock, plan: Plan, mapping: Mapping, amendments: Sequence[Amendment]
) -> list[str]:
    """Return what differs of plan and mapping alone, and the amendments that do not hold.

    The lock of another trial is the one finding: everything would differ.
    """
    if lock.registry_id != plan.trial.registry_id:
        return [f"the lock is of {lock.registry_id}, the plan of {plan.trial.registry_id}"]
    current = _name_current(plan, mapping, lock)
    resolved = resolve_amendments(lock.values, current, amendments, lock.incorporated)
    unamended = [
        f"{key}: {show_value(lock.values.get(key, ABSENT))} -> "
        f"{show_value(current.get(key, ABSENT))}, without an amendment"
        for key in resolved.unamended
    ]
    return [*unamended, *resolved.faults]


def require_as_locked(
    path: Path,
    files: Sequence[Path] | None,
    plan: Plan,
    mapping: Mapping,
    amendments: Sequence[Amendment],
) -> Lock:
    """Return the lock in ``path`` if nothing differs from it but what the amendments say.

    Raises ConfigError naming everything that differs (the locked value stands first), or if there
    is no lock or a damaged one.
    """
    lock = read_lock(path)
    findings = compare_with_lock(lock, files, plan, mapping, amendments)
    if findings:
        heading = (
            f"{path}: this run differs from the data set '{lock.name}' locked on {lock.locked_on}. "
            "The locked value stands first."
        )
        raise ConfigError(
            f"{join_findings(heading, findings)}\n"
            "Restore the locked files and plan, and the environment as requirements.lock has it "
            "(rm -r .venv, then make env); or record a change of plan, mapping or environment in "
            f"{AMENDMENTS_FILE}; or lock the data set again: {RELOCK}"
        )
    return lock


def list_changes(
    lock: Lock, plan: Plan, mapping: Mapping, amendments: Sequence[Amendment]
) -> tuple[PlanChange, ...]:
    """Return the amended changes since the lock, in the order of the file.

    For a run that ``compare_with_lock`` found nothing against: an amendment that does not hold is
    left out. One that was taken back again is there with the one that took it back.
    """
    current = _name_current(plan, mapping, lock)
    return resolve_amendments(lock.values, current, amendments, lock.incorporated).changes


def list_earlier_changes(lock: Lock) -> tuple[PlanChange, ...]:
    """Return the changes from each earlier lock to the next, the first lock's first.

    A change without an amendment has the date and the reason of the lock that brought it.
    """
    changes: list[PlanChange] = []
    for earlier, later in zip(lock.history, [*lock.history, lock][1:], strict=True):
        old, new = _name_comparable(earlier, later), _name_comparable(later, earlier)
        resolved = resolve_amendments(old, new, earlier.amendments)
        changes += resolved.changes
        changes += [
            PlanChange(
                key, old.get(key, ABSENT), new.get(key, ABSENT), later.locked_on, earlier.reason
            )
            for key in resolved.unamended
        ]
    return tuple(changes)


def _name_comparable(lock: DataSet, other: DataSet) -> dict[str, JsonValue]:
    """The values of a lock, with its environment only if the other recorded its own too."""
    environment = lock.environment if other.environment is not None else None
    return name_values(lock.plan, lock.mapping, environment)


def _name_current(plan: Plan, mapping: Mapping, lock: Lock) -> dict[str, JsonValue]:
    """What stands now in the places of a lock; no environment for one that recorded none."""
    environment = describe_environment() if lock.environment is not None else {}
    return name_values(flatten_plan(plan), flatten_mapping(mapping), environment)
