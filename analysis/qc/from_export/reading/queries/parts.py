"""The parts of a table: visits or repeats that stand side by side, each with rows of its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Block


@dataclass(frozen=True)
class Part:
    """What the columns of the layout are in some of the rows.

    ``rows``: conditions that all must hold. ``own``: columns of the layout of which one must be
    filled; of a table that stacks nothing none need be.
    """

    columns: Mapping[str, str]
    times: Mapping[str, str]
    constants: Mapping[str, str]
    rows: tuple[str, ...]
    own: tuple[str, ...] = ()


def list_parts(spec: TableMapping) -> list[Part]:
    """Return the parts of a table, a numbered block once for each of its numbers."""
    rows = (spec.rows,) if spec.rows else ()
    whole = Part(spec.columns, spec.times, spec.constants, rows)
    return [_make_part(whole, block) for block in _list_blocks(spec)] or [whole]


def _list_blocks(spec: TableMapping) -> Iterator[Block]:
    for block in spec.stack:
        for number in block.numbers:
            yield _number(block, number)
        if not block.numbers:
            yield block


def _number(block: Block, number: int) -> Block:
    def put(texts: Mapping[str, str]) -> dict[str, str]:
        return {name: _put(text, number) for name, text in texts.items()}

    return Block(
        columns=put(block.columns),
        times=put(block.times),
        constants=put(block.constants),
        rows=_put(block.rows, number) if block.rows else None,
        empty=block.empty,
    )


def _put(text: str, number: int) -> str:
    """The number, or what is added to it, in the place of each mark."""
    first, *others = re.split(r"\{n([+-]\d{1,3})?\}", text)
    added = [str(number + int(each or "0")) for each in others[::2]]
    return first + "".join(new + text for new, text in zip(added, others[1::2], strict=True))


def _make_part(whole: Part, block: Block) -> Part:
    return Part(
        {**whole.columns, **block.columns},
        {**whole.times, **block.times},
        {**whole.constants, **block.constants},
        (*whole.rows, *([block.rows] if block.rows else [])),
        () if block.empty == "keep" else (*block.columns, *block.times),
    )
