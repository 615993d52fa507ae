"""Why subjects are outside the per-protocol set (SAP 3.2)."""

from __future__ import annotations

from analysis.config import Plan
from analysis.config.reasons import describe_reasons
from analysis.display.ard import Ard
from analysis.display.table import Row, Table, keep_sentences
from analysis.display.tables.arms import arm_columns, count_cells
from analysis.display.wording import registry_line


def build_pp_reasons(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the number of subjects per reason and arm, every reason of the plan, zeros too."""
    texts = describe_reasons(plan)
    extra = [
        row.level for row in ard.select("pp_reasons", "ITT", group="") if row.level not in texts
    ]
    rows = [
        Row(texts.get(code, code), (code, *count_cells(ard, plan, "pp_reasons", "ITT", code)))
        for code in (*texts, *extra)
    ]
    excluded = count_cells(ard, plan, "disposition", "ITT", "pp_excluded")
    return Table(
        id="t_pp_reasons",
        title="Reasons for exclusion from the per-protocol set",
        columns=("Reason", "Code", *arm_columns(plan), "Both arms"),
        rows=(*rows, Row("Excluded for one or more reasons", ("", *excluded))),
        footnotes=keep_sentences(
            (
                "Intention-to-treat set. A subject counts under every reason that applies.",
                "A criterion whose value is missing is no violation, consent and doses apart; "
                "it is a data query.",
                *ard.warnings("pp_reasons"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Code"}),
    )
