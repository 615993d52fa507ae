"""Simulate the demonstration trial: export, allocation lists, ledger of planted faults."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.io.files import write_text
from analysis.io.frames import write_csv
from analysis.run.job import job
from analysis.run.settings.input_files import SIMULATED, SIMULATED_TEXT
from analysis.simulate import simulate_trial, write_export, write_lists

if TYPE_CHECKING:
    from snakemake.script import snakemake


def demo_trial(plan_file: str, export: Sequence[str], lists: Sequence[str], ledger: str) -> None:
    trial = simulate_trial(load_plan(Path(plan_file)))
    folder = Path(export[0]).parent
    write_export(trial.tables, folder, "csv")
    write_lists(trial.lists, Path(lists[0]).parent)
    write_text(folder / SIMULATED, SIMULATED_TEXT)
    write_csv(Path(ledger), trial.ledger)


with job(snakemake, "Simulating the demonstration trial"):
    demo_trial(
        snakemake.input.plan,
        snakemake.output.export,
        snakemake.output.lists,
        snakemake.output.ledger,
    )
