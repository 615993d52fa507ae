"""Who can read the data of subjects: what a run makes is its owner's alone, the rest is said."""

import grp
import os
import pwd
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o077
"""Permissions that new files and folders do not get: those of the group and of all others."""
READ_AND_ENTER = 0o5


def keep_private(engine_folder: Path = Path(".snakemake")) -> None:
    """Make new files and folders for their owner alone, also in processes that this one starts.

    The engine's own folder (logs, records) is closed to others if it is this user's: the engine
    makes it before any code of ours runs.
    """
    os.umask(PRIVATE)
    with suppress(OSError):
        status = engine_folder.stat()
        if status.st_uid == os.geteuid() and status.st_mode & PRIVATE:
            engine_folder.chmod(stat.S_IMODE(status.st_mode) & ~PRIVATE)


def note_readers(folders: Mapping[str, Path]) -> str | None:
    """Return one line naming the folders that others can read; None if there is none.

    ``folders``: by what they are. Silent where modes say nothing (drives of Windows and other file
    systems that give every file one mode), and for a group of which the owner is the only member.
    """
    found = [
        f"{name} = {folder} ({readers})"
        for name, folder in folders.items()
        if (readers := _name_readers(folder))
    ]
    if not found:
        return None
    paths = " ".join(str(folder) for name, folder in folders.items() if _name_readers(folder))
    return (
        f"Others can read data of subjects: {', '.join(found)}. To close: chmod -R go-rwx {paths}"
    )


def _name_readers(folder: Path) -> str:
    """Who but the owner can read a folder; empty for nobody, and where modes mean nothing."""
    with suppress(OSError):
        real = folder.resolve()
        mode, group = real.stat().st_mode, real.stat().st_gid
        if not stat.S_ISDIR(mode) or _has_one_mode(real):
            return ""
        if mode & READ_AND_ENTER == READ_AND_ENTER and _lets_through(real.parents, None):
            return "everybody"
        is_open = mode >> 3 & READ_AND_ENTER == READ_AND_ENTER
        if is_open and _lets_through(real.parents, group) and not _is_private(group, real):
            return f"group {_name_group(group)}"
    return ""


def _lets_through(folders: Iterable[Path], group: int | None) -> bool:
    """Whether everybody, or a group, may enter all the folders that lead somewhere."""
    statuses = [folder.stat() for folder in folders]
    return all(
        status.st_mode & stat.S_IXOTH
        or (group is not None and status.st_gid == group and status.st_mode & stat.S_IXGRP)
        for status in statuses
    )


def _has_one_mode(folder: Path) -> bool:
    """Whether files have the mode of their folder: tables are no programs, so modes say nothing."""
    with os.scandir(folder) as entries:
        first = next((each for each in entries if each.is_file(follow_symlinks=False)), None)
    if first is None:
        return False
    return stat.S_IMODE(first.stat().st_mode) == stat.S_IMODE(folder.stat().st_mode)


def _is_private(group: int, folder: Path) -> bool:
    """Whether the owner of a folder is all of its group, as with a group of the user's own."""
    try:
        owner, entry = pwd.getpwuid(folder.stat().st_uid), grp.getgrgid(group)
    except KeyError:
        return False
    return owner.pw_gid == group and not set(entry.gr_mem) - {owner.pw_name}


def _name_group(group: int) -> str:
    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)
