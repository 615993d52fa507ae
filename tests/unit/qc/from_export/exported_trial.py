"""A trial as files, what the package makes of it, and what the check says of that."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.adam.build import build_analysis_data
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.safety.adverse_events import analyse_adverse_events
from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.config import Mapping, Plan
from analysis.edc.allocation.dummy_lists import draw_lists
from analysis.edc.allocation.lists import Lists, read_lists
from analysis.edc.layout import load_layout
from analysis.edc.queries import build_queries
from analysis.edc.reading.export import read_export
from analysis.io.result import Allocation, build_ard_rows, write_results_text
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc import EngineNumbers
from analysis.qc.from_export import Derived, Export, check_from_export

Tables = dict[str, pd.DataFrame]
Records = list[dict[str, str]]


@dataclass(frozen=True)
class ExportedTrial:
    """Folders of the export and of the lists (None: a blinded run), mapping and plan."""

    edc: Path
    lists: Path | None
    mapping: Mapping
    plan: Plan

    def read(self) -> tuple[Tables, pd.DataFrame]:
        """The typed tables and the queries of reading, as the package reads them."""
        export, _ = read_export(self.edc, self.mapping, load_layout())
        return export.tables, build_queries(export.queries)

    def derive(
        self, tables: Tables, queries: pd.DataFrame, engine: EngineNumbers | None = None
    ) -> Derived:
        """What a run makes of typed tables; ``engine``: numbers that need not be made again."""
        data = build_analysis_data(tables, self._find_arms(tables), self.plan)
        if engine is None:
            records = list_records(data.adsl, data.adae, data.reasons, self.plan)
            engine = EngineNumbers.from_records(records)
        return Derived(data.adsl, data.adae, data.reasons, queries, engine)

    def run(self) -> Derived:
        """What a run makes of the export."""
        return self.derive(*self.read())

    @cached_property
    def export(self) -> Export:
        """The export as the check reads it."""
        lists = sorted(self.lists.iterdir()) if self.lists else []
        return Export.read(sorted(self.edc.iterdir()), lists, self.mapping, self.plan)

    def check(self, derived: Derived) -> list[Comparison]:
        """The verdicts on what a run made."""
        return check_from_export(self.export, derived)

    def mapped(self, mapping: Mapping) -> ExportedTrial:
        """The same files by another mapping."""
        return replace(self, mapping=mapping)

    def _find_arms(self, tables: Tables) -> Lists:
        if self.lists is None:
            plan = self.plan
            return draw_lists(tables, plan.dummy_allocation, plan.arms, plan.trial.allocation_ratio)
        return read_lists(self.lists, self.mapping, load_layout(), self.plan.arms)[0]


def list_records(
    adsl: pd.DataFrame, adae: pd.DataFrame, reasons: pd.DataFrame, plan: Plan
) -> Records:
    """The rows of ``ard.csv`` that the check looks at; the terms of the events play no part."""
    of_one_term = adae.assign(AEDECOD="Term", AEBODSYS="Class")
    results = [
        *analyse_populations(adsl, reasons, None, plan),
        *analyse_safety(adsl, plan),
        *analyse_adverse_events(adsl, of_one_term, plan),
    ]
    return build_ard_rows(json.loads(write_results_text(results, Allocation.REHEARSAL, {})))


def find_differing(comparisons: list[Comparison]) -> dict[str, Comparison]:
    """What differs, by its name."""
    return {item.name: item for item in comparisons if item.verdict is Verdict.DIFFERS}


def describe_differing(comparisons: list[Comparison]) -> list[str]:
    """What differs in words: nothing is expected to."""
    return [item.describe() for item in find_differing(comparisons).values()]
