"""What a run says of its figures at its start and its end: they cost no result."""

import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.config import Plan
from analysis.display.presets import CHINESE_PACKAGE
from analysis.run.lock.values import flatten_plan
from analysis.run.manifest import FIGURES, describe_drawings
from analysis.run.settings.figure_presets import say_presets
from analysis.run.settings.run import Run

NOT_DRAWN = 3
"""The exit status of a run whose results are all there, and a figure that was asked for is not."""

INSTALL = f"Install one that has them (Debian, Ubuntu: apt-get install {CHINESE_PACKAGE})"
LATIN = "\u024f"
"""Letters up to here are in the font that comes with matplotlib."""


def say_at_start(run: Run) -> None:
    """Say in which typeface each preset is set, and which letters of the plan no font has."""
    for line in say_presets(run.presets):
        print(line, file=sys.stderr)
    if lacking := find_lacking(run.plan):
        print(
            f"Figures: no font of this machine has {' '.join(lacking)} of the plan's labels. "
            "They are drawn as numbers, which the report explains below each figure. "
            f"{INSTALL}, and run again.",
            file=sys.stderr,
        )


def find_lacking(plan: Plan) -> list[str]:
    """Return the letters of the plan's texts that no font of this machine has.

    Where all are Latin, the fonts, which take a second to open, are not asked.
    """
    texts = [value for value in flatten_plan(plan).values() if isinstance(value, str)]
    letters = sorted({letter for text in texts for letter in text if _is_asked(letter)})
    if not letters:
        return []
    from analysis.display.drawing.fallback import find_face

    return [letter for letter in letters if find_face(letter) is None]


def say_at_end(run: Run) -> bool:
    """Say what was not drawn, and what was drawn as a number; return whether all was drawn."""
    files = (path for path in (run.results / FIGURES).rglob("*") if path.is_file())
    described = describe_drawings(run.results, files, run.presets)
    for line in _list_lines(described):
        print(line, file=sys.stderr)
    return "not_drawn" not in described


def _list_lines(described: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    not_drawn = described.get("not_drawn", {})
    if not_drawn:
        yield "NOT DRAWN, while every result, table and page is there:"
        yield from (f"  - {name}: {reason}" for name, reason in not_drawn.items())
    numbered = described.get("letters", {})
    if numbered:
        runs = "".join(letters for each in numbered.values() for letters in each.values())
        letters = " ".join(sorted(set(runs)))
        yield (
            f"Drawn as numbers, because no font of this machine has them: {letters}. "
            f"The report explains them below each figure. {INSTALL}, and run again."
        )


def _is_asked(letter: str) -> bool:
    return letter > LATIN and unicodedata.category(letter)[0] in "LSM"
