"""CONSORT 2025 flow diagram: subjects from screening to analysis."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Box, Canvas, Label, Line
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.layout import across, wrap_label
from analysis.display.drawing.letters import TIE
from analysis.display.drawing.palette import BAND, INK
from analysis.display.drawing.typography import line_height, text_width
from analysis.display.figures.flow_exclusions import add_reasons, build_reasons_box
from analysis.display.rows.disposition import (
    Entry,
    Stage,
    build_randomised,
    build_screening,
    build_stages,
    read_reasons,
)
from analysis.display.text.conclusion.measure import say_by_measure
from analysis.display.text.language import join_sentences, say, say_label
from analysis.display.text.wording import outcome_name

SIZE = 7.0
PADDING = 0.08
INDENT, HANG = 0.12, 0.1
GAP, REASONS_GAP = 0.2, 0.1
ARM_WIDTH, SPINE_WIDTH, TAG_WIDTH, TAG_HEIGHT = 2.94, 2.3, 0.8, 0.22


def draw_consort(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the flow diagram: screening (if exported), randomisation, then one column per arm.

    The reasons that took subjects out of the per-protocol set stand below both columns, each
    with the number of either arm. Raises AnalysisError if the frame lacks a row.
    """
    screening, randomised = build_screening(ard), build_randomised(ard)
    stages = build_stages(ard, plan)
    reasons = build_reasons_box(read_reasons(ard, plan), plan)
    room = reasons.height + REASONS_GAP if reasons.columns else 0.0
    canvas = Canvas(sheet_width(), _height(screening, randomised, stages) + room)
    y = canvas.height - 0.05
    if screening:
        y = _add_screening(canvas, screening, y)
    y = _add_randomised(canvas, randomised, y)
    for number, stage in enumerate(stages):
        y = _add_stage(canvas, stage, y, follows=number > 0)
    add_reasons(canvas, reasons, y + GAP - REASONS_GAP)
    text = caption(ard, plan)
    frame = build_frame(plan, say("Flow of subjects"), text, stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: how to read it, and whether a log was exported."""
    text = say_by_measure(
        plan,
        "The per-protocol reasons are not exclusive: a subject counts under every reason that "
        "applies. Intention to treat and per protocol as randomised, safety set as treated. "
        "Subjects without an {outcome} are not in the primary model.",
        "The per-protocol reasons are not exclusive: a subject counts under every reason that "
        "applies. Intention to treat and per protocol as randomised, safety set as treated. "
        "Subjects without an {outcome} are not in the primary analysis.",
        outcome=outcome_name(plan),
    )
    return join_sentences(
        (text, "" if build_screening(ard) else say("No screening log was exported."))
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words, arm by arm."""
    stages, reasons = build_stages(ard, plan), read_reasons(ard, plan)
    columns = []
    for side, arm in enumerate((plan.arms.treatment, plan.arms.reference)):
        boxes = say("; ").join(stage.entries[side].words for stage in stages)
        counted = [reason.describe(side) for reason in reasons]
        column = say(", ").join([boxes, *counted]).replace(TIE, " ")
        columns.append(say("{arm}: {boxes}", arm=say_label(arm.label), boxes=column))
    return say(
        "Flow diagram. {randomised}. {arms}.",
        randomised=build_randomised(ard).words,
        arms=say(". ").join(columns),
    )


def _spine() -> float:
    return sheet_width() / 2


def _centres() -> tuple[float, float]:
    """The middles of the columns of the arms, inches."""
    return MARGIN + across(ARM_WIDTH) / 2, sheet_width() - MARGIN - across(ARM_WIDTH) / 2


def _lines(entry: Entry, width: float) -> list[tuple[str, float, str]]:
    """The lines of a box: text, indentation in inches, weight."""
    inner = width - 2 * PADDING
    lines = [(text, 0.0, "bold") for text in wrap_label(entry.heading, SIZE, inner, "bold")]
    for line in entry.lines:
        first, *more = wrap_label(line, SIZE, inner - INDENT - HANG)
        lines.append((first, INDENT, "normal"))
        lines += [(text, INDENT + HANG, "normal") for text in more]
    return lines


def _box_height(entry: Entry, width: float) -> float:
    return len(_lines(entry, width)) * line_height(SIZE) + 2 * PADDING


def _stage_height(stage: Stage) -> float:
    return max(_box_height(entry, across(ARM_WIDTH)) for entry in stage.entries)


def _height(
    screening: tuple[Entry, Entry] | None, randomised: Entry, stages: Sequence[Stage]
) -> float:
    total = 0.1 + _box_height(randomised, across(SPINE_WIDTH)) + GAP * (len(stages) + 0.4)
    if screening:
        top, side = screening
        total += _box_height(top, across(SPINE_WIDTH)) + GAP
        total += _box_height(side, across(ARM_WIDTH))
    return total + sum(_stage_height(stage) for stage in stages)


def _add_box(
    canvas: Canvas, entry: Entry, centre: float, top: float, width: float, height: float
) -> None:
    left = centre - width / 2
    canvas.boxes.append(Box(left, left + width, top - height, top))
    for row, (text, indent, weight) in enumerate(_lines(entry, width)):
        y = top - PADDING - (row + 0.5) * line_height(SIZE)
        canvas.labels.append(
            Label(left + PADDING + indent, y, text, SIZE, ha="left", weight=weight)
        )


def _add_spine_box(canvas: Canvas, entry: Entry, top: float) -> float:
    """A box of one line on the spine; returns its lower edge."""
    width = across(SPINE_WIDTH)
    height = _box_height(entry, width)
    left = _spine() - width / 2
    canvas.boxes.append(Box(left, left + width, top - height, top))
    canvas.labels.append(Label(_spine(), top - height / 2, entry.words, SIZE, weight="bold"))
    return top - height


def _add_screening(canvas: Canvas, screening: tuple[Entry, Entry], top: float) -> float:
    """Screening on the spine, the excluded at its right; returns where the next box starts."""
    screened, excluded = screening
    bottom = _add_spine_box(canvas, screened, top)
    _add_tag(canvas, say("Enrolment"), MARGIN + across(TAG_WIDTH) / 2, (top + bottom) / 2)
    width = across(ARM_WIDTH)
    height = _box_height(excluded, width)
    middle = bottom - GAP / 2 - height / 2
    _add_box(canvas, excluded, _centres()[1], middle + height / 2, width, height)
    edge = _centres()[1] - width / 2
    canvas.lines.append(Line(_spine(), middle, edge, middle, head=True))
    end = bottom - height - GAP
    canvas.lines.append(Line(_spine(), bottom, _spine(), end, head=True))
    return end


def _add_randomised(canvas: Canvas, randomised: Entry, top: float) -> float:
    """Randomisation on the spine and the fork to the arms; returns where the arms start."""
    bottom = _add_spine_box(canvas, randomised, top)
    fork = bottom - GAP * 0.6
    left, right = _centres()
    canvas.lines.append(Line(_spine(), bottom, _spine(), fork))
    canvas.lines.append(Line(left, fork, right, fork))
    for centre in (left, right):
        canvas.lines.append(Line(centre, fork, centre, fork - GAP * 0.8, head=True))
    return fork - GAP * 0.8


def _add_stage(canvas: Canvas, stage: Stage, top: float, *, follows: bool) -> float:
    """A box per arm of the same height, the tag between; returns where the next row starts."""
    height = _stage_height(stage)
    for centre, entry in zip(_centres(), stage.entries, strict=True):
        _add_box(canvas, entry, centre, top, across(ARM_WIDTH), height)
        if follows:
            canvas.lines.append(Line(centre, top + GAP, centre, top, head=True))
    _add_tag(canvas, stage.tag, _spine(), top - height / 2)
    return top - height - GAP


def _add_tag(canvas: Canvas, text: str, centre: float, middle: float) -> None:
    width = max(across(TAG_WIDTH), text_width(text, SIZE, "bold") + 0.1)
    left, bottom = centre - width / 2, middle - TAG_HEIGHT / 2
    canvas.boxes.append(Box(left, left + width, bottom, bottom + TAG_HEIGHT, BAND, "none", 0))
    canvas.labels.append(Label(centre, middle, text, SIZE, INK, weight="bold"))
