"""Limits of the door, as the plan has them, and how a finding says that one is exceeded."""

from collections.abc import Iterable

from analysis.config.blocks.door import Door, Limit, Limits
from analysis.edc.layout import Layout
from analysis.errors import ConfigError, join_findings

REMEDY = "\n    "
"""What stands before a remedy: a line of its own below the finding."""
MAJORITY_FROM = 5
_HALF = Limits(percent=50.0, tolerated=MAJORITY_FROM - 1, where=())

ONLY_MAJORITIES = Door(
    source="assumption",
    majority_from=MAJORITY_FROM,
    rows_left_out=_HALF,
    values_unusable=_HALF,
    values_implausible=_HALF,
    covariates_imputed=_HALF,
    subjects_without_row=_HALF,
    dates_incomplete=Limits(percent=50.0, tolerated=19, where=()),
    dates_out_of_order=_HALF,
    kits_unlisted=_HALF,
    missing_codes=(),
    missing_codes_tolerated=0,
    typical_from=20,
    body_mass_index=(10.0, 100.0),
)
"""Where no plan is at hand: half lost. A run has the limits of its plan."""


def check_names(door: Door, layout: Layout) -> None:
    """Raise ConfigError if a limit is for a table or a column that the layout does not hold."""
    columns = (
        f"{name}.{column}" for name, table in layout.tables.items() for column in table.columns
    )
    known = {*layout.tables, *columns}
    blocks = {key: getattr(door, key) for key in type(door).model_fields}
    findings = [
        f"door.{key}.where: {each.name}: no such table or table.column of the layout"
        for key, limits in blocks.items()
        if isinstance(limits, Limits)
        for each in limits.where
        if each.name not in known
    ]
    if findings:
        raise ConfigError(join_findings("The plan is wrong.", findings))


def name_excess(door: Door, key: str, name: str, lost: int, of: int) -> str:
    """Return which limit is exceeded, as ``more than the 1 % of door.values_unusable``; else "".

    ``key``: of the block ``door``; ``name``: table, or table.column.
    """
    limit: Limit = getattr(door, key)
    if isinstance(limit, Limits):
        limit = limit.find(name)
    if limit.is_exceeded(lost, of):
        return f"more than the {limit.percent:g} % of door.{key} in the plan"
    if lost >= door.majority_from and 2 * lost > of:
        return "more than half (door.majority_from in the plan)"
    return ""


def leave_out_said(findings: Iterable[str], earlier: Iterable[str]) -> list[str]:
    """Return the findings on tables and columns of which none of the earlier ones speaks.

    A column of which nothing could be read is also a covariate that nobody has: once is enough.
    """
    said = {finding.partition(": ")[0] for finding in earlier}
    return [
        finding
        for finding in findings
        if not {(where := finding.partition(": ")[0]), where.partition(",")[0]} & said
    ]
