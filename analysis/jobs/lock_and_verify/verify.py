"""The run is made again from the same inputs and compared with the archived manifest."""

from pathlib import Path

from analysis.run.job import Task, job, leave_message
from analysis.run.verify.rerun import RerunSettings
from analysis.run.verify.verify import verify


def verify_results(task: Task) -> None:
    """Leave the verdict as the message of the run; raises what ``verify`` does."""
    with job(task, "Running again and comparing with the archive"):
        params = task.params
        settings = RerunSettings(
            snakefile=params.snakefile,
            cores=task.threads,
            values=params.values,
            plan_file=params.plan_file,
            rules=params.rules,
            demo=params.demo,
        )
        leave_message(task, verify(Path(params.manifest), settings, params.lock_line))
