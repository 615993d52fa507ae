"""The demonstration trial: export, allocation lists, ledger of planted faults."""

from pathlib import Path

from analysis.config import load_plan
from analysis.io.files import write_text
from analysis.io.frames import write_csv
from analysis.run.job import Task, job
from analysis.run.job_records.demo_record import write_demo_record
from analysis.run.settings.input_files import SIMULATED, SIMULATED_TEXT
from analysis.simulate import simulate_trial, write_export, write_lists


def write_demo_trial(task: Task) -> None:
    """Simulate the trial of the plan, and mark its folder as simulated."""
    with job(task, "Simulating the demonstration trial"):
        trial = simulate_trial(load_plan(Path(task.input.plan)))
        folder = Path(task.output.export[0]).parent
        write_export(trial.tables, folder, "csv")
        write_lists(trial.lists, Path(task.output.lists[0]).parent)
        write_text(folder / SIMULATED, SIMULATED_TEXT)
        write_csv(Path(task.output.ledger), trial.ledger)
        write_demo_record(list(map(Path, task.output)))
