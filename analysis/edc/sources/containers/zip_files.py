"""Members of a zip archive, each checked before it is unpacked and while it is."""

import io
import stat
import struct
import zipfile
import zlib

from analysis.edc.sources.containers.limits import (
    MOST_MEMBERS,
    TooMuchError,
    allow_bytes,
    describe_too_much,
    read_within,
)
from analysis.edc.sources.containers.member_names import (
    describe_name,
    find_name,
    find_twins,
    is_litter,
)
from analysis.edc.sources.containers.nested import describe_nested
from analysis.io.names.shown_names import show_name

ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flags: by a password, by a certificate, the list of members too."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What is read: others unpack a few bytes to gigabytes in one step."""
_END = b"PK\x05\x06"
_MANY = 0xFFFF
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for one."""
_AGAIN = "The archive was cut off or damaged: pack it again, or fetch it again"

Members = list[tuple[str, bytes]]


def read_zip(raw: bytes) -> tuple[Members, list[str]]:
    """Return name and content of each file, in the order of the archive, and what is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
            if _count_members(raw) not in (len(infos), _MANY):
                return [], [f"its list of members is not whole. {_AGAIN}"]
            return _read_members(archive, infos, raw)
    except _DAMAGE:
        return [], [f"it cannot be opened. {_AGAIN}"]


def _count_members(raw: bytes) -> int:
    """How many members the end of the archive counts."""
    at = raw.rfind(_END) + 10
    return int.from_bytes(raw[at : at + 2], "little")


def _read_members(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], raw: bytes
) -> tuple[Members, list[str]]:
    if len(infos) > MOST_MEMBERS:
        found = f"{len(infos)} files, and at most {MOST_MEMBERS} are read. Pack the export alone"
        return [], [found]
    named = [(info, *find_name(info)) for info in infos]
    named = [each for each in named if not is_litter(each[1])]
    files = [(info, name) for info, name, _ in named if not name.endswith("/")]
    kinds = {id(info): _describe_kind(info, name) for info, name, _ in named}
    findings = [
        found
        for info, name, known in named
        for found in (*describe_name(name, is_known=known), *kinds[id(info)])
    ]
    findings += find_twins(name for _, name in files)
    plain = [(info, name) for info, name in files if not kinds[id(info)]]
    members, damaged = _unpack_all(archive, plain, len(raw))
    return members, findings + damaged


def _unpack_all(
    archive: zipfile.ZipFile, files: list[tuple[zipfile.ZipInfo, str]], packed: int
) -> tuple[Members, list[str]]:
    members: Members = []
    findings: list[str] = []
    left = allow_bytes(packed)
    for info, name in files:
        try:
            content = _unpack(archive, info, left)
        except TooMuchError:
            return [], [*findings, f"{show_name(name)}: {describe_too_much(packed)}"]
        except _DAMAGE:
            findings.append(f"{show_name(name)}: its content is not as it was packed. {_AGAIN}")
            continue
        left -= len(content)
        findings += describe_nested(name, content)
        members.append((name, content))
    return members, findings


def _describe_kind(info: zipfile.ZipInfo, name: str) -> list[str]:
    shown, kind = show_name(name), stat.S_IFMT(info.external_attr >> 16)
    if info.flag_bits & ENCRYPTED:
        return [f"{shown}: encrypted, and no password is asked for. Pack it without one"]
    if kind == stat.S_IFLNK:
        return [f"{shown}: a link to another file. Pack the file itself"]
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return [f"{shown}: a pipe or a device. Pack the data as a file"]
    if name.endswith("/") and info.file_size:
        return [f"{shown}: a folder by its name, and it has content. {_AGAIN}"]
    if info.compress_type not in _METHODS:
        return [
            f"{shown}: packed by a method that is not read ({info.compress_type}). Pack it by "
            "Deflate, the usual one"
        ]
    return []


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowed: int) -> bytes:
    with archive.open(info) as stream:
        content = read_within(stream, allowed)
    if len(content) != info.file_size:
        raise EOFError
    return content
