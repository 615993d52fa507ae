"""Missing data: how much at each visit by arm, and what else is known of those without outcome."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Box, Canvas, Label, Line
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.layout import across, wrap_label
from analysis.display.drawing.palette import ACCENT, INK, PAPER, QUIET, RULE
from analysis.display.drawing.typography import line_height
from analysis.display.text.format import NOT_COLLECTED, format_count, format_count_percent
from analysis.display.text.language import is_chinese, join_sentences, join_words, say, say_label
from analysis.display.text.visits import name_visit
from analysis.display.text.wording import outcome_name, set_name

VISITS, PATTERNS = "missing_visits", "missing_patterns"
NONE, JOINER = "none", " + "
ARM_FILLS = (ACCENT, "#B4D6A2")
"""Treatment and reference; far apart in lightness, each with an edge."""

SIZE = 7.0
BAR, ROW, HEAD = 0.13, 0.36, 0.28
BARS_LEFT, BARS_RIGHT = 1.42, 5.6
CELL, CELL_STEP, PATTERN_ROW, PATTERN_HEAD = 0.17, 0.95, 0.24, 0.38
PARTS_GAP = 0.1
"""Between both parts, inches."""

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
    upper = HEAD + KEY * len(key) + _row_height() * len(visits)
    lower = PARTS_GAP + _pattern_head(plan) + PATTERN_ROW * max(len(patterns), 1) + 0.1
    canvas = Canvas(sheet_width(), upper + lower)
    _add_key(canvas, key)
    _add_visits(canvas, ard, plan, visits, canvas.height - HEAD - KEY * len(key))
    _add_patterns(canvas, ard, plan, patterns, lower - PARTS_GAP)
    title = say("Missing data on the way to the {outcome}", outcome=outcome_name(plan))
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, n, what is missing, and of whom patterns are."""
    missing = format_count(ard.number("missing_outcome", "n", "ITT"))
    total = format_count(ard.number("missing_outcome", "N", "ITT"))
    above = say(
        "Above: subjects neither assessed nor dead by the day of the visit, by arm, {members} "
        "(n = {n}).",
        members=set_name("ITT"),
        n=total,
    )
    below = say(
        "Below: which earlier visits were observed of the {n} without an {outcome}; filled, "
        "observed. Patterns that nobody has are left out.",
        n=missing,
        outcome=outcome_name(plan),
    )
    return join_sentences((above, below))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    visits = [_visit_words(ard, plan, visit) for visit in _visits(ard)]
    patterns = [_pattern_words(ard, plan, pattern) for pattern in _patterns(ard)]
    return say(
        "Missing by visit: {visits}. Observed of those without an outcome: {patterns}.",
        visits=say("; ").join(visits),
        patterns=say("; ").join(patterns) or _say_no_pattern(ard),
    )


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
    if ard.is_not_collected(VISITS, "n", "ITT", arm, visit):
        return say(NOT_COLLECTED)
    n, percent = (ard.number(VISITS, name, "ITT", arm, visit) for name in ("n", "pct"))
    return format_count_percent(n, percent)


def _visit_words(ard: Ard, plan: Plan, visit: str) -> str:
    """How many are missing at a visit, by arm."""
    shares = [f"{say_label(arm.label)} {_share(ard, visit, arm.code)}" for arm in _arms(plan)]
    return say("{name}: {numbers}", name=name_visit(plan, visit), numbers=say(", ").join(shares))


def _pattern_words(ard: Ard, plan: Plan, pattern: str) -> str:
    """How many have a pattern, by arm."""
    counts = [f"{say_label(arm.label)} {_count(ard, arm.code, pattern)}" for arm in _arms(plan)]
    name = _name_pattern(plan, pattern)
    return say("{name}: {numbers}", name=name, numbers=say(", ").join(counts))


def _name_pattern(plan: Plan, pattern: str) -> str:
    """The visits of a pattern: in English as the frame has them."""
    if pattern == NONE:
        return say("none")
    visits = pattern.split(JOINER)
    return join_words([name_visit(plan, visit) for visit in visits]) if is_chinese() else pattern


def _count(ard: Ard, arm: str, pattern: str) -> str:
    return format_count(ard.number(PATTERNS, "n", "ITT", arm, pattern))


def _key(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Colour and name of each arm."""
    names = [say_label(arm.label) for arm in _arms(plan)]
    return tuple(zip(ARM_FILLS, names, strict=True))


def _add_key(canvas: Canvas, key: Sequence[tuple[str, str]]) -> None:
    top = canvas.height
    words = say("Missing by visit, n (% of the randomised)")
    canvas.labels.append(Label(MARGIN, top - HEAD / 2, words, SIZE, ha="left", weight="bold"))
    for number, (fill, name) in enumerate(key):
        y = top - HEAD - KEY * (number + 0.4)
        left = across(BARS_LEFT)
        canvas.boxes.append(Box(left, left + 0.2, y - 0.06, y + 0.06, fill, INK, 0.4))
        canvas.labels.append(Label(left + 0.28, y, name, SIZE, ha="left"))


def _add_visits(canvas: Canvas, ard: Ard, plan: Plan, visits: Sequence[str], top: float) -> None:
    shares = [ard.number(VISITS, "pct", "ITT", arm.code, visit) or 0.0
              for visit in visits for arm in _arms(plan)]  # fmt: skip
    left, bar, row = across(BARS_LEFT), _bar_height(), _row_height()
    inch = (across(BARS_RIGHT) - left) / max([LEAST_PERCENT, *shares])
    for number, visit in enumerate(visits):
        middle = top - row * (number + 0.5)
        canvas.labels.append(Label(MARGIN, middle, name_visit(plan, visit), SIZE, ha="left"))
        for sign, arm, fill in zip((1, -1), _arms(plan), ARM_FILLS, strict=True):
            y = middle + sign * bar / 2
            percent = ard.number(VISITS, "pct", "ITT", arm.code, visit) or 0.0
            right = left + inch * percent
            canvas.boxes.append(Box(left, right, y - bar / 2, y + bar / 2, fill, INK, 0.4))
            words = _share(ard, visit, arm.code)
            canvas.labels.append(Label(right + 0.06, y, words, SIZE, ha="left"))
    canvas.lines.append(Line(left, top - row * len(visits), left, top, INK, 0.6))


def _bar_height() -> float:
    """At least as high as the letters of the number beside it need."""
    return max(BAR, 0.95 * line_height(SIZE))


def _row_height() -> float:
    return ROW + 2 * (_bar_height() - BAR)


def _add_patterns(
    canvas: Canvas, ard: Ard, plan: Plan, patterns: Sequence[str], top: float
) -> None:
    columns = _columns(ard)
    canvas.lines.append(Line(MARGIN, top, sheet_width() - MARGIN, top, RULE, 0.6))
    words = say("Observed of those without an {outcome}, n", outcome=outcome_name(plan))
    canvas.labels.append(Label(MARGIN, top - 0.15, words, SIZE, ha="left", weight="bold"))
    floor = top - _pattern_head(plan)
    for number, visit in enumerate(columns):
        x = across(GRID_LEFT + CELL_STEP * number)
        canvas.labels.append(Label(x, floor + 0.12, name_visit(plan, visit), SIZE))
    for lines, x in zip(_name_lines(plan), COUNTS_X, strict=True):
        for row, text in enumerate(reversed(lines)):
            y = floor + 0.12 + row * line_height(SIZE)
            canvas.labels.append(Label(across(x), y, text, SIZE))
    if not patterns:
        y = floor - PATTERN_ROW / 2
        canvas.labels.append(Label(MARGIN, y, _say_no_pattern(ard), SIZE, QUIET, "left"))
    for number, pattern in enumerate(patterns):
        y = floor - PATTERN_ROW * (number + 0.5)
        _add_pattern(canvas, columns, pattern, y)
        for arm, x in zip(_arms(plan), COUNTS_X, strict=True):
            canvas.labels.append(Label(across(x), y, _count(ard, arm.code, pattern), SIZE))


def _say_no_pattern(ard: Ard) -> str:
    rows = ard.select(PATTERNS, "ITT", stat_name="n")
    is_known = not any(row.is_not_collected for row in rows)
    return say("no outcome is missing") if is_known else say(NOT_COLLECTED)


def _name_lines(plan: Plan) -> list[tuple[str, ...]]:
    """The names of the arms above their counts, wrapped."""
    return [wrap_label(say_label(arm.label), SIZE, across(COUNT_WIDTH)) for arm in _arms(plan)]


def _pattern_head(plan: Plan) -> float:
    """The room of the headings, with the lines that the longer name takes."""
    return PATTERN_HEAD + max(len(lines) for lines in _name_lines(plan)) * line_height(SIZE)


def _add_pattern(canvas: Canvas, columns: Sequence[str], pattern: str, y: float) -> None:
    seen = () if pattern == NONE else tuple(pattern.split(JOINER))
    for number, visit in enumerate(columns):
        x = across(GRID_LEFT + CELL_STEP * number)
        fill = ACCENT if visit in seen else PAPER
        half = CELL / 2
        canvas.boxes.append(Box(x - half, x + half, y - half, y + half, fill, INK, 0.6))
