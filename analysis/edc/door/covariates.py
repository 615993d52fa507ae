"""Covariates of the primary model that subjects lack, and that the model would fill (SAP 5.2)."""

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.config import Plan
from analysis.edc.door.account import TableAccount
from analysis.edc.door.limits import name_excess
from analysis.edc.door.relations import count_absent
from analysis.edc.layout import SUBJECT
from analysis.io.large.text_columns import is_among

Tables = dict[str, pd.DataFrame]
BASELINE = ("dm", "bl", "evt")
"""Tables whose columns become columns of ADSL, one row per subject."""
MADE_OF = {
    "LKWRNDH": ("LKWDTC",),
    "PUNCRECM": ("PUNCDTC", "RECANDTC"),
    "MRSPRGR1": ("MRSPRE",),
}
"""Columns of the export behind a column of ADSL that bears another name."""


def count_imputed(tables: Tables, plan: Plan) -> dict[str, dict[str, int]]:
    """Return, by table and column behind a covariate, the randomised subjects without a value."""
    if "rand" not in tables:
        return {}
    everyone = tables["rand"][SUBJECT]
    counts: dict[str, dict[str, int]] = {}
    for table, column in list_sources(plan, tables):
        filled = tables[table].loc[tables[table][column].notna(), SUBJECT]
        counts.setdefault(table, {})[column] = int((~is_among(everyone, filled)).sum())
    return counts


def list_sources(plan: Plan, tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield table and column of everything that the covariates of the plan are made of."""
    made = {name: factor.column for name, factor in plan.subgroups.made.items()}
    names = [made.get(each.name, each.name) for each in plan.primary.covariates]
    columns = dict.fromkeys(column for name in names for column in MADE_OF.get(name, (name,)))
    for column in columns:
        for table in BASELINE:
            if table in tables and column in tables[table].columns:
                yield table, column


def find_imputed(tables: Tables, plan: Plan) -> list[str]:
    """Return a finding for every covariate that too many of the randomised lack."""
    randomised = len(tables.get("rand", ()))
    return [
        f"table {table}, column {column}: {n:,} of {randomised:,} randomised subjects have no "
        f"usable value of this covariate of the primary analysis, {excess}: the model would fill "
        "them by median or mode (SAP 5.2). Export the column, or change primary.covariates"
        for table, columns in count_imputed(tables, plan).items()
        for column, n in columns.items()
        if (
            excess := name_excess(
                plan.door, "covariates_imputed", f"{table}.{column}", n, randomised
            )
        )
    ]


def account_subjects(
    accounts: Iterable[TableAccount], tables: Tables, plan: Plan
) -> list[TableAccount]:
    """Return the accounts with the randomised subjects that lack a row or a covariate."""
    absent, imputed = count_absent(tables), count_imputed(tables, plan)
    return [
        each.of_subjects(len(absent.get(each.table, ())), imputed.get(each.table, {}))
        for each in accounts
    ]
