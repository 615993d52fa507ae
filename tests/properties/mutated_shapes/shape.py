"""One shape of the demonstration trial: its files, its mapping, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.config import Mapping, Plan, load_mapping, load_plan
from analysis.edc.allocation.lists import find_unlisted, read_lists
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.door.covariates import account_subjects
from analysis.edc.door.dates.order import check_date_order
from analysis.edc.door.frame import build_door
from analysis.edc.layout import Layout, load_layout
from analysis.edc.mapping.account.build import account_mapping
from analysis.edc.queries import join_queries, list_queries
from analysis.edc.queries.source_rows import build_source_rows, split_files
from analysis.edc.reading.export import Export, read_export
from analysis.edc.written.plausible_dates import limit_dates
from analysis.errors import AnalysisError
from analysis.jobs.read_edc import read_masked
from analysis.simulate import simulate_trial, write_lists
from analysis.simulate.exports.shapes import write_shape
from tests.properties.mutated_shapes.declared import declare
from tests.properties.mutated_shapes.mutant import Files
from tests.properties.mutated_shapes.oracle.case import Outcome

CONFIG = Path(__file__).parents[3] / "config"
SUBJECTS = 44
PARTS = {
    "redcap_raw": "", "redcap_labels": "", "castor": "", "viedoc": "", "openclinica": "",
    "rave_csv": "csv", "rave_xpt": "xpt", "sdtm_xpt": "xpt", "sdtm_json": "json",
    "chinese_hospital_csv": "csv", "chinese_hospital_xlsx": "xlsx",
}  # fmt: skip
"""Shapes, and the folder of each that is one export."""
FAULTS = 0.01


@dataclass(frozen=True)
class Shape:
    """The files of an export, the text of its mapping, the lists, and the plan of the trial."""

    name: str
    files: Files
    mapping: str
    lists: Files
    plan: Plan
    layout: Layout

    def read(self, files: Files, mapping: str, *, blinded: bool) -> tuple[Outcome, Mapping | None]:
        """Read an export as the job of a run does; returns what came of it, and the mapping.

        Any other exception than AnalysisError passes through.
        """
        with TemporaryDirectory() as name:
            folder = Path(name)
            _write(folder / "edc", files)
            _write(folder / "lists", self.lists)
            (folder / "edc.yaml").write_text(mapping, encoding="utf-8")
            parsed = None
            try:
                parsed = load_mapping(folder / "edc.yaml")
                outcome = self._read(folder, parsed, blinded=blinded)
                return replace(outcome, count_left=partial(self.count_left, files, parsed)), parsed
            except AnalysisError as error:
                return Outcome({}, pd.DataFrame(), str(error).replace(name, "")), parsed

    def _read(self, folder: Path, mapping: Mapping, *, blinded: bool) -> Outcome:
        if blinded:
            declared = declare(mapping, self.name)
            export, fatal = read_masked(folder / "edc", declared, self.layout, self.plan)
        else:
            export, fatal = self._read_with_lists(folder, mapping)
        order = check_date_order(export.tables, self.layout)
        listed = list_queries(join_queries(export.queries, order))
        queries = split_files(listed, export.sources)
        build_source_rows(export.places, export.sources)
        build_door(account_subjects(export.accounts.values(), export.tables, self.plan))
        return Outcome(export.tables, queries, "\n".join(fatal))

    def _read_with_lists(self, folder: Path, mapping: Mapping) -> tuple[Export, list[str]]:
        plan = self.plan
        export, fatal = read_export(
            folder / "edc", mapping, self.layout, plan.door, named=plan.baseline_columns
        )
        lists, found = read_lists(folder / "lists", mapping, self.layout, plan.arms)
        if "rand" in export.tables and lists.arm_of_randno:
            found = [*found, *find_unlisted(export.tables["rand"], lists)]
        return export, [*fatal, *found]

    def count_left(self, files: Files, mapping: Mapping) -> dict[str, int | None]:
        """By source, the rows that no table takes, as the account of a mapping says."""
        with TemporaryDirectory() as name:
            folder = Path(name) / "edc"
            _write(folder, files)
            export, _ = read_export(folder, mapping, self.layout, self.plan.door)
            mentions = build_mentions(self.plan.arms)
            account = account_mapping(folder, mapping, self.layout, export, [], mentions)
        return {source.source: source.left for source in account.sources}


def _write(folder: Path, files: Files) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def make_shapes(names: MappingABC[str, str] = PARTS) -> dict[str, Shape]:
    """The shapes of one small trial with some faults."""
    plan = load_plan(CONFIG / "trial.yaml")
    demo = plan.demo.model_copy(update={"n": SUBJECTS, "fault_rate": FAULTS})
    trial = simulate_trial(plan.model_copy(update={"demo": demo}))
    layout = limit_dates(load_layout(), plan)
    shapes = {}
    with TemporaryDirectory() as top:
        write_lists(trial.lists, Path(top) / "lists")
        lists = _load(Path(top) / "lists")
        for name, part in names.items():
            shape = name.removesuffix(f"_{part}")
            folder = Path(top) / shape
            if not folder.exists():
                write_shape(shape, trial.tables, folder)
            mapping = (CONFIG / "exports" / f"{shape}.yaml").read_text(encoding="utf-8")
            if part == "json":
                mapping = mapping.replace(".xpt", ".json")
            separator = b";" if shape == "castor" else b","
            own = {file: content.replace(b",", separator) for file, content in lists.items()}
            shapes[name] = Shape(name, _load(folder / part), mapping, own, plan, layout)
    return shapes


def _load(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
