"""A run whose printed numbers are followed back: its files, its plan, and what reads them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from analysis.config import Plan, load_plan
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.io.verdicts import NO_NUMBER
from tests.artefacts.known_numbers import Facts, read_facts
from tests.artefacts.printed_texts import Grid, read_csv_grid, read_svg
from tests.artefacts.rules.sentences import Sentences
from tests.artefacts.table_cells import Address, is_known, list_cells
from tests.artefacts.table_places import Readings
from tests.artefacts.text_reading import VerdictCounts

WORDS = ("Set", "Method", "Model", "Measure", "Direction")
"""Columns of words: their numbers are read like those of a sentence."""

EXACT = frozenset({
    "t_baseline", "t_missing_baseline", "t_subgroups", "t_coefficients", "t_tipping_point",
    "t_queries", "t_queries_by_site", "t_door", "t_door_columns",
})  # fmt: skip
"""Tables whose labels are levels of the frame: a cell is looked up under its label as it stands."""

OWN_SOURCES = frozenset({"t_quality", "t_consort_checklist"})
"""Tables that are no statistics of the frame, each cell by itself: qc.csv, and sentences."""

CHECKED = ("agrees", "differs")


@dataclass(frozen=True)
class Run:
    """The results of one run and the plan that it followed."""

    results: Path
    plan_file: Path
    mapping_file: Path

    @cached_property
    def plan(self) -> Plan:
        return load_plan(self.plan_file)

    @cached_property
    def facts(self) -> Facts:
        return read_facts(self.results / "ard.csv")

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.facts, self.plan)

    @cached_property
    def checks(self) -> list[dict[str, str]]:
        """The rows of qc.csv."""
        with (self.results / "qc.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            (self.results / "manifest.json").read_text(encoding="utf-8")
        )
        return found

    @cached_property
    def sentences(self) -> Sentences:
        unchecked = [row for row in self.checks if row["verdict"] not in CHECKED]
        without = sum(row["reason"].startswith(NO_NUMBER) for row in unchecked)
        counts = VerdictCounts(len(self.checks) - len(unchecked), without, len(unchecked) - without)
        return Sentences(self.facts, self.plan, counts)

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """The tables by id, without the listings."""
        files = sorted((self.results / "tables").glob("t_*.csv"))
        return {path.stem: read_csv_grid(path) for path in files}

    @cached_property
    def statistics(self) -> dict[str, Grid]:
        """The tables whose cells are statistics of the frame."""
        return {name: grid for name, grid in self.grids.items() if name not in OWN_SOURCES}

    @cached_property
    def figures(self) -> dict[str, list[str]]:
        """Title, description and texts of every figure by its name."""
        files = sorted((self.results / "figures").glob("*.svg"))
        return {path.stem: read_svg(path) for path in files}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Plan and mapping as their files hold them, by ``plan`` and ``edc``."""
        return {
            "plan": yaml.safe_load(self.plan_file.read_text(encoding="utf-8")),
            "edc": yaml.safe_load(self.mapping_file.read_text(encoding="utf-8")),
        }

    def check_cell(self, table: str, at: Address, cell: str) -> bool:
        """Whether a cell is a statistic of the place that its address names, or words that hold."""
        if at.head == "Code":
            return describe_reasons(self.plan).get(cell, "") == at.label or not cell
        if at.head in WORDS:
            return not self.sentences.explain(cell)
        if not re.search(r"\d", cell):
            return True
        return is_known(cell, at, self.readings.places(table, at), self.plan)

    def list_wrong(self, grid: Grid) -> list[str]:
        """Every cell of a table that is not what its address names."""
        return [
            f"{grid.id}: {at}: {cell}"
            for at, cell in list_cells(grid)
            if not self.check_cell(grid.id, at, cell)
        ]

    def list_words(self, grid: Grid) -> Iterator[str]:
        """Heads, footnotes, and what the rows stand under; labels unless they are looked up."""
        yield from grid.heads
        yield from grid.footnotes
        yield from dict.fromkeys(line.section for line in grid.lines)
        yield from dict.fromkeys(line.group for line in grid.lines if grid.id not in EXACT)
        if grid.id not in EXACT:
            yield from (line.label for line in grid.lines)
