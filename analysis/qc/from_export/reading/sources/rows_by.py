"""A source that holds one value a row, as a table with one column an item."""

from collections.abc import Mapping, Sequence

from analysis.config.shapes import RowsBy

Columns = Mapping[str, Sequence[str]]


def widen(columns: Columns, rows_by: RowsBy) -> tuple[dict[str, list[str]], list[int]]:
    """Return one row for each key, and by row the number of the first one that it was made of.

    Of rows with the same key the first gives the number, counted from 1. Names are compared without
    regard to capitals. Raises LookupError if a column is absent, ValueError if an item has no name,
    that of a key, or two values in one row.
    """
    folded = {name.upper(): name for name in columns}
    keys = [folded[name.upper()] for name in rows_by.key]
    items, values = (columns[folded[name.upper()]] for name in (rows_by.item, rows_by.value))
    beside = {folded[name.upper()]: columns[folded[name.upper()]] for name in rows_by.beside}
    found: dict[tuple[str, ...], dict[str, str]] = {}
    numbers: dict[tuple[str, ...], int] = {}
    names = dict.fromkeys(item for item in items if item)
    names |= dict.fromkeys(f"{item}.{name}" for name in beside for item in names)
    for at, (item, value) in enumerate(zip(items, values, strict=True)):
        key = tuple(columns[name][at] for name in keys)
        numbers.setdefault(key, at + 1)
        row = found.setdefault(key, {})
        texts = {item: value, **{f"{item}.{name}": cells[at] for name, cells in beside.items()}}
        for name, text in texts.items():
            if text and (not item or row.setdefault(name, text) != text):
                raise ValueError("an item has no name, or two values in one row")
    if {name.upper() for name in keys} & {name.upper() for name in names}:
        raise ValueError("an item has the name of a key")
    wide = {name: [key[at] for key in found] for at, name in enumerate(keys)}
    wide |= {item: [row.get(item, "") for row in found.values()] for item in names}
    return wide, list(numbers.values())
