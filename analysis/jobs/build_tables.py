"""The tables or listings that a rule names by its outputs, in every form."""

from pathlib import Path
from typing import Any

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.documents.table_files import write_table
from analysis.display.outline.displays import LISTINGS, TABLES
from analysis.display.outline.parts import Source
from analysis.display.tables.listings import Records
from analysis.io.frames import read_frame
from analysis.io.verdicts import read_verdicts
from analysis.run.job import Task, job


def write_tables(task: Task) -> None:
    """Write each table to its paths, whose suffixes are the forms; all are built before."""
    params = task.params
    with job(task, params.doing):
        paths = list(map(Path, task.output))
        parts = {path.stem: (TABLES | LISTINGS)[path.stem] for path in paths}
        given = {source: _read(source, task) for source in {part.source for part in parts.values()}}
        plan = load_plan(Path(task.input.plan))
        tables = {name: part.build(given, plan, params.stamp) for name, part in parts.items()}
        for name, table in tables.items():
            own = {path.suffix[1:]: path for path in paths if path.stem == name}
            write_table(table, own, params.lock, task.rule)


def _read(source: Source, task: Task) -> Any:
    if source is Source.RESULTS:
        return Ard.read(Path(task.input.ard))
    if source is Source.CHECKS:
        return read_verdicts(Path(task.input.qc))
    return Records(*(read_frame(Path(task.input[name])) for name in ("adsl", "adae", "reasons")))
