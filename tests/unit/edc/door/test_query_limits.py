"""Queries that the plan does not tolerate stop a run; what it says nothing of never does."""

from __future__ import annotations

import pandas as pd
import pytest
from pydantic import ValidationError

from analysis.config.blocks.door import Door, QueryLimit
from analysis.edc.door.limits import ONLY_MAJORITIES, check_names
from analysis.edc.door.query_limits import HELD, check_queries
from analysis.edc.layout import Layout
from analysis.errors import ConfigError

QUERIES = pd.DataFrame(
    [
        ["type", "error", f"S{number}", "mrs.csv" if number < 5 else "dm.csv", "MRS"]
        for number in range(1, 8)
    ]
    + [["extra_column", "note", "", "dm.csv", "COLOUR"]],
    columns=["rule", "severity", "subject", "file", "field"],
    dtype="str",
)


def limit(**keys: object) -> Door:
    whole = {"severity": "any", "percent": None, **keys}
    return ONLY_MAJORITIES.model_copy(update={"queries": (QueryLimit.model_validate(whole),)})


def test_without_a_limit_nothing_stops() -> None:
    held, findings = check_queries(QUERIES, 100, ONLY_MAJORITIES)
    assert (list(held.columns), len(held), findings) == (list(HELD), 0, [])


@pytest.mark.parametrize(
    ("keys", "stops"),
    [
        ({"rule": "type", "tolerated": 7}, False),
        ({"rule": "type", "tolerated": 6}, True),
        ({"rule": "type", "tolerated": 6, "percent": 7}, False),
        ({"rule": "type", "tolerated": 6, "percent": 6.9}, True),
        ({"rule": "type", "tolerated": 6, "severity": "error"}, True),
        ({"rule": "type", "tolerated": 0, "severity": "warning"}, False),
        ({"rule": "extra_column", "tolerated": 0}, True),
        ({"rule": "range", "tolerated": 0}, False),
    ],
)
def test_more_than_tolerated_stops(keys: dict[str, object], stops: bool) -> None:
    held, findings = check_queries(QUERIES, 100, limit(**keys))
    assert bool(findings) is stops
    assert len(held) == 1


def test_the_message_says_how_many_who_where_and_what_to_do() -> None:
    held, (finding,) = check_queries(QUERIES, 100, limit(rule="type", tolerated=2, percent=5))
    assert finding == (
        "rule type: 7 queries on 7 subjects (S1, S2, S3, S4, S5, ...) (7 % of the randomised, more "
        "than 5 %), more than the 2 that door.queries in the plan tolerates; mrs.csv, column MRS; "
        "dm.csv, column MRS.\n    They are listed in edc/queries.csv and, a sheet a site, "
        "edc/queries.xlsx of the results. Have them corrected and export again, or raise the limit "
        "in the plan"
    )
    assert held.to_numpy().tolist() == [["type", "any", "2", "5", "7", "7", "100"]]


def test_queries_on_no_subject_name_none() -> None:
    _, (finding,) = check_queries(QUERIES, 100, limit(rule="extra_column", tolerated=0))
    assert finding.startswith(
        "rule extra_column: 1 queries, more than the 0 that door.queries in the plan tolerates; "
        "dm.csv, column COLOUR."
    )


def test_a_rule_that_does_not_exist_is_refused(layout: Layout) -> None:
    check_names(limit(rule="type", tolerated=0), layout)
    with pytest.raises(
        ConfigError, match=r"door\.queries: rule typo: no such rule of data queries"
    ):
        check_names(limit(rule="typo", tolerated=0), layout)


def test_a_rule_has_one_limit_a_severity() -> None:
    same = {"rule": "type", "severity": "any", "tolerated": 1, "percent": None}
    with pytest.raises(ValidationError, match="queries: a value stands twice"):
        Door.model_validate({**ONLY_MAJORITIES.model_dump(), "queries": (same, same)})
