"""Stacked bars of two arms joined at their cut points, key of the levels, and percent axis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.config import Plan
from analysis.display.drawing.canvas import Box, Canvas, Label, Line
from analysis.display.drawing.layout import spread_centres
from analysis.display.drawing.palette import INK, PAPER, QUIET, RULE, ink_on, ramp
from analysis.display.drawing.typography import line_height, text_width
from analysis.display.figures.grotta.key import KEY_SIZE, LEVEL_SIZE, key_box, place_key
from analysis.display.figures.grotta.segments import Segment, find_slivers, is_empty

AXIS_ZONE = 0.42
SLIVER_SIZE, TICK_SIZE, EMPTY_SIZE = 6.5, 6.5, 7.0
NO_OUTCOME = "no outcome observed"
LINE_STEP = 0.18
"""Between the two lines inside a bar, inches."""

LEADER, LABEL_AWAY = 0.11, 0.19
"""Length of the line to the label of a sliver, and how far its middle lies from the bar, inches."""


@dataclass(frozen=True)
class Pair:
    """The bars of both arms in the order of the plan, treatment on top.

    ``bar``: height of each; ``gap``: between them; ``left`` and ``right``: where they lie.
    ``sliver_zone``, ``free_zone``: room beside a bar with and without labels outside. Inches.
    ``empty``: what a bar without any percentage says.
    """

    upper: tuple[Segment, ...]
    lower: tuple[Segment, ...]
    left: float
    right: float
    bar: float
    gap: float
    sliver_zone: float = 0.3
    free_zone: float = 0.06
    empty: str = NO_OUTCOME

    @property
    def above(self) -> float:
        """Room above the upper bar."""
        return self.sliver_zone if find_slivers(self.upper) else self.free_zone

    @property
    def below(self) -> float:
        """Room below the lower bar."""
        return self.sliver_zone if find_slivers(self.lower) else self.free_zone

    @property
    def height(self) -> float:
        """The whole height with the labels outside."""
        return self.above + 2 * self.bar + self.gap + self.below

    def middles(self, top: float) -> tuple[float, float]:
        """Return the middles of both bars of a pair whose room begins at ``top``."""
        upper = top - self.above - self.bar / 2
        return upper, upper - self.bar - self.gap


def add_pair(canvas: Canvas, pair: Pair, top: float) -> None:
    """Draw the bars, the lines that join their cut points, and the labels outside."""
    upper, lower = pair.middles(top)
    _add_bar(canvas, pair, pair.upper, upper)
    _add_bar(canvas, pair, pair.lower, lower)
    _add_cuts(canvas, pair, upper - pair.bar / 2, lower + pair.bar / 2)
    _add_slivers(canvas, pair, pair.upper, upper + pair.bar / 2, 1)
    _add_slivers(canvas, pair, pair.lower, lower - pair.bar / 2, -1)


def add_key(canvas: Canvas, plan: Plan) -> None:
    """Draw the key of the levels: number on its colour, meaning beside it."""
    colours = ramp(len(plan.outcome.levels))
    for level, fill, place in zip(plan.outcome.levels, colours, place_key(plan), strict=True):
        name, middle = plan.outcome.name_level(level), canvas.height - place.down
        right = place.left + key_box(name)
        canvas.boxes.append(Box(place.left, right, middle - 0.1, middle + 0.1, fill, INK, 0.4))
        centre = (place.left + right) / 2
        canvas.labels.append(Label(centre, middle, name, LEVEL_SIZE, ink_on(fill), weight="bold"))
        for row, text in enumerate(place.words):
            y = middle + line_height(KEY_SIZE) * ((len(place.words) - 1) / 2 - row)
            canvas.labels.append(Label(right + 0.05, y, text, KEY_SIZE, ha="left"))


def add_percent_axis(canvas: Canvas, left: float, right: float, foot: float, name: str) -> None:
    """Draw the axis from 0 to 100 percent above ``foot``, where its room ends."""
    y = foot + AXIS_ZONE - 0.08
    canvas.lines.append(Line(left, y, right, y, INK, 0.6))
    for percent in range(0, 101, 20):
        x = left + (right - left) * percent / 100
        canvas.lines.append(Line(x, y, x, y - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, y - 0.12, str(percent), TICK_SIZE))
    canvas.labels.append(Label((left + right) / 2, y - 0.27, name, 7))


def _add_bar(canvas: Canvas, pair: Pair, segments: Sequence[Segment], middle: float) -> None:
    bottom, top = middle - pair.bar / 2, middle + pair.bar / 2
    for segment, fill in zip(segments, ramp(len(segments)), strict=True):
        if segment.percent == 0:
            continue
        canvas.boxes.append(Box(segment.left, segment.right, bottom, top, fill, PAPER, 0.5))
        if segment.holds_its_words:
            canvas.labels += _place_words(segment, middle, ink_on(fill))
        elif segment.holds_its_percent:
            words, size = segment.words[0], segment.style.first
            canvas.labels.append(
                Label(
                    segment.centre, middle, words, size, ink_on(fill), weight=segment.style.weight
                )
            )
    canvas.boxes.append(Box(pair.left, pair.right, bottom, top, "none", INK, 0.7))
    if is_empty(segments):
        centre = (pair.left + pair.right) / 2
        canvas.labels.append(Label(centre, middle, pair.empty, EMPTY_SIZE, QUIET))


def _place_words(segment: Segment, middle: float, ink: str) -> list[Label]:
    """The words in lines around the middle of the bar, the percentage first."""
    style, lines = segment.style, segment.lines
    step = LINE_STEP if len(lines) <= 2 else line_height(style.second)
    places = [middle + step * ((len(lines) - 1) / 2 - row) for row in range(len(lines))]
    first, *others = (
        Label(segment.centre, y, text, style.second, ink)
        for text, y in zip(lines, places, strict=True)
    )
    return [replace(first, size=style.first, weight=style.weight), *others]


def _add_cuts(canvas: Canvas, pair: Pair, above: float, below: float) -> None:
    """The lines that join the cut points of the two bars; none from or to an empty bar."""
    if is_empty(pair.upper) or is_empty(pair.lower):
        return
    for upper, lower in zip(pair.upper[:-1], pair.lower[:-1], strict=True):
        canvas.lines.append(Line(upper.right, above, lower.right, below, RULE, 0.7))


def _add_slivers(
    canvas: Canvas, pair: Pair, segments: Sequence[Segment], edge: float, sign: int
) -> None:
    """Labels of segments too narrow for their words, outside the bar, with leaders."""
    named = _name_slivers(find_slivers(segments), pair.right - pair.left)
    slivers, texts = [segment for segment, _ in named], [text for _, text in named]
    widths = [_sliver_width(text) for text in texts]
    wanted = [segment.centre for segment in slivers]
    centres = spread_centres(wanted, widths, pair.left, pair.right)
    for segment, text, centre in zip(slivers, texts, centres, strict=True):
        leader = Line(segment.centre, edge, centre, edge + sign * LEADER, QUIET, 0.5)
        canvas.lines.append(leader)
        canvas.labels.append(Label(centre, edge + sign * LABEL_AWAY, text, SLIVER_SIZE))


def _name_slivers(slivers: Sequence[Segment], room: float) -> list[tuple[Segment, str]]:
    """What stands outside: where all the words are wider than the row, what is not inside."""
    whole = [(segment, f"{segment.level}: {' '.join(segment.words)}") for segment in slivers]
    if sum(_sliver_width(text) for _, text in whole) <= room:
        return whole
    outside = [segment for segment in slivers if not segment.holds_its_percent]
    return [(segment, f"{segment.level}: {segment.percent_text}") for segment in outside]


def _sliver_width(text: str) -> float:
    return text_width(text, SLIVER_SIZE) + 0.1
