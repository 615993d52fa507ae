"""Records: what a run began with, and what each of its jobs made from what.

They lie in ``logs/records``: ``start.json``, and a file for every rule whose job came to its end.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from analysis.config.base import Strict
from analysis.errors import DataError, join_findings
from analysis.io.files import write_text
from analysis.run.hashes import hash_all_code, hash_file

RECORDS = Path("logs") / "records"
START = "start"

Record = TypeVar("Record", bound=Strict)
Hashes = dict[str, str]
"""sha256 of files, by their path as seen from the results, so that all may move together."""


class JobRecord(Strict):
    """What a job made from what.

    ``spec``: the digest of its rule specification; None for files that no job of the run made,
    which are known by their content alone.
    """

    spec: str | None
    inputs: Hashes
    outputs: Hashes


class StartRecord(Strict):
    """What a run began with.

    ``export``: its folder as seen from the results. ``code``: the hash of package and workflow.
    ``files``: those that the run was given. ``specs``: the digest of every rule specification.
    """

    mode: str
    export: str
    code: str
    files: Hashes
    specs: dict[str, str]


def relative_name(results: Path, path: str | Path) -> str:
    """Return a path as seen from the results."""
    return Path(os.path.relpath(path, results)).as_posix()


def hash_paths(results: Path, paths: Iterable[str | Path]) -> Hashes:
    """Return the hash of every file; one that is not there has an empty one."""
    return {
        relative_name(results, path): hash_file(path) if path.is_file() else ""
        for path in map(Path, paths)
    }


def write_record(results: Path, name: str, record: JobRecord | StartRecord) -> None:
    """Write the record of a rule's job, or that of the start."""
    write_text(results / RECORDS / f"{name}.json", record.model_dump_json(indent=1) + "\n")


def read_start(results: Path) -> StartRecord | None:
    """Return what the latest run began with; None if nothing says so."""
    return _read(results / RECORDS / f"{START}.json", StartRecord)


def read_job_records(results: Path) -> dict[str, JobRecord]:
    """Return the records of the jobs that came to their end, by rule.

    One that cannot be read counts as none: its outputs are made again.
    """
    files = [file for file in sorted((results / RECORDS).glob("*.json")) if file.stem != START]
    found = ((file, _read(file, JobRecord)) for file in files)
    return {file.stem: record for file, record in found if record is not None}


def require_unchanged(results: Path, inputs: Iterable[str | Path] = ()) -> None:
    """Raise DataError if something is no longer as the run knows it.

    The code and the files given are known as the run began with them, other inputs as a job left
    them.
    """
    start = read_start(results)
    if start is not None and start.code != hash_all_code():
        raise DataError(_say_changed("The code was edited", "the code"))
    known = dict(start.files) if start is not None else {}
    for record in read_job_records(results).values():
        known |= record.outputs
    changed = [
        str(path)
        for path in inputs
        for name, content in hash_paths(results, [path]).items()
        if known.get(name, content) != content
    ]
    if changed:
        raise DataError(join_findings(_say_changed("Files were changed", "them"), changed))


def _say_changed(event: str, cause: str) -> str:
    return (
        f"{event} while the run was going on. Start it again: all that depends on {cause} is made "
        "anew."
    )


def _read(file: Path, kind: type[Record]) -> Record | None:
    try:
        return kind.model_validate_json(file.read_bytes())
    except (OSError, ValueError):
        return None
