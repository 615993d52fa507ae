"""Any table by any short keys: both engines make the same of it, or the check says it cannot."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.config import Mapping
from analysis.errors import DataError
from tests.unit.qc.from_export.reading.queries.both_engines import (
    list_rows,
    map_table,
    read_by_check,
    read_by_package,
    write_source,
)

HEADER = ["Id", "scr", "EVENT", "a b", 'c"d', "größe", "x_1", "x_2", "d_1", "d_2", "SUBJID"]
COLUMNS = st.sampled_from(HEADER)
CELLS = st.sampled_from(
    ["", "S1", "s1", "S2", "1", "0", " x ", "ja", "O'N", '"', "ü", "王", "%", "_"]
)
"""Few texts, so that rows meet one another."""
CONDITIONS = st.sampled_from(
    [
        None, "event <> ''", "\"a b\" = 'S1' OR EVENT LIKE '_1'", "NOT scr IN ('S1', 's1')",
        "\"C\"\"D\" IS NOT NULL AND coalesce(nullif(scr, ''), event) > 'S'",
        "lower(trim(event)) = lower(scr)", "_row > 3 AND length(event) <= 2", "visit = 'D7' OR "
        "größe BETWEEN '0' AND 'S1'", "CASE WHEN scr = '' THEN event ELSE scr END <> 'ü'",
        "regexp_matches(event, '^[Ss][0-9]$') OR contains(scr, '%')", "scr LIKE '%!%%' ESCAPE '!'",
    ]
)  # fmt: skip
NOT_FOUND = st.sampled_from(["sought", "empty"])
TABLES = st.lists(st.lists(CELLS, min_size=len(HEADER), max_size=len(HEADER)), max_size=12)
MAPPED = st.dictionaries(st.sampled_from(["SUBJID", "VISIT", "NIHSS"]), COLUMNS)


@st.composite
def draw_spec(draw: st.DrawFn) -> dict[str, Any]:
    """The keys of a table."""
    spec: dict[str, Any] = draw(
        st.sampled_from([{"source": "one"}, {"source": "site_*"}, {"sources": ["two", "one"]}])
    ) | {"columns": draw(MAPPED)}
    if condition := draw(CONDITIONS):
        spec["rows"] = condition
    if draw(st.booleans()):
        spec["constants"] = {"VISIT": draw(CELLS)}
    if draw(st.booleans()):
        spec["times"] = {"NIHDTC": draw(COLUMNS)}
        spec["columns"]["NIHDTC"] = draw(COLUMNS)
    if draw(st.booleans()):
        boxes = draw(st.lists(COLUMNS, min_size=1, unique=True, max_size=3))
        spec["checkboxes"] = {"NIHSS": {box: f"code '{i}'" for i, box in enumerate(boxes)}}
    if draw(st.booleans()):
        match = {draw(COLUMNS): "K1"} | ({draw(COLUMNS): "k2"} if draw(st.booleans()) else {})
        where = {"k2": draw(CELLS)} if draw(st.booleans()) else {}
        spec["lookup"] = {"SUBJID": {"source": "keys", "match": match, "take": "Taken",
                                     "where": where, "not_found": draw(NOT_FOUND)}}  # fmt: skip
    return spec


@st.composite
def draw_shape(draw: st.DrawFn) -> dict[str, Any]:
    """The keys that put rows below or beside one another."""
    shape: dict[str, Any] = {}
    if draw(st.booleans()):
        numbered = {"columns": {"NIHSS": "x_{n}", "NIHDTC": "d_{n}"}, "numbers": [1, 2],
                    "constants": {"VISIT": "D{n}"}, "rows": "x_{n} <> 'ja'"}  # fmt: skip
        other = {"columns": draw(MAPPED), "constants": {"VISIT": "D7"}}
        shape["stack"] = draw(st.permutations([numbered, other]))
    if draw(st.booleans()):
        shape["join"] = {"sources": draw(st.permutations(["keys", "more"])), "by": ["K1"]}
    return shape


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    tables=st.lists(TABLES, min_size=2, max_size=2),
    keys=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6, unique_by=lambda row: row[0]),
    more=st.lists(st.tuples(CELLS, CELLS), max_size=6, unique_by=lambda row: row[0]),
    spec=draw_spec(),
    shape=draw_shape(),
)
def test_any_table_is_made_alike(
    mapping: Mapping,
    tables: list[list[list[str]]],
    keys: list[tuple[str, ...]],
    more: list[tuple[str, ...]],
    spec: dict[str, Any],
    shape: dict[str, Any],
) -> None:
    header = ["K1" if shape.get("join") and name == "Id" else name for name in HEADER]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, rows in zip(("one", "two", "site_1", "site_2"), tables * 2, strict=True):
            write_source(folder, name, header, rows)
        write_source(folder, "keys", ["K1", "k2", "Taken"], [list(row) for row in keys])
        write_source(folder, "more", ["k1", "Beside"], [list(row) for row in more])
        mapped = map_table(mapping, "nihss", spec | shape)
        try:
            columns, expected = read_by_package(folder, mapped, "nihss")
        except DataError:  # the run stops, and nothing is left to check
            return
        file = read_by_check(folder, mapped, "nihss")
    if file.is_foreign:
        assert "may mean" in file.problem or "cannot run" in file.problem
        return
    assert list_rows(file, columns) == expected


def test_ten_thousand_rows_are_made_alike(mapping: Mapping, tmp_path: Path) -> None:
    texts = ["", "S1", "ü", "D7", '5"', "王", "ja", "0", "x"]
    rows = [
        [f"S{i % 900}", *(texts[(i * k + i // 7) % len(texts)] for k in range(2, len(HEADER) + 1))]
        for i in range(10_000)
    ]
    write_source(tmp_path, "one", HEADER, rows)
    keys = [[f"S{i}", "", f"looked up {i}"] for i in range(0, 900, 2)]
    write_source(tmp_path, "keys", ["K1", "k2", "Taken"], keys)
    spec = {
        "source": "one",
        "rows": "event <> '' AND \"a b\" IN ('ü', 'ja', '0')",
        "lookup": {"SUBJID": {"source": "keys", "match": {"id": "K1"}, "take": "Taken"}},
        "stack": [
            {
                "columns": {"NIHSS": "x_{n}", "NIHDTC": "d_{n}"},
                "constants": {"VISIT": "D{n}"},
                "numbers": [1, 2],
            }
        ],
    }
    mapped = map_table(mapping, "nihss", spec)
    columns, expected = read_by_package(tmp_path, mapped, "nihss")
    assert len(expected) > 2_000
    assert list_rows(read_by_check(tmp_path, mapped, "nihss"), columns) == expected
