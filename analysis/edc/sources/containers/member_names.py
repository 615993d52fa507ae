"""Names of the members of an archive: what they mean, which may be read, and what is litter."""

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from zipfile import ZipInfo

from analysis.io.names.shown_names import is_utf_8, show_name

UTF_8_FLAG = 0x800
UNICODE_PATH = 0x7075
"""The extra field in which Info-ZIP writes a name in UTF-8 beside one that is not."""
_DRIVE = re.compile(r"[A-Za-z]:")


def find_name(info: ZipInfo) -> tuple[str, bool]:
    """Return the name of a member with ``/`` between its parts, and whether its encoding is known.

    Where it is not, bytes that are no UTF-8 are in the name as ``surrogateescape`` leaves them.
    """
    if info.flag_bits & UTF_8_FLAG:
        return _tidy(info.orig_filename), True
    raw = info.orig_filename.encode("cp437")  # what zipfile decoded it by
    name = _find_unicode_path(info.extra, raw) or raw.decode("utf-8", "surrogateescape")
    return (_tidy(name), True) if is_utf_8(name) else (name, False)


def is_litter(name: str) -> bool:
    """Whether a member is what macOS adds to an archive: its notes on files and folders."""
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1] == ".DS_Store" or parts[-1].startswith("._")


def describe_name(name: str, *, is_known: bool) -> list[str]:
    """Return what is wrong with the name of a member, with what to do."""
    shown, found = show_name(name), []
    if not is_known:
        found.append(
            f"{shown}: the archive does not say in which encoding this name is written, and it is "
            "no UTF-8. Pack it with names in UTF-8, or in plain letters"
        )
    elif not name.isprintable():
        found.append(f"{shown}: its name holds characters that cannot be seen. Rename the file")
    if name.startswith("/") or _DRIVE.match(name):
        found.append(f"{shown}: its name begins at the root of a disk. Pack the folder of the file")
    if ".." in name.split("/"):
        found.append(f"{shown}: its name leads out of the archive. Pack the folder of the file")
    return found


def find_twins(names: Iterable[str]) -> list[str]:
    """Return what is wrong with names that are the same, or are but for capital letters."""
    names = list(names)
    counts = Counter(map(_fold, names))
    twins: dict[str, list[str]] = {}
    for name in names:
        if counts[_fold(name)] > 1:
            twins.setdefault(_fold(name), []).append(show_name(name))
    return [
        f"{' and '.join(same)}: {len(same)} files of one name (capital letters do not part names). "
        "Leave one, or rename it"
        for same in twins.values()
    ]


def _tidy(name: str) -> str:
    """Without what says nothing: ``./`` and doubled strokes. A stroke at the end is a folder's."""
    name = name.replace("\\", "/")
    first, *rest = name.split("/")
    inner = [part for part in rest[:-1] if part not in ("", ".")]
    tidy = "/".join([first, *inner, *rest[-1:]])
    return tidy.removeprefix("./")


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _find_unicode_path(extra: bytes, raw: bytes) -> str:
    """The name of the field for it, if it was made for this name (it holds a checksum)."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == UNICODE_PATH and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "surrogateescape")
    return ""
