"""``queries.csv``: stable order, every query once, read back as written."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

from analysis.edc.queries import COLUMNS, Query, Rule, Severity, build_queries, read_queries
from analysis.io.frames import write_csv

WARNING = Query(
    Severity.WARNING, "nihss", "SUBJID=S1; VISIT=H24", "NIHDTC", "2026-03-04", Rule.DATE_ORDER,
    "assessment before randomisation",
)  # fmt: skip
ERROR = Query(Severity.ERROR, "rand", "SUBJID=S2", "KITNO", "", Rule.REQUIRED, "needed")
NOTE = Query(Severity.NOTE, "ae", "", "", "", Rule.EMPTY_TABLE, "the table holds no rows")
EARLIER_TABLE = Query(Severity.ERROR, "bl", "SUBJID=S9", "AGE", "x", Rule.TYPE, 'a "b", c\nd')
ALL = (NOTE, WARNING, ERROR, EARLIER_TABLE)


def test_errors_stand_first_then_by_table() -> None:
    frame = build_queries(ALL)
    assert list(frame.columns) == COLUMNS
    assert frame["severity"].tolist() == ["error", "error", "warning", "note"]
    assert frame["table"].tolist() == ["bl", "rand", "nihss", "ae"]


def test_any_order_in_gives_one_order_out() -> None:
    texts = {build_queries(order).to_csv() for order in itertools.permutations(ALL)}
    assert len(texts) == 1


def test_queries_that_differ_in_their_message_alone_have_an_order() -> None:
    # A set of texts is laid out anew in every process: eight do not come sorted by chance.
    queries = [dataclasses.replace(WARNING, message=f"message {i}") for i in range(8)]
    frame = build_queries(queries)
    assert frame["message"].tolist() == [query.message for query in queries]


def test_a_query_stands_once() -> None:
    assert len(build_queries([ERROR, ERROR, NOTE])) == 2


def test_no_query_is_an_empty_frame_with_its_header() -> None:
    assert build_queries([]).to_csv(index=False).strip() == ",".join(COLUMNS)


def test_queries_are_read_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    write_csv(path, build_queries(ALL))
    assert set(read_queries(path)) == set(ALL)


def test_texts_that_look_missing_survive(tmp_path: Path) -> None:
    query = Query(Severity.ERROR, "bl", "SUBJID=NA", "AGE", "NA", Rule.TYPE, "not of type int")
    path = tmp_path / "queries.csv"
    write_csv(path, build_queries([query]))
    assert read_queries(path) == [query]
