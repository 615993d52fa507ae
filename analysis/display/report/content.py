"""Content of the report, before it has a form: its sentences and its tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.outline.displays import TABLES
from analysis.display.prose.abstracts import Abstract, build_abstracts, list_left_out
from analysis.display.prose.methods.primary import estimand, methods
from analysis.display.report.audit.audit import build_audit_tables
from analysis.display.rows.door import say_primary, say_total
from analysis.display.rows.tipping import has_grid, say_verdict
from analysis.display.tables.table import Table
from analysis.display.tables.trial.quality import build_failed, verdict_sentence
from analysis.display.text.conclusion.headline import headline
from analysis.display.text.conclusion.missing import missing_sentence, missing_warning
from analysis.display.text.conclusion.undosed import undosed_warning
from analysis.display.text.wording import registry_line
from analysis.errors import AnalysisError
from analysis.io.verdicts import Comparison

UNREGISTERED = "The registration does not give these. Nothing here is to be called registered."


@dataclass(frozen=True)
class Content:
    """The sentences and tables of one report; what does not apply is empty."""

    plan: Plan
    registry: str
    stamp: str
    lock: str
    headline: str
    missing: str
    warning: str
    door: str
    lost: str
    tipping: str
    verdict: str
    abstracts: tuple[Abstract, ...]
    left_out: tuple[str, ...]
    estimand: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
    tables: Mapping[str, Table]
    audit: Mapping[str, Table]
    failed: Table

    unregistered: str = UNREGISTERED

    @property
    def heading(self) -> str:
        """The title of the report."""
        return f"{self.plan.trial.acronym}: statistical analysis"

    @property
    def subtitle(self) -> str:
        """The trial, its phase, number and arms."""
        trial, arms = self.plan.trial, self.plan.arms
        return (
            f"{trial.title}. Phase {trial.phase}, {trial.registry_id}. "
            f"{arms.treatment.label} against {arms.reference.label}."
        )


def build_content(
    ard: Ard,
    plan: Plan,
    provenance: Mapping[str, Any],
    tables: Mapping[str, Table],
    checks: Sequence[Comparison],
    stamp: str,
) -> Content:
    """Return what the report says.

    ``provenance``: of what the run was made, with its lock line and the account for the audit.
    ``tables``: by id, all of them. ``checks``: the verdicts of the independent check.
    Raises AnalysisError when a table or a part of the provenance is missing.
    """
    require_parts("table", TABLES, tables)
    return Content(
        plan=plan,
        registry=registry_line(plan),
        stamp=stamp,
        lock=provenance["lock"],
        headline=headline(ard, plan),
        missing=missing_sentence(ard, plan),
        warning=" ".join(filter(None, (undosed_warning(ard, plan), missing_warning(ard, plan)))),
        door=say_total(ard),
        lost=say_primary(ard),
        tipping=say_verdict(ard, plan) if has_grid(plan) else "",
        verdict=verdict_sentence(checks),
        abstracts=build_abstracts(ard, plan, stamp),
        left_out=list_left_out(ard, plan),
        estimand=estimand(ard, plan),
        methods=methods(ard, plan),
        tables=tables,
        audit=build_audit_tables(ard, plan, provenance, stamp),
        failed=build_failed(checks, plan, stamp),
    )


def require_parts(kind: str, needed: Iterable[str], given: Mapping[str, object]) -> None:
    """Raise AnalysisError naming the parts of the report that are not there."""
    absent = [name for name in needed if name not in given]
    if absent:
        raise AnalysisError(f"the report lacks the {kind} {', '.join(absent)}")
