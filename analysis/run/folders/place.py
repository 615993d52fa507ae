"""Where results may lie: in a folder of their own, apart from the project and all that is read.

One rule. The folder is named by text that a path, a log and Snakemake can hold; it is a folder, or
can become one; it is none of the project's own and holds none of them; and it lies neither in nor
around the export, the lists, an archive to be verified or the results of another run.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.errors import ConfigError, join_findings
from analysis.run.folders.os_errors import find_existing
from analysis.run.hashes import PACKAGE

PROJECT = PACKAGE.parent
PROJECT_FOLDERS = (
    ".ci", ".git", ".github", ".snakemake", ".venv", "analysis", "benchmarks", "config", "data",
    "docs", "profiles", "tests", "workflow",
)  # fmt: skip
"""Folders of the project in which no results lie; others, as ``results``, are free."""
LONGEST_NAME, LONGEST_PATH = 255, 4096
LONGEST_OUTPUT = 160
"""Bytes that the names of outputs need below the folder."""
TAKEN = "{}<>"
"""Characters with which Snakemake writes wildcards and path variables."""
START_RECORD = Path("logs") / "records" / "start.json"
RULE = (
    "Results lie in a folder of their own: apart from the folders of the project, and neither in "
    "nor around the export, the lists, an archive or other results. Give another one with "
    "--config results=DIR"
)


def require_place(results: Path, inputs: Mapping[str, Path]) -> None:
    """Raise ConfigError, with every reason, if results may not lie in a folder.

    ``inputs``: folders that the run reads, by the key that names them.
    """
    findings = list(find_faults(results, inputs))
    named = f"results = {show(results)}:"
    if findings:
        said = f"{named} {findings[0]}" if len(findings) == 1 else join_findings(named, findings)
        raise ConfigError(f"{said}\n{RULE}")


def require_apart(folders: Mapping[str, Path]) -> None:
    """Raise ConfigError if one of the folders that a run reads lies in another."""
    findings = [
        f"{one} = {folders[one]} {how} {other} = {folders[other]}"
        for place, one in enumerate(folders)
        for other in [*folders][place + 1 :]
        if (how := _relate(folders[one], folders[other]))
    ]
    if findings:
        heading = "Folders lie in one another, so one would be read as a part of the other."
        raise ConfigError(f"{join_findings(heading, findings)}\nMove one of them elsewhere")


def require_outside(file: Path, inputs: Mapping[str, Path]) -> None:
    """Raise ConfigError if the lock is to be written among the files that it locks."""
    for key, folder in inputs.items():
        if _is_within(file, folder):
            raise ConfigError(f"lock = {file}: lies in {key} = {folder}. Give another file")


def find_faults(results: Path, inputs: Mapping[str, Path]) -> Iterator[str]:
    """Yield what stands against a folder for results; what cannot be a path has one reason."""
    fault = _judge_text(results) or _judge_path(results)
    if fault:
        yield fault
        return
    yield from _judge_project(results)
    for key, folder in inputs.items():
        if how := _relate(results, folder):
            yield f"{how} {key} = {folder}"
    yield from _judge_neighbours(results)


def show(path: Path) -> str:
    """Return a path as a message can show it, also one that is no text."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in str(path))


def _judge_text(results: Path) -> str:
    text = str(results)
    if taken := [each for each in TAKEN if each in text]:
        return f"the name holds {' '.join(taken)}, which Snakemake reads as wildcards"
    if not text.isprintable():
        return "the name holds characters that cannot be printed"
    if text.startswith("~"):
        return "the name begins with ~, which nobody has replaced; write the path in full"
    too_long = any(len(os.fsencode(part)) > LONGEST_NAME for part in results.parts)
    if too_long or len(os.fsencode(results.absolute())) + LONGEST_OUTPUT > LONGEST_PATH:
        return "the name is too long"
    return ""


def _judge_path(results: Path) -> str:
    try:
        place = find_existing(results.resolve())
        if not place.is_dir():
            return f"{place} is not a folder" if place.exists() else f"{place} leads nowhere"
        place.stat()
    except (
        OSError,
        RuntimeError,
    ):  # before Python 3.13 a circle is a RuntimeError
        return "the path leads in a circle or cannot be reached"
    return ""


def _judge_project(results: Path) -> Iterator[str]:
    for project in dict.fromkeys((Path.cwd(), PROJECT)):
        if _is_within(project, results):
            yield f"holds the project ({project})"
            return
        for name in PROJECT_FOLDERS:
            is_own = project == PROJECT or (project / name).exists()
            if is_own and _is_within(results, project / name):
                yield f"lies in the project's own folder {name}"
                return


def _judge_neighbours(results: Path) -> Iterator[str]:
    above = [each for each in results.resolve().parents if (each / START_RECORD).is_file()]
    below = sorted(results.glob(f"*/{START_RECORD}")) if results.is_dir() else []
    yield from (f"lies in the results of another run ({each})" for each in above)
    if below:
        yield f"holds the results of another run ({below[0].parents[2]})"


def _relate(one: Path, other: Path) -> str:
    """How two folders lie to one another; empty if apart."""
    inside, around = _is_within(one, other), _is_within(other, one)
    if inside and around:
        return "the same folder as"
    if inside:
        return "lies in"
    return "lies around" if around else ""


def _is_within(inner: Path, outer: Path) -> bool:
    """Whether a folder is another or lies in it, whatever links and names lead there."""
    real = inner.resolve()
    if real.is_relative_to(outer.resolve()):
        return True
    try:
        sought = outer.stat()
    except OSError:
        return False
    return any(_is_same(each, sought) for each in (real, *real.parents))


def _is_same(path: Path, sought: os.stat_result) -> bool:
    """Whether a path is a folder that is known by device and number, also under another name."""
    try:
        return os.path.samestat(path.stat(), sought)
    except OSError:
        return False
