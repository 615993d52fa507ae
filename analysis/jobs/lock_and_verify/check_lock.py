"""Inputs, plan and mapping are held against the lock, before anything is computed."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.config import Mapping, load_plan
from analysis.io.files import write_text
from analysis.io.result import Allocation
from analysis.run.job import Task, job
from analysis.run.lock.amendments import read_amendments
from analysis.run.lock.differences import require_as_locked


def check_lock(task: Task) -> None:
    """Write how the run stands to the lock; raises what ``require_as_locked`` does."""
    with job(task, "Checking the lock"):
        params = task.params
        allocation = Allocation(params.allocation)
        state = {
            "allocation": allocation.value,
            "stamp": allocation.stamp,
            "locked": False,
            "line": params.line,
            **(_compare(task.input.export, params) if params.lock_file else {}),
        }
        text = json.dumps(state, indent=1, ensure_ascii=False) + "\n"
        write_text(Path(task.output[0]), text)


def _compare(export: Sequence[str], params: Any) -> dict[str, object]:
    lock = require_as_locked(
        Path(params.lock_file),
        list(map(Path, export)),
        load_plan(Path(params.plan_file)),
        Mapping.model_validate_json(params.mapping),
        read_amendments(Path(params.amendments_file)),
    )
    return {"locked": True, "name": lock.name, "seal": lock.seal, "files": len(export)}
