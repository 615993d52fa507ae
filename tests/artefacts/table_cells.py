"""Every cell of a table against the one place of the results frame that its row and head name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.tables.table import NO_ROWS
from tests.artefacts.known_numbers import Place, any_fits, fits_p
from tests.artefacts.printed_texts import Grid, Line

N = r"(-?\d+(?:\.\d+)?)"
OF_THE_DOOR = {
    "Read": "rows_read", "Used": "rows_used", "Without a key": "left_out_missing_key",
    "Of unknown subjects": "left_out_unknown_subject", "Identical": "left_out_identical_row",
    "Subjects without a row": "subjects_without_row", "Filled": "filled", "Usable": "typed",
    "Set to missing": "set_missing", "Outside the range": "out_of_range",
    "Changed by the mapping": "mapped", "Filled for the model": "imputed",
}  # fmt: skip
"""Heads of the tables of the door, each of one statistic."""
READ_SO = "Read in this way"
"""The head of cells by what a key of the mapping did with them, which the row names."""

EFFECTS = (
    ("estimate", "ci_low", "ci_high"),
    ("estimate", "ci_low_profile", "ci_high_profile"),
    ("estimate", "ci_low_cr2", "ci_high_cr2"),
)
LIMITS = tuple(names[1:] for names in EFFECTS)
P_NAMES = ("p_value", "p_value_lr", "p_value_cr2", "p_interaction")
NEEDED = "number_needed", "number_needed_low", "number_needed_high"
SHAPES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (rf"{N} \({N} to {N}\)", (
        *EFFECTS, ("median", "q1", "q3"), NEEDED, (NEEDED[0], NEEDED[2], NEEDED[1]),
    )),
    (rf"{N} \({N} to ∞ to {N}\)", (NEEDED,)),
    (rf"∞ \({N} to ∞ to {N}\)", (NEEDED[1:],)),
    (rf"not estimable \({N} to {N}\)", LIMITS),
    (rf"not estimable \({N} or more\)", (("ci_low",),)),
    (rf"{N} to {N}", (*LIMITS, ("min", "max"))),
    (rf"{N} / {N} \({N}%\)", (("events", "N", "pct"), ("n", "N", "pct"))),
    (rf"{N} / {N}", (("events", "n"), ("events", "N"))),
    (rf"{N} \({N}%\)", (("n", "pct"), ("events", "pct"))),
    (rf"{N} \({N}\)", (("mean", "sd"), ("n", "n_died"))),
    (rf"chi-square {N} \(df {N}\)", (("statistic", "df"),)),
    (N, tuple((name,) for name in (
        "n", "N", "events", "n_observed", "n_died", "n_unknown", "n_subjects", "estimate",
        "statistic", "df", "low", "high", "independent", "monte_carlo_error",
        "decided", "pct_won", "pct_lost", "pct_open", "n_strata", "n_left_out", "draws",
        *OF_THE_DOOR.values(),
    ))),
)  # fmt: skip
"""What a cell of numbers looks like, and which statistics it may be."""

P_CELL = re.compile(r"(?:([<>])|)(0\.\d+)(?: \((?:nominal|confirmatory)\))?")
OF_HEAD = {
    **{head: (name,) for head, name in OF_THE_DOOR.items()},
    "n": ("n",), "Findings": ("n",), "Subjects": ("n_subjects",), "Estimate": ("estimate",),
    "Odds ratio": ("estimate",), "95% CI": (),
    "Chi-square": ("statistic",), "Degrees of freedom": ("df",), "Smallest": ("low",),
    "Largest": ("high",), "If independent": ("independent",), "Pairs won, %": ("pct_won",),
    "Pairs decided, %": ("decided",),
    "Pairs lost, %": ("pct_lost",), "Undecided, %": ("pct_open",), "Strata": ("n_strata",),
    "Left out": ("n_left_out",), "Draws": ("draws",), "Monte Carlo error": ("monte_carlo_error",),
}  # fmt: skip
"""Heads whose lone numbers are one statistic."""

OF_LABEL = {
    "Dead": ("n_died",), "Assessed": ("n_observed",),
    "Not imaged, or status unknown": ("n_unknown",),
}  # fmt: skip
"""Labels whose numbers are one statistic."""

WITHOUT = re.compile(r"\d")


@dataclass(frozen=True)
class Address:
    """Where a cell stands: the headings and label of its row, and the head of its column."""

    section: str
    group: str
    label: str
    head: str

    def __str__(self) -> str:
        return " / ".join(filter(None, (self.section, self.group, self.label, self.head)))


Reads = Callable[[Address, Place], bool]


def list_cells(grid: Grid) -> Iterator[tuple[Address, str]]:
    """Every cell with its address."""
    for line in grid.lines:
        for head, cell in zip(grid.heads[1:], line.cells, strict=True):
            yield Address(line.section, line.group, line.label, head), cell


def is_known(cell: str, address: Address, places: Sequence[Place], plan: Plan) -> bool:
    """Whether a cell without a digit, or with statistics of one of some places."""
    if not WITHOUT.search(cell):
        return True
    held = list(places)
    cell = cell.replace("NNTB ", "").replace("NNTH ", "-")
    if address.head in ("p", "p for interaction") or address.head.startswith("p ("):
        return _is_p(cell, held, plan)
    if address.section == "p":
        return _is_p(cell, held, plan)
    for shape, choices in SHAPES:
        found = re.fullmatch(shape, cell)
        if found:
            wanted = name_statistics(address)
            open_to = (wanted,) if address.head == READ_SO else choices
            kept = [names for names in open_to if not wanted or names == wanted]
            return any_fits(found.groups(), kept, held)
    return False


def name_statistics(address: Address) -> tuple[str, ...]:
    """The statistics that the head of a column, or the label of a row, asks for; empty if any."""
    if address.head == READ_SO:
        return (address.label.partition(", ")[2],)
    ending = address.head.rpartition(": ")[2]
    return (
        OF_HEAD.get(address.head)
        or OF_LABEL.get(address.label)
        or {"events": ("events",), "subjects": ("n", "pct")}.get(ending, ())
    )


def _is_p(cell: str, places: Iterable[Place], plan: Plan) -> bool:
    found = P_CELL.fullmatch(cell)
    return found is not None and any(
        fits_p(found[1] or "=", found[2], place.stats.get(name), plan.inference.alpha)
        for place in places
        for name in P_NAMES
    )


def is_same_table(grid: Grid, words: Sequence[str]) -> bool:
    """Whether the texts of a table in another form are those of the grid, in order."""
    shown, held = [text for text in words if text], [" ".join(t.split()) for t in grid.words]
    if not grid.lines:
        return NO_ROWS in shown and [text for text in shown if text != NO_ROWS] in ([], held)
    return shown == held


def row_of(line: Line) -> str:
    """A row for a message."""
    return " | ".join((line.section, line.group, line.label, *line.cells))
