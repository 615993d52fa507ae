"""What a verification says: one line if archive and rerun agree, else a table of what differs."""

import math
from collections.abc import Iterator, Sequence

from analysis.run.hashes import is_sha256
from analysis.run.lock.inputs import shorten
from analysis.run.verify.ard import ABSOLUTE_TOLERANCE, KEY, RELATIVE_TOLERANCE, ArdDifferences, Key
from analysis.run.verify.comparison import ARD, Comparison, Difference

ROWS_SHOWN = 20
"""Rows of the ARD that a table shows of each kind; the count says how many there are."""
WIDTH_SHOWN = 40
"""Characters of a value that a table shows, unless the difference lies behind them."""


def say_first_level(comparison: Comparison, lock_line: str) -> str:
    """Return the line for outputs that are the same byte for byte.

    Entries of the manifest may differ even so (a comment in the plan, a version): they are named.
    """
    others = _name_entries(comparison.entries)
    return (
        f"Verified: {len(comparison.archive.outputs)} outputs are the same byte for byte "
        f"{_name_archive(comparison, lock_line)}"
        f"{f'; the manifests differ in {others}' if others else ''}"
    )


def say_second_level(comparison: Comparison, lock_line: str) -> str:
    """Return the line for statistics that are the same within the tolerance."""
    rows = comparison.ard.rows if isinstance(comparison.ard, ArdDifferences) else 0
    return (
        f"Verified at the second level: all {rows} statistics agree within a relative "
        f"{RELATIVE_TOLERANCE:g} (near zero an absolute {ABSOLUTE_TOLERANCE:g}), counts exactly; "
        f"{len(comparison.files)} of {len(comparison.archive.outputs)} outputs differ in bytes, "
        f"made with other {_name_entries(comparison.entries)} "
        f"{_name_archive(comparison, lock_line)}"
    )


def tabulate(comparison: Comparison, lock_line: str) -> str:
    """Return all that differs between archive and rerun, as a text of several tables."""
    lines = [
        f"The rerun differs from the archive {comparison.archive.file} "
        f"{_name_archive(comparison, lock_line)}.",
        *(f"  - {finding}" for finding in comparison.edited),
    ]
    total = len(comparison.archive.outputs)
    lines += _table(
        f"Outputs that differ between the manifests: {len(comparison.files)} of {total}",
        ("file", "archived", "rerun"),
        [(each.name, *_show_pair(each, "missing", "extra")) for each in comparison.files],
    )
    lines += _table(
        f"Entries of the manifest that differ: {len(comparison.entries)}",
        ("entry", "archived", "rerun"),
        [(each.name, *_show_pair(each, "absent", "absent")) for each in comparison.entries],
    )
    if isinstance(comparison.ard, ArdDifferences):
        lines += _tabulate_ard(comparison.ard)
    else:
        lines += ["", f"The statistics were not compared: {comparison.ard}."]
    return "\n".join(lines)


def _tabulate_ard(ard: ArdDifferences) -> Iterator[str]:
    yield from _table(
        f"Statistics of {ARD} that moved: {len(ard.moved)}",
        (*KEY, "archived", "rerun", "relative"),
        [
            (
                *each.key,
                each.archived or "empty",
                each.rerun or "empty",
                _show_relative(each.relative),
            )
            for each in ard.moved
        ],
        ROWS_SHOWN,
    )
    yield from _table(
        f"Texts of {ARD} that differ: {len(ard.reworded)}",
        (*KEY, "column", "archived", "rerun"),
        [
            (*each.key, each.column, *_shorten_pair(each.archived, each.rerun))
            for each in ard.reworded
        ],
        ROWS_SHOWN,
    )
    yield from _tabulate_keys(f"Rows of {ARD} that disappeared", ard.disappeared)
    yield from _tabulate_keys(f"Rows of {ARD} that appeared", ard.appeared)


def _tabulate_keys(heading: str, keys: Sequence[Key]) -> list[str]:
    return _table(f"{heading}: {len(keys)}", KEY, keys, ROWS_SHOWN)


def _table(
    heading: str, header: Sequence[str], rows: Sequence[Sequence[str]], shown: int | None = None
) -> list[str]:
    """Lines of one table in aligned columns, after an empty line; none without rows."""
    if not rows:
        return []
    limited = rows[:shown]
    cut = f" (the first {len(limited)})" if len(limited) < len(rows) else ""
    cells = [header, *limited]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return ["", heading + cut, *(f"  {line}" for line in lines)]


def _name_archive(comparison: Comparison, lock_line: str) -> str:
    locked = lock_line.replace("Locked", "locked", 1)
    return f"({locked}, manifest sha256 {shorten(comparison.archive.sha256)})"


def _name_entries(entries: Sequence[Difference]) -> str:
    """Entries with their old and new values; hashes by name alone."""
    return ", ".join(
        each.name
        if is_sha256(each.archived) or is_sha256(each.rerun)
        else "{} {} -> {}".format(each.name, *_show_pair(each, "absent", "absent"))
        for each in entries
    )


def _show_pair(each: Difference, not_in_rerun: str, not_in_archive: str) -> tuple[str, str]:
    if each.archived is None:
        return not_in_archive, _shorten(each.rerun or "")
    if each.rerun is None:
        return _shorten(each.archived), not_in_rerun
    return _shorten_pair(each.archived, each.rerun)


def _shorten_pair(archived: str, rerun: str) -> tuple[str, str]:
    """Two texts that differ, shortened as long as that still shows."""
    short = _shorten(archived), _shorten(rerun)
    return short if short[0] != short[1] else (archived, rerun)


def _shorten(text: str) -> str:
    if is_sha256(text):
        return shorten(text)
    return text if len(text) <= WIDTH_SHOWN else f"{text[:WIDTH_SHOWN]}..."


def _show_relative(relative: float) -> str:
    return "-" if math.isinf(relative) else f"{relative:.1e}"
