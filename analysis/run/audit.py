"""What an auditor asks of a run: plan and mapping with their sources, changes, lock, unblinding."""

from __future__ import annotations

from typing import Any

from analysis.config.base import Block
from analysis.run.amendment_chains import PlanChange
from analysis.run.locked_values import (
    MAPPING_PREFIX,
    PLAN_PREFIX,
    flatten_mapping,
    flatten_plan,
    show_value,
)
from analysis.run.settings import Run


def describe_audit(run: Run) -> dict[str, Any]:
    """Return the account of a run as plain values for the jobs.

    ``lock``: name and value. ``unblinding``: name and value, empty without a record. ``settings``:
    key, value and source of every key of the plan and of the mapping. ``changes``: key, old, new,
    date and reason of every change since the first lock.
    """
    return {
        "lock": _describe_lock(run),
        "unblinding": _describe_record(run),
        "settings": _list_settings(run),
        "changes": [_describe_change(run, change) for change in run.locking.changes],
    }


def _describe_lock(run: Run) -> dict[str, str]:
    lock = run.locking.lock
    if lock is None:
        return {"State": run.locking.line}
    earlier = {
        f"Lock {number}, of {each.locked_on}": f"superseded: {each.reason}"
        for number, each in enumerate(lock.history, start=1)
    }
    return {
        "State": run.locking.line,
        "Data set": lock.name,
        "Seal": lock.seal,
        "Plan as locked (SHA-256)": lock.plan_hash,
        **earlier,
    }


def _describe_record(run: Run) -> dict[str, str]:
    record = run.standing.record
    if record is None:
        return {}
    lists = {f"{name} (SHA-256)": sha256 for name, sha256 in record.lists.items()}
    return {
        "Date": record.date.isoformat(),
        "Authorised by": record.authorised_by,
        "Reason": record.reason or "not given",
        **lists,
    }


def _list_settings(run: Run) -> list[tuple[str, str, str]]:
    amended = {change.key: change.date for change in run.locking.changes}
    rows = []
    for key, value in flatten_plan(run.plan).items():
        block = getattr(run.plan, key.partition(".")[0], None)
        source = f"{run.plan_file.name} ({block.source})" if isinstance(block, Block) else ""
        rows.append((f"{PLAN_PREFIX}{key}", show_value(value), source or run.plan_file.name))
    for key, value in flatten_mapping(run.mapping).items():
        rows.append((f"{MAPPING_PREFIX}{key}", show_value(value), run.command_line.edc.name))
    return [
        (key, value, f"{source}, amended {amended[key]}" if key in amended else source)
        for key, value, source in rows
    ]


def _describe_change(run: Run, change: PlanChange) -> dict[str, str]:
    record = run.standing.record
    late = record is not None and change.date > record.date
    return {
        "key": change.key,
        "old": show_value(change.old),
        "new": show_value(change.new),
        "date": change.date.isoformat(),
        "reason": change.reason,
        "after_unblinding": "after the unblinding" if late else "",
    }
