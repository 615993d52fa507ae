"""The tables that are made from the results frame, by id, as functions of frame, plan and stamp."""

from __future__ import annotations

from collections.abc import Callable

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.outline.displays import TABLES as DECLARED
from analysis.display.outline.parts import Source, TablePart
from analysis.display.tables.table import Table


def _build(part: TablePart) -> Callable[[Ard, Plan, str], Table]:
    return lambda ard, plan, stamp: part.build({Source.RESULTS: ard}, plan, stamp)


TABLES = {name: _build(part) for name, part in DECLARED.items() if part.source is Source.RESULTS}
