"""Per-protocol exclusions: the box of reasons below the flow diagram (SAP 3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.drawing.canvas import Box, Canvas, Label
from analysis.display.drawing.frame import MARGIN, sheet_width
from analysis.display.drawing.layout import wrap_label
from analysis.display.drawing.typography import line_height, text_width
from analysis.display.rows.disposition import Reason
from analysis.display.text.language import say, say_label

SIZE = 7.0
PADDING, HANG, GUTTER, GAP = 0.08, 0.1, 0.24, 0.12
COLUMNS = 2


@dataclass(frozen=True)
class _Row:
    """One reason in lines; the numbers of both arms stand at the right of its last."""

    lines: tuple[str, ...]
    counts: str


@dataclass(frozen=True)
class ReasonsBox:
    """The box in lines: its heading, and the reasons in columns of about equal height."""

    head: tuple[str, ...]
    columns: tuple[tuple[_Row, ...], ...]

    @property
    def height(self) -> float:
        """The height of the box, inches; without a reason there is none."""
        if not self.columns:
            return 0.0
        lines = len(self.head) + max(_count_lines(rows) for rows in self.columns)
        return lines * line_height(SIZE) + 2 * PADDING


def build_reasons_box(reasons: Sequence[Reason], plan: Plan) -> ReasonsBox:
    """Return the box of the reasons, wrapped to the sheet."""
    if not reasons:
        return ReasonsBox((), ())
    words = say(
        "Excluded from per protocol by reason, n: {treatment} / {reference}",
        treatment=say_label(plan.arms.treatment.label),
        reference=say_label(plan.arms.reference.label),
    )
    widest = max(text_width(reason.counts, SIZE) for reason in reasons)
    room = _column_width() - widest - GAP
    rows = [_build_row(reason, room) for reason in reasons]
    return ReasonsBox(wrap_label(words, SIZE, _inner_width(), "bold"), _split(rows))


def add_reasons(canvas: Canvas, box: ReasonsBox, top: float) -> None:
    """Draw the box from ``top`` downwards over the width of the sheet."""
    if not box.columns:
        return
    left = MARGIN + PADDING
    canvas.boxes.append(Box(MARGIN, sheet_width() - MARGIN, top - box.height, top))
    top -= PADDING
    for row, text in enumerate(box.head):
        y = top - (row + 0.5) * line_height(SIZE)
        canvas.labels.append(Label(left, y, text, SIZE, ha="left", weight="bold"))
    top -= len(box.head) * line_height(SIZE)
    for number, rows in enumerate(box.columns):
        _add_column(canvas, rows, left + number * (_column_width() + GUTTER), top)


def _add_column(canvas: Canvas, rows: Sequence[_Row], left: float, top: float) -> None:
    y = top + line_height(SIZE) / 2
    for row in rows:
        for number, text in enumerate(row.lines):
            y -= line_height(SIZE)
            x = left + (HANG if number else 0.0)
            canvas.labels.append(Label(x, y, text, SIZE, ha="left"))
        canvas.labels.append(Label(left + _column_width(), y, row.counts, SIZE, ha="right"))


def _inner_width() -> float:
    return sheet_width() - 2 * MARGIN - 2 * PADDING


def _column_width() -> float:
    return (_inner_width() - (COLUMNS - 1) * GUTTER) / COLUMNS


def _build_row(reason: Reason, room: float) -> _Row:
    return _Row(wrap_label(reason.words, SIZE, room - HANG), reason.counts)


def _count_lines(rows: Sequence[_Row]) -> int:
    return sum(len(row.lines) for row in rows)


def _split(rows: Sequence[_Row]) -> tuple[tuple[_Row, ...], ...]:
    """The rows in two columns, cut where the taller of both is lowest."""
    cuts = range(1, len(rows) + 1)
    cut = min(cuts, key=lambda index: max(_count_lines(rows[:index]), _count_lines(rows[index:])))
    return tuple(rows[:cut]), tuple(rows[cut:])
