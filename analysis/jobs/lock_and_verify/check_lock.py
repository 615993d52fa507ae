"""Inputs, plan and mapping are held against the lock, before anything is computed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.config import Mapping as ExportMapping
from analysis.config import load_plan
from analysis.io.files import write_text
from analysis.io.result import Allocation
from analysis.run.job import Task, job
from analysis.run.lock.amendments import read_amendments
from analysis.run.lock.differences import require_as_locked


def check_lock(task: Task) -> None:
    """Write how the run stands to the lock; raises what ``require_as_locked`` does."""
    with job(task, "Checking the lock"):
        given = task.params.lock
        allocation = Allocation(task.params.allocation)
        state = {
            "allocation": allocation.value,
            "stamp": allocation.stamp,
            "locked": False,
            "line": given["line"],
            **(_compare(task.input.export, given) if given["lock_file"] else {}),
        }
        text = json.dumps(state, indent=1, ensure_ascii=False) + "\n"
        write_text(Path(task.output[0]), text)


def _compare(export: Sequence[str], given: Mapping[str, str]) -> dict[str, object]:
    lock = require_as_locked(
        Path(given["lock_file"]),
        list(map(Path, export)),
        load_plan(Path(given["plan_file"])),
        ExportMapping.model_validate_json(given["mapping"]),
        read_amendments(Path(given["amendments_file"])),
    )
    return {"locked": True, "name": lock.name, "seal": lock.seal, "files": len(export)}
