"""The Grotta bar: the distribution of the mRS by arm, with the estimate it belongs to."""

from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Canvas, Label
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, is_column, sheet_width
from analysis.display.drawing.typography import line_height, wrap_text
from analysis.display.figures.grotta.bars import (
    AXIS_ZONE,
    NO_OUTCOME,
    Pair,
    add_key,
    add_pair,
    add_percent_axis,
)
from analysis.display.figures.grotta.captions import (
    alternative,
    alternative_adjusted,
    caption,
    caption_adjusted,
    list_arms,
    title,
    title_adjusted,
)
from analysis.display.figures.grotta.difference_strip import Strip, add_strip, read_strip
from analysis.display.figures.grotta.key import key_zone
from analysis.display.figures.grotta.segments import COLUMN, LARGE, Segment, Source, build_segments
from analysis.display.text.format import NOT_ESTIMABLE, format_count
from analysis.display.text.language import say, say_label

LEFT, RIGHT_ROOM = 1.42, 0.12
"""Where the bars begin, and the room at their right, inches."""

BAR, GAP, COLUMN_GAP, STRIP_GAP = 0.56, 0.52, 0.4, 0.1
ARM_SIZE = 8.0
ARM_AIR = 0.03
"""Above and below the name of an arm over its bar, inches."""


@dataclass(frozen=True)
class _Words:
    title: str
    caption: str
    alternative: str
    stamp: str


def draw_grotta(ard: Ard, plan: Plan, population: str, stamp: str) -> Figure:
    """Return the stacked bars of the mRS by arm (SAP 5.1), treatment on top.

    ``population`` is "ITT" or "PP"; the estimate is the primary one in its own set, and that of
    ``sens_pp`` in the per-protocol set. Below stand the risk differences at every cut point.
    Percentages are of those with an outcome and add up to 100 at the shown decimals. On the width
    of a column the names stand over and under the bars, and percentages are whole. Raises
    AnalysisError if the frame lacks a row.
    """
    words = _Words(
        title(plan, population),
        caption(ard, plan, population),
        alternative(ard, plan, population),
        stamp,
    )
    strip = read_strip(ard, plan, "mrs_distribution_rd", population)
    return _draw(ard, plan, Source("mrs_distribution", population), strip, words)


def draw_adjusted(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the bars of the mRS if everybody were in one arm, as the primary model has it."""
    population = plan.primary.population
    words = _Words(
        title_adjusted(ard, plan),
        caption_adjusted(ard, plan),
        alternative_adjusted(ard, plan),
        stamp,
    )
    strip = read_strip(ard, plan, "mrs_distribution_rd_adjusted", population)
    source = Source("mrs_distribution_adjusted", population, modelled=True)
    return _draw(ard, plan, source, strip, words)


def _draw(ard: Ard, plan: Plan, source: Source, strip: Strip, words: _Words) -> Figure:
    pair = _build_pair(ard, plan, source)
    names = 2 * _name_room() if is_column() else 0.0
    body = key_zone(plan) + names + pair.height + AXIS_ZONE + STRIP_GAP + strip.height
    frame = build_frame(plan, words.title, words.caption, words.stamp, body)
    canvas = Canvas(sheet_width(), body)
    top = body - key_zone(plan) - names / 2
    add_key(canvas, plan)
    add_pair(canvas, pair, top)
    for number, arm in enumerate(list_arms(plan)):
        _add_arm(canvas, arm, _count(ard, source, arm), _arm_middle(pair, top, number))
    foot = top - pair.height - names / 2 - AXIS_ZONE
    name = "All subjects (%)" if source.modelled else "Patients with an outcome (%)"
    add_percent_axis(canvas, pair.left, pair.right, foot, say(name))
    add_strip(canvas, strip, foot - STRIP_GAP)
    return dress_figure(canvas.draw(frame.size), frame, words.alternative)


def _build_pair(ard: Ard, plan: Plan, source: Source) -> Pair:
    upper, lower = (_segments(ard, plan, source, arm) for arm in list_arms(plan))
    empty = say(NOT_ESTIMABLE if source.modelled else NO_OUTCOME)
    gap = COLUMN_GAP if is_column() else GAP
    return Pair(upper, lower, _left(), _right(), BAR, gap, empty=empty)


def _segments(ard: Ard, plan: Plan, source: Source, arm: Arm) -> tuple[Segment, ...]:
    style = COLUMN if is_column() else LARGE
    return build_segments(ard, plan, source, arm.code, _left(), _right(), style)


def _left() -> float:
    """Where the bars begin."""
    return MARGIN if is_column() else LEFT


def _right() -> float:
    """Where the bars end."""
    return sheet_width() - RIGHT_ROOM


def _name_room() -> float:
    """The room of an arm's name over or under its bar."""
    return line_height(ARM_SIZE) + 2 * ARM_AIR


def _arm_middle(pair: Pair, top: float, number: int) -> float:
    """The middle of an arm's name: beside its bar, or over the first and under the second."""
    if not is_column():
        return pair.middles(top)[number]
    half = _name_room() / 2
    return top + half if number == 0 else top - pair.height - half


def _count(ard: Ard, source: Source, arm: Arm) -> str:
    """How many are in the arm; of a model, how many its average is over."""
    name, group = ("n", "") if source.modelled else ("N", arm.code)
    n = format_count(ard.number(source.analysis_id, name, source.population, group))
    return f"n = {n}"


def _add_arm(canvas: Canvas, arm: Arm, count: str, middle: float) -> None:
    if is_column():
        name = f"{say_label(arm.label)} ({count})"
        canvas.labels.append(Label(MARGIN, middle, name, ARM_SIZE, ha="left", weight="bold"))
        return
    lines = (*wrap_text(say_label(arm.label), ARM_SIZE, LEFT - MARGIN - 0.1, "bold"), count)
    for row, text in enumerate(lines):
        y = middle + line_height(ARM_SIZE) * ((len(lines) - 1) / 2 - row)
        weight = "normal" if row == len(lines) - 1 else "bold"
        canvas.labels.append(Label(MARGIN, y, text, ARM_SIZE, ha="left", weight=weight))
