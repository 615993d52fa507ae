"""What the operating system refuses, in words with a remedy: a full disk is no fault of ours."""

import errno
import os
import shutil
from pathlib import Path

FULL = "{name}: the disk is full, so nothing more can be written. Free space there, and start again"
_REMEDIES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "{name}: the quota is used up. Free space or files there, and start again",
    errno.EROFS: "{name}: the file system is read only. Give a folder that can be written to",
    errno.EACCES: "{name}: no permission. Allow it (chmod, chown), or give another file or folder",
    errno.EPERM: "{name}: not permitted. Allow it (chmod, chown), or give another file or folder",
    errno.EIO: "{name}: the disk or the network reports an error. Check it, and start again",
    errno.ESTALE: "{name}: the network folder is gone. Mount it again, and start again",
    errno.ENOTDIR: "{name}: a part of this path is a file, not a folder. Give another path",
    errno.EISDIR: "{name}: a folder, where a file is needed. Give another path",
    errno.ENAMETOOLONG: "{name}: the name is too long. Give a shorter one",
    errno.ELOOP: "{name}: a link that leads to itself. Give another path",
    errno.EMFILE: "{name}: too many open files. Raise the limit (ulimit -n), or give fewer --cores",
    errno.ENOMEM: "{name}: no memory left. Close other programs, or give fewer --cores",
}
LEAST_SPACE = 1 << 16
"""Bytes left on a disk that is as good as full."""


def explain_os_error(error: BaseException, folder: Path) -> str | None:
    """Return what went wrong and what to do; None if it is not of the surroundings.

    ``folder``: where the work was done. A library may hide that the disk is full: it is asked.
    """
    if isinstance(error, MemoryError):
        return "No memory left. Close other programs, or give fewer --cores, and start again"
    causes = [error, error.__cause__, error.__context__]
    for cause in causes:
        if isinstance(cause, OSError) and cause.errno in _REMEDIES:
            return _REMEDIES[cause.errno].format(name=cause.filename or folder)
    return FULL.format(name=folder) if is_full(folder) else None


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder has neither space nor room for a file."""
    place = find_existing(folder)
    try:
        status = os.statvfs(place)
        return shutil.disk_usage(place).free < LEAST_SPACE or (
            status.f_files > 0 and status.f_favail == 0
        )
    except OSError:
        return False


def find_existing(path: Path) -> Path:
    """Return the path, or the nearest folder above it that is there."""
    while not os.path.lexists(path) and path != path.parent:
        path = path.parent
    return path
