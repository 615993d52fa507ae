"""A query that may be run sees the sources of the export and nothing else."""

import pytest

from analysis.edc.sql.statement import QueryError, parse_statement

FILES = (
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM query('SELECT 1')",
    "WITH f AS (SELECT * FROM read_json('x')) SELECT * FROM f",
    "SELECT (SELECT count(*) FROM read_parquet('x')) FROM visits",
)
PLACES = ("SELECT * FROM main.visits", "SELECT * FROM information_schema.tables")
UNSTEADY = (
    "now()", "current_date", "current_timestamp", "random()", "uuid()", "today()", "user",
    "current_user", "current_setting('memory_limit')", "sleep_ms(5)", "nextval('s')", "pg_sleep(1)",
    "get_current_time()", "CASE WHEN a = '' THEN now() END",
)  # fmt: skip
NO_SELECT = (
    "DROP VIEW visits", "CREATE TABLE t AS SELECT 1", "INSERT INTO visits VALUES (1)",
    "COPY (SELECT 1) TO 'x.csv'", "ATTACH 'x.db'", "SET threads = 4", "PRAGMA database_list",
    "INSTALL httpfs", "LOAD httpfs", "CALL pragma_version()", "EXPORT DATABASE 'x'",
    "DESCRIBE visits", "SHOW TABLES", "SUMMARIZE visits",
)  # fmt: skip


@pytest.mark.parametrize("text", FILES)
def test_no_function_that_reads_something_else(text: str) -> None:
    with pytest.raises(QueryError, match="and no file"):
        parse_statement(text)


@pytest.mark.parametrize("text", PLACES)
def test_no_other_schema(text: str) -> None:
    with pytest.raises(QueryError, match="the sources of the export alone"):
        parse_statement(text)


@pytest.mark.parametrize("expression", UNSTEADY)
def test_neither_clock_nor_chance_nor_setting(expression: str) -> None:
    with pytest.raises(QueryError, match="the same export must give the same table"):
        parse_statement(f"SELECT {expression} FROM visits")


def test_no_sample() -> None:
    with pytest.raises(QueryError, match="by chance"):
        parse_statement("SELECT * FROM visits USING SAMPLE 10%")


@pytest.mark.parametrize("text", NO_SELECT)
def test_nothing_but_a_select(text: str) -> None:
    with pytest.raises(QueryError, match=r"SELECT|syntax error"):
        parse_statement(text)


@pytest.mark.parametrize("text", ["", "  \n", "-- a comment", "SELECT 1; SELECT 2"])
def test_one_statement(text: str) -> None:
    with pytest.raises(QueryError, match="give one SELECT"):
        parse_statement(text)


def test_a_syntax_error_names_its_line() -> None:
    with pytest.raises(QueryError, match=r"line 3: .*near"):
        parse_statement("SELECT a\nFROM visits\nWHER a = 'x' y z")


def test_what_a_query_selects_from() -> None:
    statement = parse_statement(
        "WITH d90 AS (SELECT * FROM Visits WHERE \"Event Name\" = 'D90') "
        "SELECT d90.id AS SUBJID, w FROM d90 LEFT JOIN vitals USING (id), unnest(['a']) AS u(x);"
    )
    assert statement.tables == {"d90", "visits", "vitals"}
    assert statement.given == {"d90"}
    assert {"event name", "id", "w"} <= statement.columns
    assert not statement.text.endswith(";")


def test_parts_of_a_date_are_steady() -> None:
    assert parse_statement("SELECT year(strptime(d, '%Y-%m-%d')), strftime(d::DATE, '%d') FROM v")


def test_a_column_called_user_is_named_with_its_source() -> None:
    assert parse_statement("SELECT v.user FROM v").columns == {"v", "user"}
