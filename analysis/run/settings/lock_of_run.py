"""Which lock a run answers to, and how it stands towards it."""

import json
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping, Plan
from analysis.run.lock.amendments import (
    AMENDMENTS_FILE,
    Amendment,
    PlanChange,
    dump_amendment,
    read_amendments,
)
from analysis.run.lock.differences import list_changes, list_earlier_changes, require_as_locked
from analysis.run.lock.file import LOCK_FILE, Lock, read_lock
from analysis.run.settings.command_line import CommandLine
from analysis.run.settings.input_files import DEMO_NAME, Sources


@dataclass(frozen=True)
class Locking:
    """``lock`` in ``file``, None if the data set is not locked; what was changed since, and why."""

    file: Path | None = None
    lock: Lock | None = None
    amendments: tuple[Amendment, ...] = ()
    changes: tuple[PlanChange, ...] = ()

    @property
    def line(self) -> str:
        """What every page says of it."""
        if self.lock is None:
            return "NOT LOCKED"
        again = f" (first on {self.lock.first_locked_on})" if self.lock.history else ""
        return f"Locked on {self.lock.locked_on}{again}"


def find_locking(
    command_line: CommandLine, sources: Sources, plan: Plan, mapping: Mapping
) -> Locking:
    """Return the lock of the run's data set once inputs, plan and mapping are found as locked.

    An export that stands on the command line has the lock that is named there, or none; any other
    has config/lock.json if there is one. Raises ConfigError naming all that differs. The inputs of
    a demonstration trial that was not made yet are checked when it is.
    """
    file = _find_lock_file(command_line, sources, plan)
    if file is None:
        return Locking()
    amendments = read_amendments(command_line.amendments or AMENDMENTS_FILE)
    files = sources.export if sources.are_there else None
    lock = require_as_locked(file, files, plan, mapping, amendments)
    changes = (*list_earlier_changes(lock), *list_changes(lock, plan, mapping, amendments))
    return Locking(file, lock, amendments, changes)


def _find_lock_file(command_line: CommandLine, sources: Sources, plan: Plan) -> Path | None:
    if command_line.lock is not None:
        return command_line.lock
    if "edc_dir" in command_line.mapping or not LOCK_FILE.exists():
        return None
    if sources.is_demo:  # the lock may be that of a trial, or of another demonstration
        lock = read_lock(LOCK_FILE)
        is_own = (lock.name, lock.registry_id) == (DEMO_NAME, plan.trial.registry_id)
        return LOCK_FILE if is_own else None
    return LOCK_FILE


def lock_arguments(
    command_line: CommandLine, locking: Locking, sources: Sources, mapping: Mapping
) -> dict[str, str]:
    """Return what a job needs to check or to write a lock, as plain values; empty for none.

    A rule takes them as one parameter: the workflow engine reads braces in a parameter that is a
    text, or a list of texts, for wildcards, and leaves a dictionary as it is.
    """
    name = DEMO_NAME if sources.is_demo else sources.edc_dir.resolve().name
    return {
        "lock_file": str(locking.file or ""),
        "line": locking.line,
        "seal": locking.lock.seal if locking.lock else "",
        "target_file": str(command_line.lock or LOCK_FILE),
        "lock_name": command_line.lock_name or name,
        "relock": command_line.relock or "",
        "amendments_file": str(command_line.amendments or AMENDMENTS_FILE),
        "amendments": json.dumps([dump_amendment(each) for each in locking.amendments]),
        "mapping": mapping.model_dump_json(),
    }
