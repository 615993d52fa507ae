"""The flow of subjects through the trial (CONSORT 2025)."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.canvas import Box, Canvas, Label, Line
from analysis.display.flow import Entry, Stage, build_randomised, build_screening, build_stages
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.palette import BAND, INK
from analysis.display.typography import line_height, text_width, wrap_text
from analysis.display.wording import outcome_name

SIZE = 7.0
PADDING = 0.08
INDENT, HANG = 0.12, 0.1
GAP = 0.26
ARM_WIDTH, SPINE_WIDTH, TAG_HEIGHT = 2.94, 2.3, 0.22
SPINE = WIDTH / 2
CENTRES = (MARGIN + ARM_WIDTH / 2, WIDTH - MARGIN - ARM_WIDTH / 2)


def draw_consort(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the flow diagram: screening (if exported), randomisation, then one column per arm.

    Raises AnalysisError if the frame lacks a row.
    """
    screening, randomised = build_screening(ard), build_randomised(ard)
    stages = build_stages(ard, plan)
    canvas = Canvas(WIDTH, _height(screening, randomised, stages))
    y = canvas.height - 0.05
    if screening:
        y = _add_screening(canvas, screening, y)
    y = _add_randomised(canvas, randomised, y)
    for stage in stages:
        y = _add_stage(canvas, stage, y)
    text = caption(plan, screened=screening is not None)
    frame = build_frame(plan, "Flow of subjects", text, stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(plan: Plan, *, screened: bool) -> str:
    """Return what stands under the figure."""
    text = (
        "The per-protocol reasons are not exclusive: a subject counts under every reason that "
        "applies. Intention to treat and per protocol as randomised, safety set as treated. "
        f"Subjects without an {outcome_name(plan)} are not in the primary model."
    )
    return text if screened else f"{text} No screening log was exported."


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words, arm by arm."""
    columns = [
        f"{arm.label}: " + "; ".join(stage.entries[side].words for stage in build_stages(ard, plan))
        for side, arm in enumerate((plan.arms.treatment, plan.arms.reference))
    ]
    return f"Flow diagram. {build_randomised(ard).words}. {'. '.join(columns)}."


def _lines(entry: Entry, width: float) -> list[tuple[str, float, str]]:
    """The lines of a box: text, indentation in inches, weight."""
    inner = width - 2 * PADDING
    lines = [(text, 0.0, "bold") for text in wrap_text(entry.heading, SIZE, inner, "bold")]
    for indent, texts in ((INDENT, entry.lines), (2 * INDENT, entry.details)):
        for line in texts:
            first, *more = wrap_text(line, SIZE, inner - indent - HANG)
            lines.append((first, indent, "normal"))
            lines += [(text, indent + HANG, "normal") for text in more]
    return lines


def _box_height(entry: Entry, width: float) -> float:
    return len(_lines(entry, width)) * line_height(SIZE) + 2 * PADDING


def _stage_height(stage: Stage) -> float:
    return max(_box_height(entry, ARM_WIDTH) for entry in stage.entries)


def _height(
    screening: tuple[Entry, Entry] | None, randomised: Entry, stages: Sequence[Stage]
) -> float:
    total = 0.1 + _box_height(randomised, SPINE_WIDTH) + GAP * (len(stages) + 0.4)
    if screening:
        top, side = screening
        total += _box_height(top, SPINE_WIDTH) + _box_height(side, ARM_WIDTH) + GAP
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
    height = _box_height(entry, SPINE_WIDTH)
    left = SPINE - SPINE_WIDTH / 2
    canvas.boxes.append(Box(left, left + SPINE_WIDTH, top - height, top))
    canvas.labels.append(Label(SPINE, top - height / 2, entry.words, SIZE, weight="bold"))
    return top - height


def _add_screening(canvas: Canvas, screening: tuple[Entry, Entry], top: float) -> float:
    """Screening on the spine, the excluded at its right; returns where the next box starts."""
    screened, excluded = screening
    bottom = _add_spine_box(canvas, screened, top)
    _add_tag(canvas, "Enrolment", MARGIN + 0.45, (top + bottom) / 2)
    height = _box_height(excluded, ARM_WIDTH)
    middle = bottom - GAP / 2 - height / 2
    _add_box(canvas, excluded, CENTRES[1], middle + height / 2, ARM_WIDTH, height)
    canvas.lines.append(Line(SPINE, middle, CENTRES[1] - ARM_WIDTH / 2, middle, head=True))
    end = bottom - height - GAP
    canvas.lines.append(Line(SPINE, bottom, SPINE, end, head=True))
    return end


def _add_randomised(canvas: Canvas, randomised: Entry, top: float) -> float:
    """Randomisation on the spine and the fork to the arms; returns where the arms start."""
    bottom = _add_spine_box(canvas, randomised, top)
    fork = bottom - GAP * 0.6
    canvas.lines.append(Line(SPINE, bottom, SPINE, fork))
    canvas.lines.append(Line(CENTRES[0], fork, CENTRES[1], fork))
    for centre in CENTRES:
        canvas.lines.append(Line(centre, fork, centre, fork - GAP * 0.8, head=True))
    return fork - GAP * 0.8


def _add_stage(canvas: Canvas, stage: Stage, top: float) -> float:
    """A box per arm of the same height, the tag between; returns where the next row starts."""
    height = _stage_height(stage)
    for centre, entry in zip(CENTRES, stage.entries, strict=True):
        _add_box(canvas, entry, centre, top, ARM_WIDTH, height)
        if stage.tag != "Allocation":
            canvas.lines.append(Line(centre, top + GAP, centre, top, head=True))
    _add_tag(canvas, stage.tag, SPINE, top - height / 2)
    return top - height - GAP


def _add_tag(canvas: Canvas, text: str, centre: float, middle: float) -> None:
    width = max(0.8, text_width(text, SIZE, "bold") + 0.1)
    left, bottom = centre - width / 2, middle - TAG_HEIGHT / 2
    canvas.boxes.append(Box(left, left + width, bottom, bottom + TAG_HEIGHT, BAND, "none", 0))
    canvas.labels.append(Label(centre, middle, text, SIZE, INK, weight="bold"))
