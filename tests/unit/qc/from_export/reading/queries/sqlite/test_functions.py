"""Functions that the second engine is given, beside those of DuckDB, argument by argument."""

from __future__ import annotations

from itertools import product

import duckdb
import pytest

from analysis.edc.sql.functions import write_functions
from analysis.qc.from_export.reading.queries.sqlite.functions import FUNCTIONS, Cell, UnlikeError

TEXTS: tuple[Cell, ...] = (
    None, "", "a", "ab-cd-", "--", " x\u3000", "\u00a0y\t", "Ünal", "É", "e\u0301a", "王小明",
    "👨‍👩‍👧x", "ǅ",
    "ß", "İ", "Σς", "day_90_arm_1", "D3", "12", "-5", "007", "1.5", "x'y",
)  # fmt: skip
TICKS: tuple[Cell, ...] = (
    None, "", " ", "Yes", " JA　", "1", "0", "是", "Ｙ", "n.", "OFF", "x", "☑", "maybe", "OUI",
)  # fmt: skip
MARKS: tuple[Cell, ...] = (None, "", "-", "a", "--", "\u0301", "明", "day")
COUNTS: tuple[Cell, ...] = (0, 1, 2, 3, 7)
PATTERNS: tuple[Cell, ...] = (
    "day_([0-9]+)", r"^\w+$", r"\d", "(x)?b", "a|ab", "[^a-c]", "^$", "^.{2}$", r"(?:a|b)+?", "é",
    "", ".*d", r"-\w*", "[王É]",
)  # fmt: skip
ARGUMENTS: dict[tuple[str, int], tuple[tuple[Cell, ...], ...]] = {
    ("substr", 2): (TEXTS, COUNTS),
    ("substr", 3): (TEXTS, COUNTS, COUNTS),
    ("left", 2): (TEXTS, COUNTS),
    ("right", 2): (TEXTS, COUNTS),
    ("split_part", 3): (TEXTS, MARKS, COUNTS),
    ("replace", 3): (TEXTS, MARKS, MARKS),
    ("concat", -1): (TEXTS, MARKS, COUNTS),
    ("concat_ws", -1): (MARKS, TEXTS, TEXTS),
    ("lpad", 3): (TEXTS, COUNTS, MARKS),
    ("rpad", 3): (TEXTS, COUNTS, MARKS),
    ("contains", 2): (TEXTS, MARKS),
    ("starts_with", 2): (TEXTS, MARKS),
    ("ends_with", 2): (TEXTS, MARKS),
    ("ticked", 1): (TICKS,),
    ("unticked", 1): (TICKS,),
    ("if_empty", 2): (TEXTS, MARKS),
    ("regexp_matches", 2): (TEXTS, PATTERNS),
    ("regexp_extract", 2): (TEXTS, PATTERNS),
    ("regexp_extract", 3): (TEXTS, ("day_([0-9]+)", "(x)?b", "((a)|b)c?"), (0, 1)),
}
ARGUMENTS |= {
    ("substring", 2): ARGUMENTS["substr", 2],
    ("substring", 3): ARGUMENTS["substr", 3],
}
CASTS = {"whole": "CAST(? AS INTEGER)", "try_whole": "TRY_CAST(? AS INTEGER)"}
ALMOST_ALL = 0.6


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    for statement in write_functions():
        connection.execute(statement)
    return connection


def ask(engine: duckdb.DuckDBPyConnection, name: str, arguments: tuple[Cell, ...]) -> Cell:
    """What DuckDB makes of arguments, texts as they come from a source; truth as 1 and 0."""
    call = CASTS.get(name, f"{name}({', '.join(map(_describe, arguments))})")
    row = engine.execute(f"SELECT {call}", list(arguments)).fetchone()
    assert row is not None
    value: Cell = row[0]
    return int(value) if isinstance(value, bool) else value


def _describe(argument: Cell) -> str:
    return "?" if isinstance(argument, int) else "CAST(? AS VARCHAR)"


@pytest.mark.parametrize(("name", "count"), FUNCTIONS)
def test_a_function_gives_the_same_or_refuses(
    engine: duckdb.DuckDBPyConnection, name: str, count: int
) -> None:
    cases = list(product(*ARGUMENTS.get((name, count), (TEXTS,))))
    given = 0
    for arguments in cases:
        try:
            own = FUNCTIONS[name, count](*arguments)
        except UnlikeError:
            continue
        given += 1
        assert own == ask(engine, name, arguments), arguments
    assert given > (1 / 8 if name == "whole" else ALMOST_ALL) * len(cases)


@pytest.mark.parametrize("name", ["upper", "lower", "trim", "length"])
def test_every_letter_gives_the_same_or_is_refused(
    engine: duckdb.DuckDBPyConnection, name: str
) -> None:
    letters = [chr(code) for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000]
    rows = engine.execute(f"SELECT a, {name}(a) FROM (SELECT unnest(?) AS a)", [letters])
    refused = []
    for letter, expected in rows.fetchall():
        try:
            assert FUNCTIONS[name, 1](letter) == expected, hex(ord(letter))
        except UnlikeError:
            refused.append(letter)
    assert len(refused) < 110
