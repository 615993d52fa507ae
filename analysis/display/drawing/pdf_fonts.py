"""The fonts in a PDF: the glyphs that it prints, without the tables for setting other text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fontTools import subset

LAYOUT_TABLES = ("GDEF", "GPOS", "GSUB", "kern")
"""How glyphs are put together and moved, which matplotlib has done when it writes their places."""


class _GlyphsAlone(subset.Options):  # type: ignore[misc]
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.drop_tables += LAYOUT_TABLES


@contextmanager
def glyphs_alone() -> Iterator[None]:
    """While this lasts, matplotlib embeds fonts without their layout tables.

    A page looks the same. Taking those tables apart is half the time that a PDF takes.
    """
    whole = subset.Options
    subset.Options = _GlyphsAlone
    try:
        yield
    finally:
        subset.Options = whole
