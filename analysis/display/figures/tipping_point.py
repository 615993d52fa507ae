"""The tipping-point figure: where the result turns as imputed outcomes are shifted (SAP 6)."""

from itertools import pairwise

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Box, Canvas, Label, Line
from analysis.display.drawing.frame import build_frame, dress_figure, sheet_width
from analysis.display.drawing.palette import ACCENT, QUIET, ink_on
from analysis.display.drawing.typography import POINTS_PER_INCH, line_height, wrap_text
from analysis.display.figures.tipping_grid import (
    FILLS,
    LEFT,
    Grid,
    add_key,
    key_height,
    label_cell,
    lay_grid,
    place_key,
    right_edge,
)
from analysis.display.rows.tipping import (
    NOT_RUN,
    Cell,
    Verdict,
    has_grid,
    read_verdicts,
    say_verdict,
)
from analysis.display.text.conclusion.measure import say_by_measure, say_measure
from analysis.display.text.format import format_plain
from analysis.display.text.language import join_sentences, say, say_label
from analysis.display.text.wording import confidence, direction, outcome_name

HATCH = "#BEBEBE"
TICK_SIZE, AXIS_SIZE = 6.5, 7.5
FRONTIER_WIDTH = 2.4
FRAME_INSET = 0.012


def draw_tipping_point(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the grid of shifts: treatment to the right, reference upwards, both towards worse.

    Every cell holds the pooled estimate of the primary measure, with its interval if the cells are
    wide enough; the stepped line is the frontier where the two-sided p crosses alpha; the thick
    frame marks no shift (missing at random). Raises AnalysisError if a row of the frame is absent.
    """
    title = say(
        "Tipping point of the {outcome}: imputed outcomes shifted towards worse",
        outcome=outcome_name(plan),
    )
    if not has_grid(plan):
        words = say(NOT_RUN)
        canvas = Canvas(sheet_width(), 0.5)
        canvas.labels.append(Label(sheet_width() / 2, 0.25, words, AXIS_SIZE, QUIET))
        frame = build_frame(plan, title, words, stamp, canvas.height)
        return dress_figure(canvas.draw(frame.size), frame, words)
    canvas = _draw_canvas(ard, plan)
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: the verdict in words, then how to read the grid."""
    if not has_grid(plan):
        return say(NOT_RUN)
    estimate = say_measure(plan)
    if lay_grid(ard, plan, 0.0).with_intervals:
        interval = confidence(plan)
        estimate = say("{estimate} with {confidence}", estimate=estimate, confidence=interval)
    what = say(
        "Multiple imputation, the cumulative logits of the imputed outcomes of each arm shifted "
        "towards worse; {estimate}, {direction}. Thick frame: no shift (missing at random).",
        estimate=estimate,
        direction=direction(plan),
    )
    turns = len(set(read_verdicts(ard, plan).values())) > 1
    line = say("Stepped line: p = {alpha}.", alpha=format_plain(plan.inference.alpha))
    nominal = say("All p-values are nominal.")
    return join_sentences((say_verdict(ard, plan), what, line if turns else "", nominal))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    what = say_by_measure(
        plan,
        "Grid of odds ratios by the shifts of both arms.",
        "Grid of win odds by the shifts of both arms.",
    )
    return join_sentences((what, caption(ard, plan)))


def _draw_canvas(ard: Ard, plan: Plan) -> Canvas:
    verdicts = read_verdicts(ard, plan)
    across, upwards = _axis_words(plan)
    grid = lay_grid(ard, plan, 0.3 + line_height(AXIS_SIZE) * len(across))
    key = place_key(plan, verdicts, LEFT, right_edge())
    head = key_height(key) + line_height(AXIS_SIZE) * len(upwards)
    canvas = Canvas(sheet_width(), grid.top + head)
    for cell, verdict in verdicts.items():
        canvas.boxes.append(Box(*grid.box(cell), FILLS[verdict], HATCH, 0.4))
        canvas.labels += label_cell(ard, plan, grid, cell, ink_on(FILLS[verdict]))
    _add_frontier(canvas, grid, verdicts)
    _add_middle(canvas, grid, verdicts)
    _add_ticks(canvas, grid)
    for row, line in enumerate(across):
        y = grid.foot - 0.2 - (row + 0.5) * line_height(AXIS_SIZE)
        canvas.labels.append(Label((LEFT + right_edge()) / 2, y, line, AXIS_SIZE))
    for row, line in enumerate(reversed(upwards)):
        y = grid.top + 0.06 + (row + 0.5) * line_height(AXIS_SIZE)
        canvas.labels.append(Label(LEFT, y, line, AXIS_SIZE, ha="left"))
    add_key(canvas, key)
    return canvas


def _axis_words(plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the horizontal and of the vertical axis, wrapped."""
    across = say(
        "Shift on {arm} (log odds, towards worse \N{RIGHTWARDS ARROW})",
        arm=say_label(plan.arms.treatment.label),
    )
    upwards = say(
        "Shift on {arm} (log odds, towards worse \N{UPWARDS ARROW})",
        arm=say_label(plan.arms.reference.label),
    )
    width = right_edge() - LEFT
    return wrap_text(across, AXIS_SIZE, width), wrap_text(upwards, AXIS_SIZE, width)


def _add_frontier(canvas: Canvas, grid: Grid, verdicts: dict[Cell, Verdict]) -> None:
    """The line between neighbours of which the test says different things."""
    for left, right in pairwise(grid.shifts):
        for other in grid.shifts:
            if _turns(verdicts, (left, other), (right, other)):
                _, x, bottom, top = grid.box((left, other))
                canvas.lines.append(_frontier_line(x, bottom, x, top))
            if _turns(verdicts, (other, left), (other, right)):
                start, end, _, y = grid.box((other, left))
                canvas.lines.append(_frontier_line(start, y, end, y))


def _turns(verdicts: dict[Cell, Verdict], first: Cell, second: Cell) -> bool:
    pair = {verdicts[first], verdicts[second]}
    return len(pair) == 2 and Verdict.ABSENT not in pair


def _frontier_line(x: float, y: float, xend: float, yend: float) -> Line:
    """Longer by half its width at both ends, so that steps have whole corners."""
    half = FRONTIER_WIDTH / POINTS_PER_INCH / 2
    across, up = (half, 0.0) if x != xend else (0.0, half)
    return Line(x - across, y - up, xend + across, yend + up, ACCENT, FRONTIER_WIDTH)


def _add_middle(canvas: Canvas, grid: Grid, verdicts: dict[Cell, Verdict]) -> None:
    """The frame of the cell without a shift, if the grid holds it."""
    if 0.0 not in grid.shifts:
        return
    left, right, bottom, top = grid.box((0.0, 0.0))
    inset, ink = FRAME_INSET, ink_on(FILLS[verdicts[0.0, 0.0]])
    canvas.boxes.append(
        Box(left + inset, right - inset, bottom + inset, top - inset, "none", ink, 1.3)
    )


def _add_ticks(canvas: Canvas, grid: Grid) -> None:
    for shift in grid.shifts:
        left, right, _, _ = grid.box((shift, grid.shifts[0]))
        _, _, bottom, top = grid.box((grid.shifts[0], shift))
        text = format_plain(shift)
        canvas.labels += [
            Label((left + right) / 2, grid.foot - 0.1, text, TICK_SIZE),
            Label(LEFT - 0.06, (bottom + top) / 2, text, TICK_SIZE, ha="right"),
        ]
