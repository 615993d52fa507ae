"""The audit: the state of a run, changes against the plan, what it was made of, its warnings.

Everything comes from the provenance of the run and from the results frame.
"""

from collections.abc import Mapping
from typing import Any

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.report.audit.plan import (
    AS_IN_FILE,
    CHANGE_COLUMNS,
    SETTING_COLUMNS,
    list_changes,
    list_settings,
    note_changes,
)
from analysis.display.report.audit.run import list_hashes, list_software, list_state, require_placed
from analysis.display.tables.table import Row, Table
from analysis.display.tables.trial.quality import build_queries
from analysis.display.text.wording import registry_line

WARNINGS = "Warnings of the analyses"


def build_audit_tables(
    ard: Ard, plan: Plan, provenance: Mapping[str, Any], stamp: str
) -> dict[str, Table]:
    """Return the tables of the audit by id, in the order in which they are read.

    Raises AnalysisError if the provenance lacks a part, or if an unblinded run has no record.
    """
    require_placed(provenance)
    audit = provenance["audit"]
    findings = (*_list_warnings(ard), *_list_queries(ard, plan))
    state = list_state(provenance)
    hashes, software = list_hashes(provenance), list_software(provenance)

    def build(
        name: str,
        title: str,
        columns: tuple[str, ...],
        rows: tuple[Row, ...],
        footnotes: tuple[str, ...] = (),
    ) -> Table:
        texts = frozenset(columns[1:]) - {"Date"}
        return Table(name, title, columns, rows, footnotes, stamp, registry_line(plan), texts)

    tables = (
        build("t_audit_state", "Run, lock and unblinding", ("Item", "Value"), state),
        build("t_audit_changes", "Changes against the locked plan", CHANGE_COLUMNS,
              list_changes(audit), note_changes(audit)),
        build("t_audit_findings", "Warnings and data queries", ("Where", "What"), findings),
        build("t_audit_hashes", "What the run was made of", ("Item", "SHA-256"), hashes),
        build("t_audit_software", "Software and seeds", ("Item", "Value"), software),
        build("t_audit_settings", "Plan and mapping, every key", SETTING_COLUMNS,
              list_settings(audit), (AS_IN_FILE,)),
    )  # fmt: skip
    return {table.id: table for table in tables}


def _list_warnings(ard: Ard) -> list[Row]:
    """Every distinct warning once, with the analyses that gave it."""
    by_warning: dict[str, dict[str, None]] = {}
    for row in ard.rows:
        if row.warning:
            name = f"{row.analysis_id} ({row.population})" if row.population else row.analysis_id
            by_warning.setdefault(row.warning, {})[name] = None
    rows = [Row(", ".join(where), (what,), WARNINGS) for what, where in by_warning.items()]
    return rows or [Row("All analyses", ("no warning",), WARNINGS)]


def _list_queries(ard: Ard, plan: Plan) -> list[Row]:
    """One row per severity, with the counts that the table of the data queries shows."""
    queries = build_queries(ard, plan, "")
    counts = {
        severity: ", ".join(f"{row.label} {row.cells[0]}" for _, rows in groups for row in rows)
        for severity, groups in queries.sections
    }
    rows = [Row(severity, (text,), queries.title) for severity, text in counts.items()]
    return rows or [Row("All checks", queries.footnotes, queries.title)]
