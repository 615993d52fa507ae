"""Data queries of which the plan tolerates so many and no more (key ``door.queries``)."""

import pandas as pd

from analysis.config.blocks.door import Door, QueryLimit
from analysis.edc.door.limits import REMEDY
from analysis.errors import name_subjects

HELD = ("rule", "severity", "tolerated", "percent", "queries", "subjects", "randomised")
SHOWN = 5


def check_queries(
    queries: pd.DataFrame, randomised: int, door: Door
) -> tuple[pd.DataFrame, list[str]]:
    """Return how many queries each limit of the plan is held against, and what exceeds it.

    ``queries``: rows of ``queries.csv``. The frame is of texts in the columns :data:`HELD`, a row
    a limit; ``randomised``: number of subjects of whom a limit's percentage is meant.
    """
    held, findings = [], []
    for limit in door.queries:
        own = _select(queries, limit)
        subjects = own.loc[own["subject"] != "", "subject"]
        numbers = (limit.tolerated, "" if limit.percent is None else f"{limit.percent:g}",
                   len(own), subjects.nunique(), randomised)  # fmt: skip
        held.append([limit.rule, limit.severity, *map(str, numbers)])
        if is_exceeded(limit, len(own), subjects.nunique(), randomised):
            findings.append(_describe(limit, own, subjects, randomised))
    return pd.DataFrame(held, columns=list(HELD), dtype=str), findings


def is_exceeded(limit: QueryLimit, queries: int, subjects: int, randomised: int) -> bool:
    """Whether so many queries, on so many subjects, are more than a limit tolerates.

    >>> is_exceeded(QueryLimit(rule="type", severity="any", tolerated=5, percent=2), 6, 2, 100)
    False
    >>> is_exceeded(QueryLimit(rule="type", severity="any", tolerated=5, percent=2), 6, 3, 100)
    True
    """
    if queries <= limit.tolerated:
        return False
    return limit.percent is None or 100 * subjects > limit.percent * randomised


def _select(queries: pd.DataFrame, limit: QueryLimit) -> pd.DataFrame:
    own = queries[queries["rule"] == limit.rule]
    return own if limit.severity == "any" else own[own["severity"] == limit.severity]


def _describe(limit: QueryLimit, own: pd.DataFrame, subjects: pd.Series, randomised: int) -> str:
    kind = "" if limit.severity == "any" else f", severity {limit.severity}"
    share = ""
    if limit.percent is not None:
        found = 100 * subjects.nunique() / randomised if randomised else 100.0
        share = f" ({found:.3g} % of the randomised, more than {limit.percent:g} %)"
    whose = f" on {name_subjects(subjects)}{share}" if len(subjects) else ""
    return (
        f"rule {limit.rule}{kind}: {len(own):,} queries{whose}, more than the "
        f"{limit.tolerated:,} that door.queries in the plan tolerates; {_name_places(own)}.{REMEDY}"
        "They are listed in edc/queries.csv and, a sheet a site, edc/queries.xlsx of the results. "
        "Have them corrected and export again, or raise the limit in the plan"
    )


def _name_places(own: pd.DataFrame) -> str:
    """The files and columns that the queries are on, those with most of them first."""
    counts = (own["file"] + "\n" + own["field"]).value_counts(sort=False)
    ordered = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))
    named = [_name_place(*str(place).split("\n", 1)) for place, _ in ordered]
    return "; ".join(named[:SHOWN]) + ("; ..." if len(named) > SHOWN else "")


def _name_place(file: str, field: str) -> str:
    parts = (file or "no file", f"column {field}" if field else "")
    return ", ".join(part for part in parts if part)
