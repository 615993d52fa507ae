"""What matters is computed a second time, and set beside the results."""

from pathlib import Path

from analysis.config import load_plan
from analysis.io.frames import read_parquet
from analysis.io.verdicts import list_failed, write_verdicts
from analysis.qc import EngineNumbers, check_independently
from analysis.run.job import Task, job


def check(task: Task) -> None:
    """Write the verdicts; the log names the numbers that differ."""
    with job(task, "Checking the results by a second implementation"):
        engine = EngineNumbers.read(Path(task.input.ard))
        adsl, adtte = (read_parquet(Path(path)) for path in (task.input.adsl, task.input.adtte))
        comparisons = check_independently(adsl, adtte, engine, load_plan(Path(task.input.plan)))
        for failed in list_failed(comparisons):
            print(failed.describe())
        write_verdicts(Path(task.output[0]), comparisons, engine.allocation)
