"""Functions of texts, written anew; where DuckDB might do otherwise they refuse their arguments.

Source: DuckDB, Text Functions.
"""

from collections.abc import Callable
from unicodedata import category

Cell = str | int | None


class UnlikeError(ValueError):
    """The arguments are such that the two engines may give different results."""


def change_case(change: Callable[[str], str]) -> Callable[[Cell], Cell]:
    """Return upper or lower, letter by letter, of letters that stay single."""

    def convert(text: Cell) -> Cell:
        if text is None:
            return None
        letters = [change(letter) for letter in take_text(text)]
        if any(len(letter) != 1 for letter in letters):
            raise UnlikeError("a letter whose capital is several letters")
        return "".join(letters)

    return convert


def trim(text: Cell) -> Cell:
    """Without blanks (Unicode category Zs) at both ends."""
    if text is None:
        return None
    return take_text(text).strip(
        "".join({c for c in take_text(text) if category(c) == "Zs"}) or " "
    )


def length(text: Cell) -> Cell:
    """The number of characters."""
    return None if text is None else len(take_text(text))


def substr(text: Cell, start: Cell, count: Cell = None) -> Cell:
    """Characters from ``start``, counted from 1."""
    if text is None:
        return None
    first = take_count(start, 1)
    return take_text(text)[first - 1 : None if count is None else first - 1 + take_count(count, 0)]


def left(text: Cell, count: Cell) -> Cell:
    """The first characters."""
    return None if text is None else take_text(text)[: take_count(count, 0)]


def right(text: Cell, count: Cell) -> Cell:
    """The last characters."""
    if text is None:
        return None
    size = take_count(count, 0)
    return take_text(text)[-size:] if size else ""


def split_part(text: Cell, mark: Cell, number: Cell) -> Cell:
    """A part between marks, counted from 1; empty where there are fewer."""
    if text is None or mark is None:
        return None
    if mark == "":
        raise UnlikeError("an empty mark")
    parts = take_text(text).split(take_text(mark))
    return (parts + [""] * take_count(number, 1))[take_count(number, 1) - 1]


def replace(text: Cell, old: Cell, new: Cell) -> Cell:
    """Every ``old`` as ``new``; an empty one is in no text."""
    if text is None or old is None or new is None:
        return None
    return take_text(text).replace(take_text(old), take_text(new)) if old else text


def concat(*texts: Cell) -> Cell:
    """All texts that are not NULL."""
    return "".join(str(text) for text in texts if text is not None)


def concat_ws(mark: Cell, *texts: Cell) -> Cell:
    """All texts that are not NULL with a mark between them."""
    return None if mark is None else take_text(mark).join(str(t) for t in texts if t is not None)


def pad(text: Cell, count: Cell, fill: Cell, *, is_left: bool) -> Cell:
    """Filled to a number of characters, or cut to it."""
    if text is None or fill is None:
        return None
    size = take_count(count, 0)
    if fill == "":
        raise UnlikeError("nothing to fill with")
    more = (take_text(fill) * size)[: max(size - len(take_text(text)), 0)]
    return more + take_text(text)[:size] if is_left else take_text(text)[:size] + more


def contains(text: Cell, piece: Cell) -> Cell:
    """Whether a piece stands in a text."""
    return None if text is None or piece is None else int(take_text(piece) in take_text(text))


def starts_with(text: Cell, piece: Cell) -> Cell:
    """Whether a text begins with a piece."""
    return (
        None if text is None or piece is None else int(take_text(text).startswith(take_text(piece)))
    )


def ends_with(text: Cell, piece: Cell) -> Cell:
    """Whether a text ends with a piece."""
    return (
        None if text is None or piece is None else int(take_text(text).endswith(take_text(piece)))
    )


def take_text(cell: Cell) -> str:
    """Return a cell that must be a text; raises UnlikeError for a number."""
    if not isinstance(cell, str):
        raise UnlikeError("a number where a text should stand")
    return cell


def take_count(cell: Cell, least: int) -> int:
    """Return a cell that must be a count of at least so many; raises UnlikeError otherwise."""
    if not isinstance(cell, int) or not least <= cell <= 1000:
        raise UnlikeError("a number that is no count")
    return cell
