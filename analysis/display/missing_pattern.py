"""Missing data: how much at each visit by arm, and what else is known of those without outcome."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.canvas import Box, Canvas, Label, Line
from analysis.display.format import format_count, format_count_percent
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.palette import ACCENT, INK, PAPER, QUIET, RULE
from analysis.display.typography import line_height, wrap_text
from analysis.display.visits import name_visit
from analysis.display.wording import SETS, outcome_name

VISITS, PATTERNS = "missing_visits", "missing_patterns"
NONE, JOINER = "none", " + "
ARM_FILLS = (ACCENT, "#B4D6A2")
"""Treatment and reference; far apart in lightness, each with an edge."""

SIZE = 7.0
BAR, ROW, HEAD = 0.13, 0.36, 0.28
BARS_LEFT, BARS_RIGHT = 1.42, 5.6
CELL, CELL_STEP, PATTERN_ROW, PATTERN_HEAD = 0.17, 0.95, 0.24, 0.62
GRID_LEFT = 0.6
KEY = 0.2
COUNTS_X, COUNT_WIDTH = (4.0, 5.7), 1.6
LEAST_PERCENT = 5.0
"""The axis reaches at least this far, so that a few missing do not look many."""


def draw_missing_pattern(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return both parts: bars of the share missing by visit and arm, and the patterns of visits.

    Patterns that nobody has are left out. Raises AnalysisError if the frame lacks a row.
    """
    visits, patterns = _visits(ard), _patterns(ard)
    key = _key(plan)
    upper = HEAD + KEY * len(key) + ROW * len(visits)
    lower = PATTERN_HEAD + PATTERN_ROW * max(len(patterns), 1) + 0.1
    canvas = Canvas(WIDTH, upper + lower)
    _add_key(canvas, key)
    _add_visits(canvas, ard, plan, visits, canvas.height - HEAD - KEY * len(key))
    _add_patterns(canvas, ard, plan, patterns, lower)
    title = f"Missing data on the way to the {outcome_name(plan)}"
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, n, what is missing, and of whom patterns are."""
    missing = format_count(ard.number("missing_outcome", "n", "ITT"))
    total = format_count(ard.number("missing_outcome", "N", "ITT"))
    return (
        f"Above: subjects neither assessed nor dead by the day of the visit, by arm, "
        f"{SETS['ITT']} (n = {total}). Below: which earlier visits were observed of the {missing} "
        f"without an {outcome_name(plan)}; filled, observed. Patterns that nobody has are left out."
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    visits = "; ".join(
        f"{name_visit(plan, visit)}: "
        + ", ".join(f"{arm.label} {_share(ard, visit, arm.code)}" for arm in _arms(plan))
        for visit in _visits(ard)
    )
    patterns = "; ".join(
        f"{pattern}: {_pattern_words(ard, plan, pattern)}" for pattern in _patterns(ard)
    )
    return f"Missing by visit: {visits}. Observed of those without an outcome: {patterns}."


def _arms(plan: Plan) -> tuple[Arm, Arm]:
    return plan.arms.treatment, plan.arms.reference


def _visits(ard: Ard) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.level for row in ard.select(VISITS, "ITT")))


def _patterns(ard: Ard) -> tuple[str, ...]:
    """The patterns that somebody has, the most complete first."""
    rows = ard.select(PATTERNS, "ITT", stat_name="n")
    return tuple(row.level for row in rows if not row.group and row.value)


def _columns(ard: Ard) -> tuple[str, ...]:
    """The visits that the patterns are made of: those of the most complete one."""
    rows = ard.select(PATTERNS, "ITT", stat_name="n")
    return tuple(rows[0].level.split(JOINER)) if rows else ()


def _share(ard: Ard, visit: str, arm: str) -> str:
    n, percent = (ard.number(VISITS, name, "ITT", arm, visit) for name in ("n", "pct"))
    return format_count_percent(n, percent)


def _pattern_words(ard: Ard, plan: Plan, pattern: str) -> str:
    return ", ".join(
        f"{arm.label} {format_count(ard.number(PATTERNS, 'n', 'ITT', arm.code, pattern))}"
        for arm in _arms(plan)
    )


def _key(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Colour and name of each arm."""
    return tuple((fill, arm.label) for fill, arm in zip(ARM_FILLS, _arms(plan), strict=True))


def _add_key(canvas: Canvas, key: Sequence[tuple[str, str]]) -> None:
    top = canvas.height
    words = "Missing by visit, n (% of the randomised)"
    canvas.labels.append(Label(MARGIN, top - HEAD / 2, words, SIZE, ha="left", weight="bold"))
    for number, (fill, name) in enumerate(key):
        y = top - HEAD - KEY * (number + 0.4)
        canvas.boxes.append(Box(BARS_LEFT, BARS_LEFT + 0.2, y - 0.06, y + 0.06, fill, INK, 0.4))
        canvas.labels.append(Label(BARS_LEFT + 0.28, y, name, SIZE, ha="left"))


def _add_visits(canvas: Canvas, ard: Ard, plan: Plan, visits: Sequence[str], top: float) -> None:
    shares = [ard.number(VISITS, "pct", "ITT", arm.code, visit) or 0.0
              for visit in visits for arm in _arms(plan)]  # fmt: skip
    inch = (BARS_RIGHT - BARS_LEFT) / max([LEAST_PERCENT, *shares])
    for number, visit in enumerate(visits):
        middle = top - ROW * (number + 0.5)
        canvas.labels.append(Label(MARGIN, middle, name_visit(plan, visit), SIZE, ha="left"))
        for sign, arm, fill in zip((1, -1), _arms(plan), ARM_FILLS, strict=True):
            y = middle + sign * BAR / 2
            percent = ard.number(VISITS, "pct", "ITT", arm.code, visit) or 0.0
            right = BARS_LEFT + inch * percent
            canvas.boxes.append(Box(BARS_LEFT, right, y - BAR / 2, y + BAR / 2, fill, INK, 0.4))
            words = _share(ard, visit, arm.code)
            canvas.labels.append(Label(right + 0.06, y, words, SIZE, ha="left"))
    bottom = top - ROW * len(visits)
    canvas.lines.append(Line(BARS_LEFT, bottom, BARS_LEFT, top, INK, 0.6))


def _add_patterns(
    canvas: Canvas, ard: Ard, plan: Plan, patterns: Sequence[str], top: float
) -> None:
    columns = _columns(ard)
    canvas.lines.append(Line(MARGIN, top, WIDTH - MARGIN, top, RULE, 0.6))
    words = f"Observed of those without an {outcome_name(plan)}, n"
    canvas.labels.append(Label(MARGIN, top - 0.15, words, SIZE, ha="left", weight="bold"))
    head = top - PATTERN_HEAD + 0.12
    for number, visit in enumerate(columns):
        x = GRID_LEFT + CELL_STEP * number
        canvas.labels.append(Label(x, head, name_visit(plan, visit), SIZE))
    names = [(arm.label, x) for arm, x in zip(_arms(plan), COUNTS_X, strict=True)]
    for name, x in names:
        lines = wrap_text(name, SIZE, COUNT_WIDTH)[:2]
        for row, text in enumerate(reversed(lines)):
            y = head + row * line_height(SIZE)
            canvas.labels.append(Label(x, y, text, SIZE))
    if not patterns:
        y = top - PATTERN_HEAD - PATTERN_ROW / 2
        canvas.labels.append(Label(MARGIN, y, "no outcome is missing", SIZE, QUIET, "left"))
    for number, pattern in enumerate(patterns):
        y = top - PATTERN_HEAD - PATTERN_ROW * (number + 0.5)
        _add_pattern(canvas, columns, pattern, y)
        for arm, x in zip(_arms(plan), COUNTS_X, strict=True):
            count = format_count(ard.number(PATTERNS, "n", "ITT", arm.code, pattern))
            canvas.labels.append(Label(x, y, count, SIZE))


def _add_pattern(canvas: Canvas, columns: Sequence[str], pattern: str, y: float) -> None:
    seen = () if pattern == NONE else tuple(pattern.split(JOINER))
    for number, visit in enumerate(columns):
        x = GRID_LEFT + CELL_STEP * number
        fill = ACCENT if visit in seen else PAPER
        half = CELL / 2
        canvas.boxes.append(Box(x - half, x + half, y - half, y + half, fill, INK, 0.6))
