"""Every fault planted in the demonstration trial is found again when its export is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.config import Mapping, Plan, load_mapping, load_plan
from analysis.edc.allocation.lists import find_unlisted, read_lists
from analysis.edc.door.dates.order import check_date_order
from analysis.edc.layout import load_layout
from analysis.edc.queries import Query
from analysis.edc.reading.export import read_export
from analysis.simulate import SimulatedTrial, simulate_trial, write_export, write_lists

CONFIG = Path(__file__).parents[2] / "config"
FOLLOWS = {("death_undated", "death_without_record")}
"""Queries that come with a fault beside those of the ledger: (fault, rule). A ``dd`` row without a
date is a missing required value and, as another table dates the death, a death without record."""


@dataclass(frozen=True)
class Found:
    """What reading and deriving the export of the demonstration trial came upon."""

    trial: SimulatedTrial
    fatal: tuple[str, ...]
    queries: tuple[Query, ...]
    data: AnalysisData

    @property
    def ledger(self) -> pd.DataFrame:
        return self.trial.ledger


TRIALS = [("trial", "csv"), ("trial", "xpt"), ("trial-phase2", "sav")]
"""Both shipped plans, and every format that the generator writes."""


@pytest.fixture(scope="module", params=TRIALS, ids=" ".join)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    name, file_format = request.param
    plan = load_plan(CONFIG / f"{name}.yaml")
    folder = tmp_path_factory.mktemp("demo")
    trial = simulate_trial(plan)
    write_export(trial.tables, folder / "edc", file_format)
    write_lists(trial.lists, folder / "lists")
    return derive(folder, trial, plan, load_mapping(CONFIG / "edc.yaml"))


def derive(folder: Path, trial: SimulatedTrial, plan: Plan, mapping: Mapping) -> Found:
    layout = load_layout()
    export, fatal = read_export(folder / "edc", mapping, layout)
    lists, findings = read_lists(folder / "lists", mapping, layout, plan.arms)
    fatal = [*fatal, *findings, *find_unlisted(export.tables["rand"], lists)]
    data = build_analysis_data(export.tables, lists, plan)
    order = check_date_order(export.tables, layout)
    return Found(trial, tuple(fatal), (*export.queries, *order, *data.queries), data)


def subject_of(query: Query) -> str:
    """The subject a query names; empty when its row has none."""
    cells = dict(cell.split("=", 1) for cell in query.key.split("; ") if "=" in cell)
    return cells.get("SUBJID", "")


def find_queries(found: Found) -> set[tuple[str, ...]]:
    return {(subject_of(q), q.table, q.column, q.rule.value) for q in found.queries}


def find_reasons(found: Found) -> set[tuple[str, ...]]:
    reasons = found.data.reasons
    return set(zip(reasons["SUBJID"], reasons["CODE"], strict=True))


def find_scores(found: Found) -> set[tuple[str, ...]]:
    adsl = found.data.adsl
    scores = adsl["MRS90"].astype("object").where(adsl["MRS90"].notna(), "missing").astype("str")
    return set(zip(adsl["SUBJID"], scores, strict=True))


KINDS: dict[str, tuple[Callable[[Found], set[tuple[str, ...]]], tuple[str, ...]]] = {
    "query": (find_queries, ("SUBJID", "TABLE", "COLUMN")),
    "reason": (find_reasons, ("SUBJID",)),
    "mrs": (find_scores, ("SUBJID",)),
}
"""Kind of expectation: what was found, and the columns of the ledger that name it."""


def entries(found: Found, kind: str) -> list[tuple[str, ...]]:
    """The ledger's expectations of one kind, as the sets above name them."""
    ledger = found.ledger[found.ledger["EXPECT"].str.startswith(f"{kind}:")]
    expected = ledger["EXPECT"].str.removeprefix(f"{kind}:")
    columns = [ledger[column] for column in KINDS[kind][1]]
    return list(zip(*columns, expected, strict=True))


def test_no_fault_stops_the_run(found: Found) -> None:
    assert found.fatal == ()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_found(found: Found, kind: str) -> None:
    there = KINDS[kind][0](found)
    expected = entries(found, kind)
    assert [entry for entry in expected if entry not in there] == []
    assert len(expected) >= 30  # the comparison would pass on nothing


def test_no_reason_without_a_fault(found: Found) -> None:
    assert find_reasons(found) - set(entries(found, "reason")) == set()


def test_no_query_without_a_fault(found: Found) -> None:
    fault_of = found.ledger.groupby("SUBJID")["FAULT"].first()
    expected = {(subject, rule) for subject, _, _, rule in entries(found, "query")}
    unplanned = {(subject, rule) for subject, _, _, rule in find_queries(found)} - expected
    assert {(fault_of.get(subject, ""), rule) for subject, rule in unplanned} == FOLLOWS


def test_an_mrs_missing_without_a_fault_does_not_happen(found: Found) -> None:
    missing = {subject for subject, score in find_scores(found) if score == "missing"}
    assert missing == {subject for subject, score in entries(found, "mrs") if score == "missing"}


def test_every_subject_is_derived(found: Found) -> None:
    randomised = found.trial.tables["rand"]["SUBJID"]
    assert list(found.data.adsl["SUBJID"]) == sorted(set(randomised))
