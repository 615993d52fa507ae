"""The names of the columns of a text file: titles above them, and names that stand twice."""

import csv
import io
from collections.abc import Iterator, Sequence

from analysis.qc.from_export.reading.sources.written import Written


def name_columns(above: Sequence[str], text: str, separator: str, written: Written) -> list[str]:
    """Return the names, each once where they are numbered, with the titles above them.

    ``above``: the lines above the header; ``text``: from the header on.
    """
    names = [name.strip() for name in next(row for row in _parse(text, separator, written) if row)]
    lines = [above[row - 1] for row in written.title_rows]
    titles = [next(_parse(line, separator, written), []) for line in lines]
    names = list(_put_above(titles, names)) if titles else names
    return number_names(names) if written.are_numbered else names


def _parse(text: str, separator: str, written: Written) -> Iterator[list[str]]:
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, quotechar=written.quote or None,
        quoting=csv.QUOTE_MINIMAL if written.quote else csv.QUOTE_NONE,
    )  # fmt: skip


def _put_above(titles: Sequence[Sequence[str]], names: Sequence[str]) -> Iterator[str]:
    """Each name behind the titles that hold above it: a title ends those to its left and below."""
    held = [""] * len(titles)
    for at, name in enumerate(names):
        own = [row[at].strip() if at < len(row) else "" for row in titles]
        highest = next((level for level, title in enumerate(own) if title), len(own))
        held[highest:] = own[highest:]
        yield ".".join(filter(None, [*held, name] if name else own))


def number_names(names: Sequence[str]) -> list[str]:
    """Return the names, the second column of a name with (2) behind it, and so on."""
    folded = [name.lower() for name in names]
    before = [folded[:at].count(name) for at, name in enumerate(folded)]
    return [f"{name} ({n + 1})" if n else name for name, n in zip(names, before, strict=True)]
