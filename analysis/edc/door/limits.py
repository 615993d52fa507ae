"""Limits of the door, as the plan has them, and how a finding says that one is exceeded."""

from collections.abc import Iterable

from analysis.config.blocks.door import Door, Limit, Limits
from analysis.edc.layout import Layout
from analysis.edc.queries import Rule
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
    visits_off_day=_HALF,
    kits_unlisted=_HALF,
    missing_codes=(),
    missing_codes_tolerated=0,
    typical_from=20,
    body_mass_index=(10.0, 100.0),
    queries=(),
)
"""Where no plan is at hand: half lost. A run has the limits of its plan."""


LIMITS_BY_NAME = (
    "rows_left_out",
    "values_unusable",
    "values_implausible",
    "covariates_imputed",
    "subjects_without_row",
    "dates_incomplete",
    "dates_out_of_order",
    "visits_off_day",
)
"""Keys of the block whose limits may differ by table or column."""
ONE_LIMIT = "kits_unlisted"
"""The key whose limit is one for all."""


def is_exceeded(limit: Limit, lost: int, of: int) -> bool:
    """Whether ``lost`` of ``of`` is more than a limit allows, by share and by number."""
    return lost > limit.tolerated and 100 * lost > limit.percent * of


def check_names(door: Door, layout: Layout) -> None:
    """Raise ConfigError if a limit is for what there is not: a table, a column, a rule."""
    columns = (
        f"{name}.{column}" for name, table in layout.tables.items() for column in table.columns
    )
    known = {*layout.tables, *columns}
    blocks: dict[str, Limits] = {key: getattr(door, key) for key in LIMITS_BY_NAME}
    findings = [
        f"door.{key}.where: {each.name}: no such table or table.column of the layout"
        for key, limits in blocks.items()
        for each in limits.where
        if each.name not in known
    ]
    findings += [
        f"door.queries: rule {each.rule}: no such rule of data queries; they are "
        f"{', '.join(sorted(Rule))}"
        for each in door.queries
        if each.rule not in set(Rule)
    ]
    if findings:
        raise ConfigError(join_findings("The plan is wrong.", findings))


def name_excess(door: Door, key: str, name: str, lost: int, of: int) -> str:
    """Return which limit is exceeded, as ``more than the 1 % of door.values_unusable``; else "".

    ``key``: of the block ``door``; ``name``: table, or table.column.
    """
    limit: Limit = getattr(door, key)
    if key != ONE_LIMIT:
        limit = getattr(door, key).find(name)
    if is_exceeded(limit, lost, of):
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
