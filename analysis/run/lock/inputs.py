"""The input files of a locked data set: what each held when it was locked, and what differs now."""

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from analysis.config import Mapping
from analysis.config.base import Sha256, Strict
from analysis.edc.layout import Layout
from analysis.edc.sources.folder import list_tables, open_file
from analysis.errors import ConfigError, DataError, join_findings
from analysis.run.hashes import hash_bytes
from analysis.run.lock.values import INPUT_PREFIX

DIGITS_SHOWN = 12
"""Digits of a sha256 in messages, as short as people compare them."""

Count = Annotated[int, Field(ge=0)]


class InputFile(Strict):
    """One file as it was locked: rows and columns as read raw.

    ``rows`` and ``columns`` are null for a file outside the layout that is no whole table: the
    analysis does not read it, so only its bytes are locked. The mark of simulated data is one.
    """

    sha256: Sha256
    size: Count
    rows: Count | None
    columns: tuple[str, ...] | None


def name_input(path: Path) -> str:
    """Return the name of an input file in the lock, which does not say where the export lies."""
    return f"{INPUT_PREFIX}{path.name}"


def describe_inputs(
    files: Sequence[Path], mapping: Mapping, layout: Layout
) -> dict[str, InputFile]:
    """Return every file of an export as it is to be locked, by its name in the lock.

    Raises DataError naming every table of the layout that cannot be read, ConfigError if there is
    no file.
    """
    if not files:
        raise ConfigError("There is nothing to lock: the export holds no file")
    tables = list_tables(files[0].parent, mapping)
    needed = {source.path.name for name in layout.tables for source in tables.get(name, [])}
    readable = {source.path.name for sources in tables.values() for source in sources}
    described, unreadable = {}, []
    for path in sorted(files):
        if path.name not in readable:
            described[name_input(path)] = _weigh(path)
            continue
        try:
            described[name_input(path)] = _describe(path, mapping)
        except DataError as error:
            if path.name in needed:
                unreadable.append(str(error))
            else:
                described[name_input(path)] = _weigh(path)
    if unreadable:
        raise DataError(
            join_findings("The data set cannot be locked: not every table can be read.", unreadable)
        )
    return described


def find_input_differences(
    locked: MappingABC[str, InputFile], files: Sequence[Path], mapping: Mapping
) -> list[str]:
    """Return what differs between the locked files and ``files``, one finding for each file.

    Only files whose bytes differ are read as tables.
    """
    present = {name_input(path): path for path in sorted(files)}
    missing = [
        f"{name}: missing; locked with {_sum_up(file)}"
        for name, file in locked.items()
        if name not in present
    ]
    extra = [
        f"{name}: not in the lock; the file has {_sum_up(_weigh(path))}"
        for name, path in present.items()
        if name not in locked
    ]
    changed = [
        _compare(name, locked[name], path, mapping)
        for name, path in present.items()
        if name in locked and _weigh(path).sha256 != locked[name].sha256
    ]
    return [*missing, *extra, *changed]


def _compare(name: str, locked: InputFile, path: Path, mapping: Mapping) -> str:
    """What differs in a file whose bytes differ; the locked value stands first."""
    now, unreadable = _weigh(path), ""
    if locked.columns is not None:
        try:
            now = _describe(path, mapping)
        except DataError as error:
            unreadable = f"; it can no longer be read: {error}"
    shape = [f"size {locked.size} -> {now.size} bytes"] if now.size != locked.size else []
    if locked.rows is not None and now.rows is not None and now.rows != locked.rows:
        shape.append(f"rows {locked.rows} -> {now.rows}")
    if locked.columns is not None and now.columns is not None:
        shape += _compare_columns(locked.columns, now.columns)
    if not shape and not unreadable:
        shape = ["size as locked, values differ"]
    hashes = f"sha256 {shorten(locked.sha256)} -> {shorten(now.sha256)}"
    return f"{name}: {'; '.join([hashes, *shape])}{unreadable}"


def _compare_columns(locked: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    added = [column for column in now if column not in locked]
    removed = [column for column in locked if column not in now]
    kept = [column for column in locked if column in now]
    kept_now = [column for column in now if column in locked]
    found = [f"columns added: {', '.join(added)}"] if added else []
    if removed:
        found.append(f"columns removed: {', '.join(removed)}")
    moved = [place for place, column in enumerate(kept) if column != kept_now[place]]
    if moved:
        before, after = (", ".join(order[place] for place in moved) for order in (kept, kept_now))
        found.append(f"columns in another order: {before} -> {after}")
    return found


def _describe(path: Path, mapping: Mapping) -> InputFile:
    """The file read raw, all its tables; raises DataError if it is none."""
    weighed, rows, columns = _weigh(path), 0, list[str]()
    for source in open_file(path, mapping):
        frame, before = source.read().texts, f"{source.part}." if source.part else ""
        rows += len(frame)
        columns += [f"{before}{column}" for column in frame.columns]
    return weighed.model_copy(update={"rows": rows, "columns": tuple(columns)})


def _weigh(path: Path) -> InputFile:
    """The file as bytes alone; raises DataError if it cannot be opened."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be opened ({error.strerror})") from None
    return InputFile(sha256=hash_bytes(content), size=len(content), rows=None, columns=None)


def _sum_up(file: InputFile) -> str:
    rows = "" if file.rows is None else f"{file.rows} rows, "
    return f"{rows}{file.size} bytes, sha256 {shorten(file.sha256)}"


def shorten(sha256: str) -> str:
    """Return the digits of a sha256 that messages show."""
    return sha256[:DIGITS_SHOWN]
