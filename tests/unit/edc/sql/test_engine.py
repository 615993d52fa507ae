"""The engine gives texts, in an order of its own making, and no more than the sources hold."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.edc.sql import settings
from analysis.edc.sql.engine import Engine, quote
from analysis.edc.sql.settings import SETTINGS, open_connection
from analysis.edc.sql.statement import QueryError

VISITS = pd.DataFrame(
    {
        "id": ["S2", "S1", "S1"],
        "mrs": ["", "3", "x"],
        "when": ["05-03-2026", "O'Brien born 1950", "06-03-2026"],
        'odd "name", too': ["a", "b", "c"],
    },
    dtype=str,
)


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.add_source("visits", VISITS, "v.csv")
    return engine


def test_cells_are_texts_and_missing_ones_empty(engine: Engine) -> None:
    found = engine.run("SELECT id, 1.5 AS number, id = 'S1' AS truth, NULL AS nothing FROM visits")
    assert found.iloc[0].tolist() == ["S1", "1.5", "true", ""]
    assert {str(kind) for kind in found.dtypes} == {"str"}


def test_days_and_moments_are_written_as_in_the_layout(engine: Engine) -> None:
    found = engine.run(
        "SELECT try_strptime(\"when\", '%d-%m-%Y') AS moment, moment::DATE AS day "
        "FROM visits WHERE id = 'S2'"
    )
    assert found.to_dict("records") == [{"moment": "2026-03-05T00:00:00", "day": "2026-03-05"}]


def test_rows_come_by_file_and_number(engine: Engine) -> None:
    engine.add_source("more", VISITS.iloc[[2, 0]], "a.csv")
    found = engine.run(
        "SELECT id, _row, _file FROM visits UNION ALL SELECT id, _row, _file FROM more"
    )
    assert found[["_file", "_row"]].to_numpy().tolist() == [
        ["a.csv", "1"], ["a.csv", "3"], ["v.csv", "1"], ["v.csv", "2"], ["v.csv", "3"],
    ]  # fmt: skip


def test_rows_without_a_place_come_by_their_cells(engine: Engine) -> None:
    found = engine.run("SELECT mrs, id FROM visits ORDER BY hash(id)")
    assert found["mrs"].tolist() == ["", "3", "x"]


@pytest.mark.parametrize("given", ["9", "10", "100"])
def test_the_number_of_a_row_is_counted_not_spelt(given: str) -> None:
    engine = Engine()
    engine.add_source("long", pd.DataFrame({"a": ["x"] * 120}, dtype=str), "l.csv")
    assert engine.run("SELECT _row FROM long")["_row"].iloc[int(given) - 1] == given


def test_names_are_taken_as_they_are_written(engine: Engine) -> None:
    name = quote('odd "name", too')
    assert engine.run(f"SELECT {name} AS odd FROM VISITS")["odd"].tolist() == ["a", "b", "c"]


def test_a_comment_at_the_end_does_no_harm(engine: Engine) -> None:
    assert len(engine.run("SELECT id, mrs FROM visits -- all of them")) == 3


def test_an_unknown_column_is_named_with_its_line(engine: Engine) -> None:
    with pytest.raises(QueryError, match=r'line 2: .*"nosuch" not found'):
        engine.run("SELECT id,\n nosuch FROM visits")


def test_a_column_twice(engine: Engine) -> None:
    with pytest.raises(QueryError, match="column ID, id stands twice"):
        engine.run("SELECT id, mrs AS ID FROM visits")


@pytest.mark.parametrize(
    "expression", ["mrs::INTEGER", "strptime(\"when\", '%d-%m-%Y')", '"when"::DATE']
)
def test_a_message_holds_no_cell(engine: Engine, expression: str) -> None:
    with pytest.raises(QueryError, match="Select the cell as it stands") as raised:
        engine.run(f"SELECT {expression} AS a FROM visits WHERE id = 'S1'")
    assert "Brien" not in str(raised.value)
    assert "1950" not in str(raised.value)


def test_a_query_that_asks_for_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "memory_limit", "20MB")
    engine = Engine()
    with pytest.raises(QueryError, match="more memory"):
        engine.run("SELECT x || 'some more text' AS a FROM range(3000000) AS numbers(x)")


@pytest.mark.parametrize(
    "endless",
    [
        "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x FROM n) SELECT count(*) AS a FROM n",
        "SELECT sum(a.x * b.x) AS a FROM range(10000000) AS a(x), range(10000000) AS b(x)",
    ],
)
def test_a_query_that_never_ends(monkeypatch: pytest.MonkeyPatch, endless: str) -> None:
    monkeypatch.setattr(settings, "SECONDS", 0.3)
    engine = Engine()
    with pytest.raises(QueryError, match=r"longer than a query may \(0\.3 seconds\)"):
        engine.run(endless)
    assert engine.run("SELECT 1 AS a").to_dict("list") == {"a": ["1"]}


def test_a_source_cannot_have_a_column_that_a_query_adds() -> None:
    with pytest.raises(QueryError, match="_ROW has the name"):
        Engine().add_source("v", pd.DataFrame({"_ROW": ["1"]}), "v.csv")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')", "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/a.db'", "SET threads = 2", "SET enable_external_access = true",
        "INSTALL httpfs", "SELECT * FROM '{file}'",
    ],
)  # fmt: skip
def test_the_engine_itself_reaches_no_file_and_no_setting(statement: str, tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        open_connection().execute(statement.format(file=file, folder=tmp_path))
    assert list(tmp_path.iterdir()) == [file]


def test_a_frame_of_the_program_is_no_source(engine: Engine) -> None:
    secret = pd.DataFrame({"a": ["1"]})
    with pytest.raises(QueryError, match="does not exist"):
        engine.run("SELECT * FROM secret")
    assert len(secret) == 1


@pytest.mark.parametrize(
    ("cell", "ticked", "unticked"),
    [("1", "true", "false"), (" Checked", "true", "false"), ("是", "true", "false"),
     ("0", "false", "true"), ("", "false", "true"), ("2", "false", "false")],
)  # fmt: skip
def test_ticks_in_any_spelling(cell: str, ticked: str, unticked: str) -> None:
    engine = Engine()
    engine.add_source("boxes", pd.DataFrame({"a": [cell]}, dtype=str), "b.csv")
    found = engine.run("SELECT ticked(a) AS t, unticked(a) AS u FROM boxes")
    assert found.iloc[0].tolist() == [ticked, unticked]


def test_another_cell_where_one_is_empty(engine: Engine) -> None:
    found = engine.run("SELECT if_empty(mrs, 'none') AS a FROM visits WHERE id = 'S2'")
    assert found["a"].tolist() == ["none"]
