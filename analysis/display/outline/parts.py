"""The kinds of part that a section of the report has, and what is declared of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.io.lazy_import import load_function


class Kind(StrEnum):
    """What a part is; a folded table is closed on the screen and open on paper."""

    WORDS = "words"
    FIGURE = "figure"
    TABLE = "table"
    FOLDED = "folded"
    LISTING = "listing"


class Source(StrEnum):
    """What a table is made from, beside the plan and the stamp."""

    RESULTS = "results"
    CHECKS = "checks"
    PLAN = "plan"
    DATA_SETS = "data sets"


@dataclass(frozen=True)
class DrawingRule:
    """A rule that draws figures: its name, and what the terminal says that it is doing."""

    name: str
    doing: str


@dataclass(frozen=True)
class Part:
    """One part of a section: words by their name, a figure by its file, a table by its id."""

    kind: Kind
    name: str

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that make it, as ``module:function``."""
        return ()


@dataclass(frozen=True)
class FigurePart(Part):
    """A figure. ``drawn_by``, ``captioned_by``: functions; ``options``: their arguments by name.

    ``explained``: the file that explains it in ``snakemake --report``.
    ``in_column``: drawn for one column of a journal's page too. ``is_narrow``: takes less than the
    whole width.
    """

    drawn_by: str
    captioned_by: str
    rule: DrawingRule
    explained: str
    options: Mapping[str, str] = field(default_factory=dict)
    in_column: bool = False
    is_narrow: bool = False

    @property
    def functions(self) -> tuple[str, ...]:
        """What draws it, and what writes its caption."""
        return self.drawn_by, self.captioned_by

    def draw(self, ard: Any, plan: Any, stamp: str) -> Any:
        """Return the figure of matplotlib; raises AnalysisError if the frame lacks a row."""
        return load_function(self.drawn_by)(ard, plan, stamp=stamp, **self.options)

    def caption(self, ard: Any, plan: Any) -> str:
        """Return what stands under the figure."""
        return str(load_function(self.captioned_by)(ard, plan, **self.options))


@dataclass(frozen=True)
class TablePart(Part):
    """A table. ``built_by``: a function; ``options``: its arguments by name.

    ``title``: of a listing, which the report leads to; other tables bring their own. ``is_file``:
    it is written as a file beside the report too.
    """

    built_by: str
    source: Source = Source.RESULTS
    options: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    is_file: bool = True

    @property
    def functions(self) -> tuple[str, ...]:
        """What builds it."""
        return (self.built_by,)

    def build(self, given: Mapping[Source, Any], plan: Any, stamp: str) -> Any:
        """Return the table; ``given`` holds, by source, what it is made from."""
        source = () if self.source is Source.PLAN else (given[self.source],)
        return load_function(self.built_by)(*source, plan, stamp, **self.options)


@dataclass(frozen=True)
class Section:
    """One section and its entry in the navigation."""

    id: str
    title: str
    parts: tuple[Part, ...]
