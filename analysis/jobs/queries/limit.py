"""Data queries held against the plan: more of a rule than it tolerates stops the run."""

from pathlib import Path

from analysis.config import load_plan
from analysis.edc.door.query_limits import check_queries
from analysis.errors import DataError, join_findings
from analysis.io.frames import read_csv, read_parquet, write_csv
from analysis.run.job import Task, job


def limit_queries(task: Task) -> None:
    """Write what the plan tolerates beside what there is.

    Raises DataError, with every rule of which there is more; the queries stand in their files.
    """
    with job(task, "Holding the data queries against the plan"):
        given = task.input
        randomised = len(read_parquet(Path(given.rand)))
        door = load_plan(Path(given.plan)).door
        held, findings = check_queries(read_csv(Path(given.queries)), randomised, door)
        if findings:
            raise DataError(join_findings("There are more data queries than allowed.", findings))
        write_csv(Path(task.output[0]), held)
