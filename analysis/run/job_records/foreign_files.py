"""Files that no run of ours made, where a run would write: a run does not begin over them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from analysis.errors import ConfigError, join_findings
from analysis.run.job_records.demo_record import find_edited_demo, is_of_demo
from analysis.run.job_records.process_lock import JOBS_LOCK, RUN_LOCK
from analysis.run.job_records.proof import Proof, lies_inside, read_proof
from analysis.run.job_records.record import RECORDS, read_job_records, read_start, relative_name
from analysis.run.job_records.rule_specs import RuleSpec
from analysis.run.job_records.withdrawal import WITHDRAWN

SHOWN = 10
"""Files that a message lists."""
LOGS = "logs"
ORIGIN = Path(LOGS) / "origin.json"
"""Where versions before the records of jobs wrote mode and export."""


def require_own(results: Path, specs: Sequence[RuleSpec], *, edited: bool = True) -> None:
    """Raise ConfigError naming the files, at places where a run writes, that no run made.

    ``edited``: whether files of ours may have been edited since, as a run sets them aside; who
    deletes them at once must not.
    """
    proof = read_proof(results)
    found = [*_find_ways_out(results, specs), *_find_foreign_logs(results)]
    outputs = [path for spec in specs for path in spec.outputs if os.path.lexists(path)]
    may_go = _may_be_set_aside if edited else _may_be_deleted
    found += [path for path in outputs if not may_go(proof, path)]
    if found:
        raise ConfigError(_say(results, list(dict.fromkeys(found))))


def require_own_logs(results: Path) -> None:
    """Raise ConfigError if a folder holds logs that are not those of a run."""
    if found := list(_find_foreign_logs(results)):
        raise ConfigError(_say(results, found))


def _may_be_set_aside(proof: Proof, path: Path) -> bool:
    """Whether a run made it, or an earlier version of it, or it is a demonstration trial's."""
    name = relative_name(proof.results, path)
    is_known = proof.is_named(name) or (not lies_inside(name) and is_of_demo(path))
    return path.is_file() and is_known


def _may_be_deleted(proof: Proof, path: Path) -> bool:
    """Whether it is as a run, or the job of the demonstration trial, left it."""
    name = relative_name(proof.results, path)
    is_demo = not lies_inside(name) and is_of_demo(path) and not find_edited_demo([path])
    return proof.is_ours(name) or is_demo


def _find_ways_out(results: Path, specs: Iterable[RuleSpec]) -> Iterator[Path]:
    """Folders of the results that are links to elsewhere, or no folders."""
    folders = {path.parent for spec in specs for path in spec.outputs}
    inside = {folder for folder in folders if lies_inside(relative_name(results, folder))}
    for folder in sorted({*inside, results / LOGS, results / RECORDS, results / WITHDRAWN}):
        if folder != results and os.path.lexists(folder):
            leads_out = not folder.resolve().is_relative_to(results.resolve())
            if leads_out or not folder.is_dir():
                yield folder


def _find_foreign_logs(results: Path) -> Iterator[Path]:
    """What lies in ``logs`` if no run of ours has ever written there."""
    if not (results / LOGS).is_dir() or _is_marked(results):
        return
    yield from sorted(path for path in (results / LOGS).iterdir() if path.is_file())


def _is_marked(results: Path) -> bool:
    locks = [results / lock for lock in (RUN_LOCK, JOBS_LOCK)]
    return (
        any(lock.is_file() and lock.stat().st_size == 0 for lock in locks)
        or read_start(results) is not None
        or bool(read_job_records(results))
        or (results / ORIGIN).is_file()
    )


def _say(results: Path, found: Sequence[Path]) -> str:
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    heading = (
        f"results = {results}: {len(found)} file(s) or folder(s) stand where a run writes, and no "
        "record says that a run made them. Nothing was changed."
    )
    listed = join_findings(heading, [*map(str, found[:SHOWN]), *more])
    return f"{listed}\nMove them elsewhere, or give another folder with --config results=DIR"
