"""Data queries by site and rule: what each site is asked, as the sheets of ``queries.xlsx``."""

from itertools import groupby

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.table import Row, Table
from analysis.display.text.format import format_count
from analysis.display.text.wording import registry_line

ALL_RULES = "all rules"
NOTE = (
    "A subject counts once a rule. Every finding stands in the file queries.csv, and in "
    "queries.xlsx on the sheet of its site: with form, field, file and row, in English and "
    "Chinese, and what is asked of the site.",
    "Without a site: findings on whole columns and files, and on subjects who are not randomised.",
)


def build_queries_by_site(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the findings of every site by rule, the sum first; what has no site stands last."""
    counted = [row for row in ard.select("queries_by_site") if row.level]
    rows = [
        Row(_label(rule), tuple(format_count(row.value) for row in same), _heading(site))
        for (site, rule), same in groupby(counted, key=lambda row: (row.variable, _rule(row)))
    ]
    return Table(
        id="t_queries_by_site",
        title="Data queries by site",
        columns=("Rule", "Findings", "Subjects"),
        rows=tuple(rows),
        footnotes=NOTE if rows else ("The checks of the export found nothing.",),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _rule(row: ArdRow) -> str:
    return row.level.removeprefix(f"{row.variable} ")


def _label(rule: str) -> str:
    return rule.capitalize() if rule == ALL_RULES else rule


def _heading(site: str) -> str:
    return f"Site {site}" if site else "Without a site"
