"""The texts of the columns of an export, counted: what the page shows that helps to map it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnTexts:
    """One column of a source: ``filled`` cells with ``distinct`` texts.

    ``texts``: the most frequent, or their shapes, with their cells; ``further``: how many more.
    """

    column: str
    label: str
    filled: int
    distinct: int
    texts: tuple[tuple[str, int], ...]
    further: int = 0


@dataclass(frozen=True)
class SourceTexts:
    """One source with its columns in their order."""

    source: str
    rows: int
    columns: tuple[ColumnTexts, ...]
