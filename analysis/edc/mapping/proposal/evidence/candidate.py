"""Columns of sources as candidates: their texts, and what a dictionary says of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.config.shapes import Lookup

MOST_TEXTS = 3000
"""Distinct texts of a column that are looked at, the most frequent first."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """One column of a source, or several that are read as one.

    ``name``: in the source. ``label``: in words. ``form``: on which it is collected, if a
    dictionary tells. ``codes``: by code its label. ``unit``: as the dictionary has it. ``texts``:
    the cells of each text but the empty one; ``rows``: of the source. ``time``: the column of the
    time of day beside that of the date. ``boxes``: by column of a tick box its label. ``lookup``:
    where it is looked up, if it stands in rows of its own; ``name`` is then what tells those rows.
    """

    source: str
    name: str
    texts: Mapping[str, int]
    rows: int
    label: str = ""
    form: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    time: str = ""
    boxes: Mapping[str, str] = field(default_factory=dict)
    lookup: Lookup | None = None

    @cached_property
    def filled(self) -> int:
        """The cells that hold something."""
        return sum(self.texts.values())

    @cached_property
    def looked_at(self) -> dict[str, int]:
        """The most frequent texts with their cells."""
        return dict(Counter(self.texts).most_common(MOST_TEXTS))

    @property
    def key(self) -> tuple[str, str]:
        """Source and name."""
        return self.source, self.name

    def show(self, text: str) -> str:
        """Return the label of a code, or the text itself."""
        return self.codes.get(text, text)


def count_texts(cells: Sequence[str]) -> dict[str, int]:
    """Return the cells of each text but the empty one, the most frequent first.

    >>> count_texts(["a", "", "b", "b"])
    {'b': 2, 'a': 1}
    """
    counts = Counter(map(str, cells))
    counts.pop("", None)
    return dict(counts.most_common())
