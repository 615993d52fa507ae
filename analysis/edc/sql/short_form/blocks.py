"""The blocks of a table whose visits or repeats stand side by side."""

import re
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Block

_MARK = re.compile(r"\{n([+-][0-9]{1,3})?\}")


@dataclass(frozen=True)
class Part:
    """What gives the rows of one visit or repeat; of a table without blocks, all its rows.

    ``own``: the layout columns of which one must be filled, so that a row of the source gives a
    row of the table; none of a table without blocks, or where empty rows are kept.
    ``name``: the block as messages name it, empty of a table without blocks.
    """

    columns: dict[str, str]
    times: dict[str, str]
    constants: dict[str, str]
    rows: tuple[str, ...]
    own: frozenset[str] = frozenset()
    name: str = ""


def list_parts(spec: TableMapping) -> list[Part]:
    """Return the parts of a table in the order of the mapping; one, if nothing is stacked."""
    common = (spec.rows,) if spec.rows else ()
    if not spec.stack:
        return [Part(dict(spec.columns), dict(spec.times), dict(spec.constants), common)]
    return [
        _fill(spec, block, number, common, f"block {place}")
        for place, block in enumerate(spec.stack, 1)
        for number in block.numbers or (None,)
    ]


def _fill(
    spec: TableMapping, block: Block, number: int | None, common: tuple[str, ...], place: str
) -> Part:
    columns, times, constants = (
        {name: put_number(text, number) for name, text in texts.items()}
        for texts in (block.columns, block.times, block.constants)
    )
    rows = (*common, put_number(block.rows, number)) if block.rows else common
    return Part(
        {**spec.columns, **columns},
        {**spec.times, **times},
        {**spec.constants, **constants},
        rows,
        frozenset() if block.empty == "keep" else frozenset((*columns, *times)),
        ", ".join([place, *(f"{column} {text}" for column, text in constants.items())]),
    )


def put_number(text: str, number: int | None) -> str:
    """Return the text with the number of the repeat, or what is added to it, for each mark.

    >>> put_number("nihss_d{n}", 7), put_number("{n+1}", 0), put_number("v{n-1}", 3)
    ('nihss_d7', '1', 'v2')
    """
    if number is None:
        return text
    return _MARK.sub(lambda found: str(number + int(found[1] or 0)), text)


def has_mark(text: str) -> bool:
    """Whether a text holds a mark for the number of a repeat."""
    return _MARK.search(text) is not None
