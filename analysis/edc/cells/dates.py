"""What is to be told of dates that are read by forms of the mapping: doubts, and offsets."""

from analysis.edc.cells.told import Step
from analysis.edc.layout import Column
from analysis.edc.written.offsets import split_offset
from analysis.edc.written.values import parse_value, read_forms


def tell_dates(column: Column) -> Step:
    """Return the step that changes no text, and says what forms differ on or lacks an offset.

    ``column``: of the layout, with the forms of its dates.

    >>> tell_dates(Column(type="date", forms=("%d/%m/%Y", "%m/%d/%Y")))("03/04/2026")[1]
    'another date by %d/%m/%Y than by %m/%d/%Y, not used'
    """

    def step(text: str) -> tuple[str, str]:
        if not text:
            return text, ""
        moment, carried = split_offset(text) if column.offset else (text, None)
        forms = list(read_forms(column, moment))
        if len(forms) > 1:
            return text, f"another date by {' than by '.join(forms)}, not used"
        if not column.offset or parse_value(column, text) is None:
            return text, ""
        if carried is None and not _counts_in_utc(column, moment):
            return text, f"without an offset, as local time ({column.offset})"
        return text, f"turned into local time ({column.offset})"

    return step


def _counts_in_utc(column: Column, text: str) -> bool:
    return any(iso.endswith("+00:00") for iso in read_forms(column, text).values())
