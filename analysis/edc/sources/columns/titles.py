"""Group titles above the names of columns: several header rows, joined into one name a column."""

from collections.abc import Mapping, Sequence

from analysis.errors import DataError

BETWEEN = "."
Spans = Mapping[int, int]
"""By the column of a title the last column that it stands above, both counted from 0."""


def join_titles(titles: Sequence[Sequence[str]], names: Sequence[str]) -> list[str]:
    """Return the name of each column with the titles above it before it, joined by a point.

    ``titles``: rows as :func:`spread_titles` gives them, the first row first. What is empty is left
    out; a column without a name and without a title of its own has none.

    >>> join_titles([["", "Day 0", "Day 0"]], ["id", "dose", "route"])
    ['id', 'Day 0.dose', 'Day 0.route']
    """
    above = zip(*titles, strict=True) if titles else ((),) * len(names)
    return [
        BETWEEN.join(text for text in (*texts, name) if text)
        for texts, name in zip(above, names, strict=True)
    ]


def spread_titles(
    rows: Sequence[Sequence[str]], names: Sequence[str], spans: Sequence[Spans] = ()
) -> list[list[str]]:
    """Return rows of titles, each title in every column that it stands above.

    That is as far as ``spans`` says of its row (merged cells); where a row has none, up to the
    next title of its row or of one above. No title is spread to a column without a name.

    >>> spread_titles([["", "Day 0", "", "Day 1"]], ["id", "dose", "route", "dose"])
    [['', 'Day 0', 'Day 0', 'Day 1']]
    """
    spread = []
    for number, row in enumerate(rows):
        ends = spans[number] if number < len(spans) else {}
        starts = {at for above in rows[: number + 1] for at, text in enumerate(above) if text}
        title, last, filled = "", -1, []
        for at, (text, name) in enumerate(zip(row, names, strict=True)):
            if at in starts:
                title, last = text, (ends.get(at, at) if ends else len(row) - 1)
            filled.append(text or (title if name and at <= last else ""))
        spread.append(filled)
    return spread


def fit_titles(place: str, row: Sequence[str], width: int) -> list[str]:
    """Return a row of titles with as many cells as the header has.

    Raises DataError if it has a title behind the last column. ``place``: how a message begins.
    """
    cells = [cell.strip() for cell in row]
    if any(cells[width:]):
        raise DataError(
            f"{place}: a title stands behind the last of the {width} columns. Name in header_rows "
            "the rows of the header, the last of which names the columns"
        )
    return [*cells[:width], *[""] * (width - len(cells))]
