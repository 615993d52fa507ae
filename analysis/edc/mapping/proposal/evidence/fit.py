"""How well the cells of a candidate fit a column of the layout, and what reads them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from analysis.edc.cells.measurements.units import fold, list_conversions
from analysis.edc.layout import SUBJECT, Column
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.evidence.codes import is_yes_no, map_codes, say_yes_no
from analysis.edc.mapping.proposal.evidence.dates import find_forms, is_ambiguous, needs_forms
from analysis.edc.written.values import parse_value

EMPTY = 0.5
"""Fit of a column without a text, of which nothing is known."""
FREE_TEXT = 0.8
NUMBERS_AS_TEXT = 0.6
ONCE, MANY = ("SCRNO",), 5
"""Columns whose texts stand about once each; the rows from which one text alone is no subject."""
LEAST = 0.5
"""Share of cells from which on a column fits at all."""


@dataclass(frozen=True)
class Fit:
    """``share`` of cells that become a value, less where something speaks against the column.

    ``values``, ``forms``, ``unit``: what the mapping must say for it. ``why``: in words.
    ``meant``: the values, counted, of columns of codes: what tells that two columns say the same.
    """

    share: float
    why: str
    values: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    unit: str = ""
    yes_no: bool = False
    is_sure: bool = True
    meant: tuple[tuple[str, int], ...] = ()


NO_FIT = Fit(0.0, "does not fit")


@cache
def judge(name: str, column: Column, candidate: Candidate) -> Fit:
    """Return how the cells of a candidate fit the column ``name`` of the layout."""
    if candidate.boxes:
        return _judge_boxes(name, column, candidate)
    if not candidate.texts:
        return Fit(EMPTY, "no cell is filled", is_sure=False)
    if column.type in ("date", "datetime"):
        return _judge_dates(column, candidate)
    if column.type in ("int", "float"):
        return _judge_numbers(name, column, candidate)
    if column.type == "yn":
        return _judge_yes_no(candidate)
    if column.codes:
        return _judge_codes(name, column, candidate)
    return _judge_text(name, column, candidate)


def _share(candidate: Candidate, fits: Mapping[str, object]) -> float:
    return sum(n for text, n in candidate.texts.items() if text in fits) / candidate.filled


def _percent(share: float) -> str:
    return f"{100 * share:.0f} % of its cells"


def _judge_dates(column: Column, candidate: Candidate) -> Fit:
    forms, share = find_forms(candidate)
    if share < LEAST:
        return NO_FIT
    has_time = any("%H" in form or "%I" in form for form in forms)
    wanted = column.type == "datetime"
    less = 0.25 if wanted and not has_time and not column.partial else 0.1 * (has_time != wanted)
    doubt = is_ambiguous(candidate, forms)
    why = f"dates as {', '.join(forms)}" + ("; day or month first: no date tells" if doubt else "")
    needed = forms if needs_forms(column, forms) else ()
    return Fit(share - less, why, forms=needed, is_sure=not doubt)


def _judge_numbers(name: str, column: Column, candidate: Candidate) -> Fit:
    whole = column.model_copy(update={"decimal": "."})
    numbers = {text: v for text in candidate.texts if (v := parse_value(whole, text)) is not None}
    share = _share(candidate, numbers)
    if share < LEAST:
        return NO_FIT
    counted = Counter({float(v): candidate.texts[t] for t, v in numbers.items()})  # type: ignore[arg-type]
    median = _find_median(counted)
    bounds = column.limits or column.range
    inside = sum(n for v, n in counted.items() if not bounds or bounds[0] <= v <= bounds[1])
    typical = column.typical
    if typical and not typical[0] <= median <= typical[1]:
        return _find_unit(name, column, candidate, median, share)
    if inside < LEAST * sum(counted.values()):
        return NO_FIT
    why = f"numbers, {_percent(share)}" + (", median where it is expected" if typical else "")
    return Fit(share * inside / sum(counted.values()), why)


def _find_median(counted: Counter[float]) -> float:
    half = sum(counted.values()) / 2
    for value in sorted(counted):
        half -= counted[value]
        if half <= 0:
            break
    return value


def _find_unit(name: str, column: Column, candidate: Candidate, median: float, share: float) -> Fit:
    """The unit that brings the median where it is expected: the dictionary's, else any."""
    low, high = column.typical or (0.0, 0.0)
    known = list_conversions(name, column)
    fitting = {c.unit: c for c in known.values() if low <= c.convert(median) <= high}
    said = known.get(fold(candidate.unit))
    unit = said.unit if said and said.unit in fitting else next(iter(fitting), "")
    if not unit:
        return NO_FIT
    by = "as the dictionary says" if said and said.unit == unit else "by the median alone"
    return Fit(share, f"numbers, {_percent(share)}, in {unit} {by}", unit=unit)


def _judge_yes_no(candidate: Candidate) -> Fit:
    said = say_yes_no(candidate)
    known = {text: True for text in candidate.texts if is_yes_no(text)} | dict.fromkeys(said, True)
    share = _share(candidate, known)
    if share < LEAST or len(candidate.texts) > 20:
        return NO_FIT
    return Fit(share, f"yes or no, {_percent(share)}", values=said, yes_no=True)


def _judge_codes(name: str, column: Column, candidate: Candidate) -> Fit:
    values = map_codes(column, name, candidate)
    meant: Counter[str] = Counter()
    for text, code in values.items():
        meant[code] += candidate.texts.get(text, 0)
    share = _share(candidate, values)
    is_visit = name == "VISIT"
    if not share or (share < LEAST and not is_visit):
        return NO_FIT
    changed = {text: code for text, code in values.items() if text != code}
    codes = ", ".join(sorted(code for code, n in meant.items() if n))
    counts = tuple(sorted((code, n) for code, n in meant.items() if n))
    shown = max(share, 0.9) if is_visit else share
    return Fit(shown, f"codes {codes}, {_percent(share)}", values=changed, meant=counts)


def _judge_boxes(name: str, column: Column, candidate: Candidate) -> Fit:
    if not column.codes or name == "VISIT":
        return NO_FIT
    values = map_codes(column, name, candidate)
    found = {box: values[label] for box, label in candidate.boxes.items() if label in values}
    share = len(found) / len(candidate.boxes)
    if len(found) < 2 or share < LEAST:
        return NO_FIT
    return Fit(share, f"{len(found)} of {len(candidate.boxes)} tick boxes are codes", values=found)


def _judge_text(name: str, column: Column, candidate: Candidate) -> Fit:
    """Identifiers stand in nearly every row and seldom twice; other texts are words."""
    distinct = len(candidate.texts)
    if (column.unique or name in ONCE) and distinct < LEAST * candidate.filled:
        return NO_FIT
    if name == SUBJECT and distinct == 1 and candidate.filled > MANY:
        return NO_FIT
    numbers = sum(n for t, n in candidate.texts.items() if t.replace(".", "").isdigit())
    is_identifier = name.endswith(("ID", "NO", "KIT"))
    if not is_identifier and numbers > LEAST * candidate.filled:
        return Fit(NUMBERS_AS_TEXT, "texts, mostly numbers", is_sure=False)
    return Fit(1.0 if is_identifier else FREE_TEXT, "texts")
