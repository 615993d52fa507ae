"""Proof that a run of ours made a file: by the records of its jobs, content and all.

Nothing in a folder of results is moved, deleted or written over without it. Witnesses are the job
records, what a job wrote down of each file before it took its name (a killed job leaves no record)
and the manifest, which may outlive the logs.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.io.files import Witness
from analysis.run.hashes import hash_file, is_sha256
from analysis.run.job_records.record import (
    RECORDS,
    Hashes,
    hash_paths,
    read_job_records,
    relative_name,
)

MANIFEST = "manifest.json"
JOURNAL = ".made"
"""Suffix, beside the records, of what a job that goes on has written so far."""


@dataclass(frozen=True)
class Proof:
    """``contents``: the sha256 of all that runs are known to have made at a path, by its name.

    A file of ours is as a run left it; an edited one stands where a run left something else; any
    other file is somebody's own.
    """

    results: Path
    contents: Mapping[str, frozenset[str]]

    def is_ours(self, name: str) -> bool:
        """Whether the file of a name is as a run of ours left it."""
        path = self.results / name
        return path.is_file() and hash_file(path) in self.contents.get(name, frozenset())

    def is_named(self, name: str) -> bool:
        """Whether a run of ours is known to have made something at this place."""
        return name in self.contents

    def list_present(self, tops: Iterable[str]) -> list[str]:
        """Return what runs made that is there, edited or not, of some files and folders."""
        wanted = set(tops)
        return [
            name
            for name in self.contents
            if (name in wanted or name.partition("/")[0] in wanted)
            and lies_inside(name)
            and (self.results / name).is_file()
        ]


def lies_inside(name: str) -> bool:
    """Whether a name leads to a file in the results, and not out of them by some way round."""
    return ".." not in Path(name).parts and not Path(name).is_absolute()


def read_proof(results: Path) -> Proof:
    """Return what is known to have been made by runs in a folder of results."""
    known: dict[str, set[str]] = {}
    for name, content in (*_read_records(results), *_read_journals(results)):
        known.setdefault(name, set()).add(content)
    for name, content in _read_manifest(results).items():
        known.setdefault(name, set()).add(content)
    return Proof(results, {name: frozenset(contents) for name, contents in known.items()})


def keep_journal(results: Path, rule: str) -> Witness:
    """Return a witness that writes down every file of a rule's job before it takes its name."""
    journal = results / RECORDS / f"{rule}{JOURNAL}"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.unlink(missing_ok=True)

    def write_down(temporary: Path, path: Path) -> None:
        with journal.open("a", encoding="utf-8") as file:
            file.write(f"{hash_file(temporary)} {relative_name(results, path)}\n")

    return write_down


def close_journal(results: Path, rule: str) -> None:
    """Forget the journal of a job that has left its record."""
    (results / RECORDS / f"{rule}{JOURNAL}").unlink(missing_ok=True)


def _read_records(results: Path) -> list[tuple[str, str]]:
    records = read_job_records(results).values()
    return [item for record in records for item in record.outputs.items()]


def _read_journals(results: Path) -> list[tuple[str, str]]:
    found = []
    for journal in sorted((results / RECORDS).glob(f"*{JOURNAL}")):
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            content, _, name = line.partition(" ")
            if is_sha256(content):
                found.append((name, content))
    return found


def _read_manifest(results: Path) -> Hashes:
    """The outputs that a manifest lists, and itself if one of them lies there as it says."""
    try:
        outputs = json.loads((results / MANIFEST).read_bytes())["outputs"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    if not isinstance(outputs, dict) or not all(map(is_sha256, outputs.values())):
        return {}
    inside = (name for name in outputs if lies_inside(name) and (results / name).is_file())
    if not any(outputs[name] == hash_file(results / name) for name in inside):
        return {}
    return {**outputs, **hash_paths(results, [results / MANIFEST])}
