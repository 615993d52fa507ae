"""Every number of every analysis in one long table."""

import json
from pathlib import Path

import pandas as pd

from analysis.io.frames import write_csv
from analysis.io.result import ARD_COLUMNS, build_ard_rows
from analysis.run.job import Task, job


def build_ard(task: Task) -> None:
    """Gather the results of all inputs, in their order."""
    with job(task, "Gathering the results"):
        contents = [json.loads(Path(file).read_text(encoding="utf-8")) for file in task.input]
        rows = [row for content in contents for row in build_ard_rows(content)]
        frame = pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str)
        write_csv(Path(task.output[0]), frame)
