"""A data set and its plan are locked."""

from datetime import UTC, datetime
from pathlib import Path

from analysis.config import Mapping, load_plan
from analysis.edc.layout import load_layout
from analysis.run.job import Task, job, leave_message
from analysis.run.lock.amendments import read_amendments
from analysis.run.lock.build import build_lock, write_lock
from analysis.run.lock.inputs import describe_inputs


def lock_data_set(task: Task) -> None:
    """Write the lock of today, and leave what it holds as the message of the run."""
    with job(task, "Locking the data set"):
        given = task.params.lock
        plan = load_plan(Path(given["plan_file"]))
        mapping = Mapping.model_validate_json(given["mapping"])
        inputs = describe_inputs(list(map(Path, task.input.export)), mapping, load_layout())
        today = datetime.now(UTC).date().isoformat()
        lock = build_lock(given["lock_name"], today, inputs, plan, mapping)
        amendments = read_amendments(Path(given["amendments_file"]))
        file = Path(given["target_file"])
        written = write_lock(file, lock, amendments, given["relock"] or None)
        leave_message(
            task,
            f"Locked: '{written.name}', {len(inputs)} files and the plan, in {file}. "
            f"Seal {written.seal}",
        )
