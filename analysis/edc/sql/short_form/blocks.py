"""The blocks of a table whose visits or repeats stand side by side."""

from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import NUMBER_MARK, Block


@dataclass(frozen=True)
class Part:
    """What gives the rows of one visit or repeat; of a table without blocks, all its rows.

    ``own``: the layout columns of which one must be filled, so that a row of the source gives a
    row of the table; none of a table without blocks.
    """

    columns: dict[str, str]
    times: dict[str, str]
    constants: dict[str, str]
    rows: tuple[str, ...]
    own: frozenset[str] = frozenset()


def list_parts(spec: TableMapping) -> list[Part]:
    """Return the parts of a table in the order of the mapping; one, if nothing is stacked."""
    common = (spec.rows,) if spec.rows else ()
    if not spec.stack:
        return [Part(dict(spec.columns), dict(spec.times), dict(spec.constants), common)]
    return [
        _fill(spec, block, number, common)
        for block in spec.stack
        for number in block.numbers or (None,)
    ]


def _fill(spec: TableMapping, block: Block, number: int | None, common: tuple[str, ...]) -> Part:
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
        frozenset((*columns, *times)),
    )


def put_number(text: str, number: int | None) -> str:
    """Return the text with the number of the repeat in the place of its mark.

    >>> put_number("nihss_d{n}", 7)
    'nihss_d7'
    """
    return text if number is None else text.replace(NUMBER_MARK, str(number))
