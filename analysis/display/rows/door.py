"""What was lost at the door: tables and columns of the export, and the sentences about them."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.display.ard import Ard
from analysis.display.text.format import format_count

ROWS_OF_PRIMARY = ("rand", "mrs", "dd")
"""Tables of which a row lost may be a subject, an outcome or a death (SAP 3.1, 4)."""
CELLS_OF_PRIMARY = (
    "rand.RANDDTC", "mrs.VISIT", "mrs.MRSDTC", "mrs.MRSSRC", "mrs.MRS", "dd.DTHDTC", "ds.DSDECOD",
)  # fmt: skip
"""Columns that the day-90 outcome is made of, beside those of the covariates."""
READINGS = ("read: ", "missing: ")
"""How counts begin of cells that a key of the mapping read, or took for missing with a reason."""
LOSSES = ("set_missing", "out_of_range", "mapped", "imputed")


@dataclass(frozen=True)
class Counts:
    """The counts of one level: a table, ``table.column``, or "" for all."""

    level: str
    numbers: dict[str, float]

    def text(self, what: str) -> str:
        """Return a count as text; empty where it is not counted."""
        return format_count(self.numbers[what]) if what in self.numbers else ""

    def has(self, what: str) -> bool:
        """Whether anything is counted."""
        return bool(self.numbers.get(what))

    @property
    def readings(self) -> tuple[str, ...]:
        """What keys of the mapping did with cells, in the order of the frame."""
        return tuple(what for what in self.numbers if what.startswith(READINGS))


def read_counts(ard: Ard) -> list[Counts]:
    """Return the counts by level, in the order of the frame; empty for a frame without them."""
    levels: dict[str, dict[str, float]] = {}
    for row in ard.select("door"):
        levels.setdefault(row.level, {})[row.stat_name] = row.value or 0
    return [Counts(level, numbers) for level, numbers in levels.items()]


def say_total(ard: Ard) -> str:
    """Return what was lost of all tables, as one sentence; empty for a frame without counts."""
    total = next((counts for counts in read_counts(ard) if not counts.level), None)
    if total is None:
        return ""
    return (
        f"At the door: {total.text('rows_lost')} of {total.text('rows_read')} rows left out, "
        f"{total.text('set_missing')} of {total.text('filled')} filled cells set to missing, "
        f"{total.text('out_of_range')} outside their plausible range."
    )


def say_primary(ard: Ard) -> str:
    """Return what was lost of what the primary analysis uses; empty if nothing was."""
    counts = read_counts(ard)
    clauses = [
        *_list(counts, "rows_lost", "rows left out", _is_table),
        *_list(counts, "set_missing", "values set to missing", _is_column),
        *_list(counts, "out_of_range", "values outside the plausible range", _is_column),
        *_list(counts, "imputed", "covariates filled", _is_column),
    ]
    return f"Lost at the door for the primary analysis: {'; '.join(clauses)}." if clauses else ""


def _list(
    counts: list[Counts], what: str, words: str, is_primary: Callable[[Counts], bool]
) -> list[str]:
    found = [
        f"{each.level} {each.text(what)}" for each in counts if each.has(what) and is_primary(each)
    ]
    return [f"{words} ({', '.join(found)})"] if found else []


def _is_table(counts: Counts) -> bool:
    return counts.level in ROWS_OF_PRIMARY


def _is_column(counts: Counts) -> bool:
    """A column of the outcome, or one that a covariate is made of."""
    return counts.level in CELLS_OF_PRIMARY or "imputed" in counts.numbers


def list_tables(ard: Ard) -> list[Counts]:
    """Return the counts of every table."""
    return [each for each in read_counts(ard) if each.level and "." not in each.level]


def list_columns(ard: Ard) -> list[Counts]:
    """Return the counts of every column of which anything is lost, changed, filled or declared."""
    return [
        each
        for each in read_counts(ard)
        if "." in each.level and any(each.has(what) for what in (*LOSSES, *each.readings))
    ]
