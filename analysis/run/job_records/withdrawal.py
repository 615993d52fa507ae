"""Withdrawing results that no longer hold into ``withdrawn/``, where nothing is ever lost.

What a run of ours made goes to ``withdrawn/`` itself, and makes room for what is withdrawn later.
What was edited since, and what somebody else laid there, stays: it is never erased, and what
comes later takes a numbered folder beside it.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path

from analysis.io.files import write_text
from analysis.run.job_records.proof import MANIFEST, Proof, read_proof
from analysis.run.job_records.record import (
    JobRecord,
    hash_paths,
    read_job_records,
    relative_name,
    write_record,
)

REPORT = "report.html"
SUMMARY = (REPORT, "report.docx", MANIFEST)
"""What claims that a run is complete: withdrawn before anything is redone."""
READ_BY_PEOPLE = (*SUMMARY, "ard.csv", "figures", "tables")
"""What a reader might take for current: withdrawn when a run fails."""
WITHDRAWN = "withdrawn"
"""The folder, and the name of the record of what lies in it."""
WHY = "WHY.txt"
EDITED = "edited by hand after a run had made it; the run has made it anew where it came from"


def withdraw(results: Path, tops: Sequence[str], reason: str) -> None:
    """Move outputs that no longer hold into ``withdrawn/``, with the reason beside them.

    ``tops``: files, and folders with what runs made in them. A report withdrawn earlier goes when
    another takes its place, with all that was withdrawn then. Edited ones are set aside.
    """
    proof = read_proof(results)
    present = proof.list_present(tops)
    ours = [name for name in present if proof.is_ours(name)]
    set_aside(results, [results / name for name in present if name not in ours])
    if not ours:
        return
    if REPORT in ours:
        _erase(results, proof)
    shelf = _find_shelf(results, [*ours, WHY], proof)
    for name in ours:
        _move(results / name, shelf / name)
        _remove_empty(results, (results / name).parent)
    write_text(shelf / WHY, f"Withdrawn, not current: {reason}.\n")
    _record(results, [shelf / name for name in (*ours, WHY)])


def write_withdrawn(results: Path, name: str, text: str) -> Path:
    """Write a page to where nothing is current, and return its path."""
    shelf = _find_shelf(results, [name], read_proof(results))
    write_text(shelf / name, text)
    _record(results, [shelf / name])
    return shelf / name


def set_aside(base: Path, files: Sequence[Path]) -> None:
    """Move files that somebody edited to a numbered folder of their own, and say so.

    ``base``: the folder below which they lie, and whose ``withdrawn/`` takes them.
    """
    if not files:
        return
    shelf = next(folder for folder in _number(base) if not os.path.lexists(folder))
    for file in files:
        _move(file, shelf / relative_name(base, file))
        _remove_empty(base, file.parent)
    write_text(shelf / WHY, f"Set aside: {EDITED}.\n")
    names = ", ".join(relative_name(base, file) for file in files)
    said = f"Edited by hand since a run made it, so made anew; kept in {shelf}: {names}"
    print(said, file=sys.stderr, flush=True)


def _erase(results: Path, proof: Proof) -> None:
    """Erase what was withdrawn earlier and is still as it was then."""
    for name in proof.list_present([WITHDRAWN]):
        if proof.is_ours(name):
            (results / name).unlink()
            _remove_empty(results, (results / name).parent)


def _find_shelf(results: Path, names: Sequence[str], proof: Proof) -> Path:
    """The first folder in which the names are free, or taken by what runs of ours withdrew."""

    def is_free(shelf: Path) -> bool:
        taken = [shelf / name for name in names if os.path.lexists(shelf / name)]
        return all(proof.is_ours(relative_name(results, path)) for path in taken)

    return next(filter(is_free, chain([results / WITHDRAWN], _number(results))))


def _number(base: Path) -> Iterator[Path]:
    return (base / WITHDRAWN / str(number) for number in count(1))


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def _remove_empty(results: Path, folder: Path) -> None:
    """Remove a folder that has become empty, and those above it, up to the results."""
    while folder != results and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _record(results: Path, files: Sequence[Path]) -> None:
    """Add to the record of what runs of ours withdrew; what has gone since is left out."""
    earlier = read_job_records(results).get(WITHDRAWN)
    known = earlier.outputs if earlier else {}
    kept = {name: content for name, content in known.items() if (results / name).is_file()}
    outputs = {**kept, **hash_paths(results, files)}
    write_record(results, WITHDRAWN, JobRecord(spec=None, inputs={}, outputs=outputs))
