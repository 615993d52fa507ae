"""One export, from its files to the tables of the report, as the jobs of a run do it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.analyses.not_collected import withhold
from analysis.analyses.topics import list_topics
from analysis.config import Mapping, Plan, load_mapping, load_plan
from analysis.display.ard import Ard
from analysis.display.documents.rtf import render_rtf
from analysis.display.outline.displays import LISTINGS, TABLES
from analysis.display.outline.parts import Source
from analysis.display.tables.listings import Records
from analysis.display.tables.table import render_csv, render_html
from analysis.edc.allocation.lists import Lists, find_unlisted, read_lists
from analysis.edc.door.covariates import account_subjects
from analysis.edc.door.dates.order import check_date_order
from analysis.edc.door.frame import build_door
from analysis.edc.layout import load_layout
from analysis.edc.queries import Rule, build_queries, list_queries
from analysis.edc.queries.sent.for_sites import build_for_sites, gather
from analysis.edc.queries.sent.workbook import build_workbook
from analysis.edc.queries.source_rows import build_source_rows, split_files
from analysis.edc.queries.words.message import read_message
from analysis.edc.reading.export import Export, read_export
from analysis.edc.written.plausible_dates import limit_dates
from analysis.errors import AnalysisError, DataError, join_findings
from analysis.io.frames import read_csv, read_frame, read_parquet, write_csv, write_parquet
from analysis.io.lazy_import import load_function
from analysis.io.result import Allocation, build_ard_rows, write_results_text
from analysis.io.verdicts import list_failed
from analysis.qc import EngineNumbers
from analysis.qc.from_export import Derived, check_from_export
from analysis.qc.from_export import Export as FilesOfExport
from analysis.simulate import simulate_trial, write_export, write_lists
from tests.projects.analysed_trials import shrink_plan
from tests.properties.mutated_exports.mutations import QUOTING, Table, mutate

CONFIG = Path(__file__).parents[3] / "config"
SUBJECTS = 60
STAMP = Allocation.REHEARSAL.stamp
QUICK = (
    "populations",
    "missing",
    "distributions",
    "mrs_shift",
    "safety",
    "survival",
    "adverse_events",
    "exposure",
)
"""Topics that take little time, and the primary model, whose terms the tables name."""
SHOWN = ("t_queries", "t_queries_by_site", "t_populations", "t_pp_reasons", "t_baseline",
         "t_disposition", "t_missing", "t_missing_baseline", "t_safety", "t_ae_overview",
         "t_ae_soc_pt", "t_exposure")  # fmt: skip
"""Tables of those topics."""


UNREADABLE = "hold nothing that the layout allows; correct the column"
"""With what the check stops a run that reads half of a column, or less: a message for people."""


@dataclass(frozen=True)
class Trial:
    """A simulated trial: plan, export and lists."""

    plan: Plan
    export: dict[str, Table]
    lists: dict[str, bytes]
    mapping: Mapping


def make_trial() -> Trial:
    """A small trial, as the tests of the workflow have it."""
    plan = shrink_plan(load_plan(CONFIG / "trial.yaml"), 2.0, SUBJECTS)
    made = simulate_trial(plan)
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_export(made.tables, folder / "edc", "csv")
        write_lists(made.lists, folder / "lists")
        texts = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "edc").iterdir()}
        lists = {path.name: path.read_bytes() for path in (folder / "lists").iterdir()}
    export = {name: Table.parse(text) for name, text in sorted(texts.items())}
    return Trial(plan, export, lists, load_mapping(CONFIG / "edc.yaml"))


def run_mutant(trial: Trial, seed: int, *, whole: bool) -> str:
    """Run one mutant; return how it ended, ``results`` or the message that stopped it.

    Any other exception than AnalysisError passes through, with what was changed. So
    does an AssertionError where the check that begins at the files finds other numbers than the
    data sets and results hold: a change that was lost on the way.
    ``whole``: all topics of analysis and all tables, not the quick ones alone.
    """
    files, said = mutate(random.Random(seed), trial.export)
    try:
        run_files(trial, files, whole=whole)
    except AnalysisError as error:
        return str(error)
    except Exception as error:
        error.add_note(f"mutant {seed}: {'; '.join(said)}")
        raise
    return "results"


def run_export(trial: Trial, *, whole: bool) -> None:
    """Run the export of the trial, as it is, to its tables, and the check of them."""
    files = {f"{name}.csv": table.write(QUOTING[0]) for name, table in trial.export.items()}
    run_files(trial, files, whole=whole)


def run_files(trial: Trial, files: dict[str, bytes], *, whole: bool) -> None:
    """Run these files of an export, with the lists, the plan and the mapping of the trial."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for place, contents in (("edc", files), ("lists", trial.lists)):
            (folder / place).mkdir()
            for file, content in contents.items():
                (folder / place / file).write_bytes(content)
        _analyse(folder, trial.plan, trial.mapping, whole=whole)


def _gather(
    folder: Path,
    mapping: Mapping,
    export: Export,
    data: AnalysisData,
    frames: dict[str, pd.DataFrame],
) -> pd.DataFrame:
    """The queries as they are sent; the workbook of them can be made."""
    write_csv(folder / "derived.csv", build_queries(data.queries))
    raised = gather(*(read_csv(folder / f"{name}.csv") for name in ("queries", "derived")))
    fields = {name: table.columns for name, table in mapping.tables.items()}
    rows = build_source_rows(export.places, export.sources)
    sent = build_for_sites(raised, frames, rows, load_layout(), fields)
    for rule, message in {*zip(sent["rule"], sent["message"], strict=True)}:
        assert read_message(Rule(rule), message), f"no template has: {rule}: {message}"
    assert build_workbook(sent, "mutant", STAMP)
    return sent


def _analyse(folder: Path, plan: Plan, mapping: Mapping, *, whole: bool) -> None:
    export, lists = _read(folder, plan, mapping)
    queries = [*export.queries, *check_date_order(export.tables, limit_dates(load_layout(), plan))]
    write_csv(folder / "queries.csv", split_files(list_queries(queries), export.sources))
    accounts = account_subjects(export.accounts.values(), export.tables, plan)
    write_csv(folder / "door.csv", build_door(accounts))
    for table, frame in export.tables.items():
        write_parquet(folder / f"{table}.parquet", frame, Allocation.REHEARSAL)
    frames = {table: read_parquet(folder / f"{table}.parquet") for table in export.tables}
    data = build_analysis_data(frames, lists, plan)
    write_csv(folder / "all_queries.csv", _gather(folder, mapping, export, data, frames))
    write_csv(folder / "reasons.csv", data.reasons)
    for dataset in ("adsl", "adqs", "adtte", "adae"):
        write_parquet(folder / f"{dataset}.parquet", getattr(data, dataset), Allocation.REHEARSAL)
    given = {
        **{dataset: read_frame(folder / f"{dataset}.parquet")
           for dataset in ("adsl", "adqs", "adtte", "adae")},
        "reasons": read_frame(folder / "reasons.csv"),
        "queries": read_frame(folder / "all_queries.csv"),
        "screening": frames.get("screening"),
        "door": read_frame(folder / "door.csv"),
    }  # fmt: skip
    rows = []
    for topic in list_topics(plan):
        if whole or topic.name in QUICK:
            sets = [given.get(data_set) for data_set in topic.data_sets]
            results = withhold(load_function(topic.analysis)(*sets, plan), sets, plan)
            content = json.loads(write_results_text(results, Allocation.REHEARSAL, {}))
            rows += build_ard_rows(content)
    sources = {
        Source.RESULTS: Ard.from_records(rows), Source.CHECKS: (), Source.PLAN: plan,
        Source.DATA_SETS: Records(given["adsl"], given["adae"], given["reasons"]),
    }  # fmt: skip
    for name, part in (TABLES | LISTINGS).items():
        if whole or name in SHOWN or name in LISTINGS:
            table = part.build(sources, plan, STAMP)
            for render in (render_html, render_csv, render_rtf):
                assert render(table)
    engine = EngineNumbers.from_records(rows)
    made = (data.adsl, data.adae, data.reasons, given["queries"])
    _require_agreement(folder, plan, mapping, Derived(*made, engine))


def _require_agreement(folder: Path, plan: Plan, mapping: Mapping, derived: Derived) -> None:
    files, lists = (sorted((folder / place).iterdir()) for place in ("edc", "lists"))
    read = FilesOfExport.read(files, lists, mapping, plan)
    failed = [each.describe() for each in list_failed(check_from_export(read, derived))]
    said = "; ".join(failed[:5])
    if failed and all(UNREADABLE in each for each in failed):
        raise DataError(said)
    assert not failed, said


def _read(folder: Path, plan: Plan, mapping: Mapping) -> tuple[Export, Lists]:
    layout = limit_dates(load_layout(), plan)
    export, fatal = read_export(folder / "edc", mapping, layout)
    lists, more = read_lists(folder / "lists", mapping, layout, plan.arms)
    fatal += more
    if "rand" in export.tables:
        fatal += find_unlisted(export.tables["rand"], lists)
    if fatal:
        raise DataError(join_findings("The export cannot be analysed.", fatal))
    return export, lists
