"""The flow of subjects through the trial (CONSORT 2025)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.config.reasons import describe_reasons
from analysis.display.ard import Ard
from analysis.display.canvas import Box, Canvas, Label, Line
from analysis.display.format import format_count
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.palette import BAND, INK
from analysis.display.typography import TIE, line_height, text_width, wrap_text
from analysis.display.wording import outcome_name

SIZE = 7.0
PADDING = 0.08
INDENT, HANG = 0.12, 0.1
GAP = 0.26
ARM_WIDTH, SPINE_WIDTH, TAG_HEIGHT = 2.94, 2.3, 0.22
SPINE = WIDTH / 2
CENTRES = (MARGIN + ARM_WIDTH / 2, WIDTH - MARGIN - ARM_WIDTH / 2)
SCREENING_REASONS = {
    "not_eligible": "Not eligible",
    "declined": "Declined",
    "other": "Other reason",
}


@dataclass(frozen=True)
class Entry:
    """The content of one box: a heading, lines beneath it and what the last line splits into."""

    heading: str
    lines: tuple[str, ...] = ()
    details: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The whole content as one text."""
        return ", ".join((self.heading, *self.lines, *self.details)).replace(TIE, " ")


@dataclass(frozen=True)
class Stage:
    """One row of the diagram: its tag and a box for each arm."""

    tag: str
    entries: tuple[Entry, Entry]


def draw_consort(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the flow diagram: screening (if exported), randomisation, then one column per arm.

    Raises AnalysisError if the frame lacks a row.
    """
    screened = ard.find("disposition", "n", "ITT", level="screened") is not None
    stages = build_stages(ard, plan)
    canvas = Canvas(WIDTH, _height(ard, stages, screened))
    y = canvas.height - 0.05
    if screened:
        y = _add_screening(canvas, ard, y)
    y = _add_randomised(canvas, ard, y)
    for stage in stages:
        y = _add_stage(canvas, stage, y)
    frame = build_frame(plan, "Flow of subjects", caption(plan, screened), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def build_stages(ard: Ard, plan: Plan) -> tuple[Stage, ...]:
    """Return the rows of the diagram after randomisation, each with an entry per arm."""
    arms = (plan.arms.treatment, plan.arms.reference)
    builders = {
        "Allocation": _allocation,
        "Follow-up": _follow_up,
        "Analysis": _analysis,
        "Per protocol": _per_protocol,
    }
    return tuple(
        Stage(tag, (build(ard, plan, arms[0]), build(ard, plan, arms[1])))
        for tag, build in builders.items()
    )


def caption(plan: Plan, screened: bool) -> str:
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
    return f"Flow diagram. {_randomised(ard).words}. {'. '.join(columns)}."


def _disposition(ard: Ard, level: str, arm: str = "") -> float:
    return ard.require("disposition", "n", "ITT", arm, level)


def _n(words: str, number: float) -> str:
    return f"{words} (n{TIE}={TIE}{format_count(number)})"


def _allocation(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    return Entry(
        _n(f"Allocated to {arm.label}", _disposition(ard, "randomised", arm.code)),
        (
            _n("Received study drug", _disposition(ard, "treated", arm.code)),
            _n("Did not receive study drug", _disposition(ard, "not_treated", arm.code)),
        ),
    )


def _follow_up(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    return Entry(
        f"Until day {plan.outcome.day}",
        (
            _n("Died", _disposition(ard, "died", arm.code)),
            _n("Withdrew", _disposition(ard, "withdrew", arm.code)),
            _n("Lost to follow-up", _disposition(ard, "lost", arm.code)),
        ),
    )


def _analysis(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    outcome = outcome_name(plan)
    return Entry(
        _n("Intention to treat", ard.require("populations", "n", "ITT", arm.code)),
        (
            _n(f"With {outcome}", _disposition(ard, "outcome_observed", arm.code)),
            _n(f"Without {outcome}", _disposition(ard, "outcome_missing", arm.code)),
            _n("Safety set, as treated", ard.require("populations", "n", "SAF", arm.code)),
        ),
    )


def _per_protocol(ard: Ard, plan: Plan, arm: Arm) -> Entry:
    """The set and every reason that took a subject of either arm out of it."""
    labels = describe_reasons(plan)
    shown = [row.level for row in ard.select("pp_reasons", "ITT", group="") if row.value]
    reasons = tuple(
        _n(labels.get(code, code), ard.require("pp_reasons", "n", "ITT", arm.code, code))
        for code in shown
    )
    excluded = _n("Excluded", _disposition(ard, "pp_excluded", arm.code))
    return Entry(_n("Per protocol", _disposition(ard, "pp", arm.code)), (excluded,), reasons)


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


def _screening(ard: Ard) -> tuple[Entry, Entry]:
    numbers = {words: _disposition(ard, level) for level, words in SCREENING_REASONS.items()}
    lines = tuple(_n(words, number) for words, number in numbers.items())
    screened = _n("Assessed for eligibility", _disposition(ard, "screened"))
    return Entry(screened), Entry(_n("Excluded", sum(numbers.values())), lines)


def _randomised(ard: Ard) -> Entry:
    return Entry(_n("Randomised", _disposition(ard, "randomised")))


def _height(ard: Ard, stages: Sequence[Stage], screened: bool) -> float:
    total = 0.1 + _box_height(_randomised(ard), SPINE_WIDTH) + GAP * (len(stages) + 0.4)
    if screened:
        top, side = _screening(ard)
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


def _add_screening(canvas: Canvas, ard: Ard, top: float) -> float:
    """Screening on the spine, the excluded at its right; returns where the next box starts."""
    screened, excluded = _screening(ard)
    bottom = _add_spine_box(canvas, screened, top)
    _add_tag(canvas, "Enrolment", MARGIN + 0.45, (top + bottom) / 2)
    height = _box_height(excluded, ARM_WIDTH)
    middle = bottom - GAP / 2 - height / 2
    _add_box(canvas, excluded, CENTRES[1], middle + height / 2, ARM_WIDTH, height)
    canvas.lines.append(Line(SPINE, middle, CENTRES[1] - ARM_WIDTH / 2, middle, head=True))
    end = bottom - height - GAP
    canvas.lines.append(Line(SPINE, bottom, SPINE, end, head=True))
    return end


def _add_randomised(canvas: Canvas, ard: Ard, top: float) -> float:
    """Randomisation on the spine and the fork to the arms; returns where the arms start."""
    bottom = _add_spine_box(canvas, _randomised(ard), top)
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
