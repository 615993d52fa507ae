"""Pack archives in memory, byte for byte as faulty programs would, and read them."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.edc.sources.containers.archives import list_members
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

Member = tuple[str | zipfile.ZipInfo, bytes]


def pack(*members: Member, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    """What an archive says of a file that is none, by its mode in Unix."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def unpack(raw: bytes, name: str = "export.zip") -> dict[str, bytes]:
    members = list_members(SourceFile(name, content=raw))
    return {member.name: member.read_bytes() for member in members}


def refusal(raw: bytes, name: str = "export.zip") -> str:
    with pytest.raises(DataError) as caught:
        unpack(raw, name)
    return str(caught.value)


def findings(raw: bytes, name: str = "export.zip") -> list[str]:
    """What is found wrong inside an archive that can be opened."""
    heading, *lines = refusal(raw, name).splitlines()
    assert heading == f"{name}: the archive cannot be read."
    assert all(line.startswith("  - ") for line in lines)
    return [line.removeprefix("  - ") for line in lines]
