"""What matters is computed a second time, from the data sets and from the export."""

from pathlib import Path

from analysis.config import Mapping, load_plan
from analysis.config.plan import Plan
from analysis.io.frames import read_frame
from analysis.io.verdicts import Comparison, list_failed, write_verdicts
from analysis.qc import EngineNumbers, Trial, check_independently
from analysis.qc.from_export import Derived, Export, check_from_export
from analysis.run.job import Task, job


def check(task: Task) -> None:
    """Write the verdicts; the log names the numbers that differ."""
    with job(task, "Checking the results by a second implementation"):
        plan, engine = load_plan(Path(task.input.plan)), EngineNumbers.read(Path(task.input.ard))
        comparisons = _check(task, engine, plan)
        for failed in list_failed(comparisons):
            print(failed.describe())
        write_verdicts(Path(task.output[0]), comparisons, engine.allocation)


def _check(task: Task, engine: EngineNumbers, plan: Plan) -> list[Comparison]:
    names = ("adsl", "adtte", "adqs", "adae", "reasons", "queries")
    made = {name: read_frame(Path(task.input[name])) for name in names}
    mapping = Mapping.model_validate_json(task.params.mapping)
    export, lists = (_list_paths(files) for files in (task.input.export, task.input.lists))
    derived = Derived(made["adsl"], made["adae"], made["reasons"], made["queries"], engine)
    return [
        *check_independently(Trial(made["adsl"], made["adtte"], made["adqs"], plan), engine),
        *check_from_export(Export.read(export, lists, mapping, plan), derived),
    ]


def _list_paths(files: list[str]) -> list[Path]:
    return [Path(file) for file in files]
