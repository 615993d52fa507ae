"""Every output with its hash, and what the results were made from."""

from pathlib import Path

from analysis.io.files import write_text
from analysis.run.environment.soundness import require_unedited_libraries
from analysis.run.job import Task, job
from analysis.run.manifest import build_manifest, build_provenance


def write_manifest(task: Task) -> None:
    """List all inputs of the task but the files of the trial."""
    with job(task, "Writing the manifest"):
        require_unedited_libraries()
        export, lists = task.input.export, task.input.lists
        description = dict(task.params.description)
        provenance = build_provenance(description, map(Path, export), map(Path, lists))
        made = [Path(path) for path in task.input if path not in {*export, *lists}]
        file = Path(task.output[0])
        write_text(file, build_manifest(provenance, file.parent, made))
