"""Lock a data set and its plan."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import Mapping as EdcMapping
from analysis.config import load_plan
from analysis.edc.layout import load_layout
from analysis.run.job import job, leave_message
from analysis.run.lock.amendments import read_amendments
from analysis.run.lock.build import build_lock, write_lock
from analysis.run.lock.inputs import describe_inputs

if TYPE_CHECKING:
    from snakemake.script import snakemake


def lock_data_set(export: Sequence[str], arguments: Mapping[str, str]) -> str:
    plan = load_plan(Path(arguments["plan_file"]))
    mapping = EdcMapping.model_validate_json(arguments["mapping"])
    inputs = describe_inputs(list(map(Path, export)), mapping, load_layout())
    today = datetime.now(UTC).date().isoformat()
    lock = build_lock(arguments["lock_name"], today, inputs, plan, mapping)
    amendments = read_amendments(Path(arguments["amendments_file"]))
    file = Path(arguments["target_file"])
    written = write_lock(file, lock, amendments, arguments["relock"] or None)
    return (
        f"Locked: '{written.name}', {len(inputs)} files and the plan, in {file}. "
        f"Seal {written.seal}"
    )


with job(snakemake, "Locking the data set"):
    message = lock_data_set(snakemake.input.export, dict(snakemake.params.items()))
    leave_message(snakemake, message)
