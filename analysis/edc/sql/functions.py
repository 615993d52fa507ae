"""What a query may call beside the functions of SQL, where an empty cell is the empty text."""

from functools import cache

from analysis.edc.cells.yes_no import load_spellings


@cache
def write_functions() -> tuple[str, ...]:
    """Return the statements that define them.

    ``ticked(cell)`` and ``unticked(cell)``: whether a tick box is so, in any spelling of yes and
    no; a text that is neither is neither. ``if_empty(cell, other)``: the other where a cell is
    empty.
    """
    spelt = load_spellings()
    return (
        f"CREATE MACRO ticked(cell) AS lower(trim(cell)) IN ({_list('Y', spelt)})",
        f"CREATE MACRO unticked(cell) AS lower(trim(cell)) IN ('', {_list('N', spelt)})",
        "CREATE MACRO if_empty(cell, other) AS CASE WHEN cell = '' THEN other ELSE cell END",
    )


def _list(code: str, spelt: dict[str, str]) -> str:
    texts = (text.replace("'", "''") for text, meant in spelt.items() if meant == code)
    return ", ".join(f"'{text}'" for text in texts)
