"""Names that an archive does not write in UTF-8, and how they are shown."""

from __future__ import annotations

import struct
import zipfile
import zlib

from tests.unit.edc.sources.containers.packing import findings, pack, unpack

DM = b"SUBJID\nS1\n"


def pack_as(name: bytes) -> bytes:
    """An archive whose one name is in bytes of its own, and not flagged as UTF-8."""
    stand_in = "x" * (len(name) - 4) + ".csv"
    raw = pack((stand_in, DM))
    assert raw.count(stand_in.encode()) == 2
    return raw.replace(stand_in.encode(), name)


def test_utf_8_that_is_not_flagged_is_read() -> None:
    assert unpack(pack_as("肺炎.csv".encode())) == {"export.zip/肺炎.csv": DM}


def test_gbk_is_refused_and_shown_as_chinese() -> None:
    (found,) = findings(pack_as("肺表\\炎.csv".encode("gb18030")))
    assert found.startswith("肺表\\炎.csv: the archive does not say in which encoding this name is")


def test_cp437_is_refused_by_its_numbers() -> None:
    (found,) = findings(pack_as(b"M\x81.csv"))
    assert found.startswith("M\\x81.csv: the archive does not say in which encoding")


def test_a_name_in_utf_8_beside_it_counts() -> None:
    name = "肺炎.csv".encode()
    info = zipfile.ZipInfo("x1.csv")
    field = b"\x01" + zlib.crc32(b"\xb7\xce.csv").to_bytes(4, "little") + name
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    raw = pack((info, DM))
    assert unpack(raw) == {"export.zip/x1.csv": DM}  # the checksum is of another name
    assert unpack(raw.replace(b"x1.csv", b"\xb7\xce.csv")) == {"export.zip/肺炎.csv": DM}


def test_characters_that_cannot_be_seen() -> None:
    (found,) = findings(pack(("a\x1b[31m.csv", DM)))
    assert found.startswith("a\\x1b[31m.csv: its name holds characters that cannot be seen")


def test_letters_written_in_two_ways_are_one_name() -> None:
    (found,) = findings(pack(("\u00fc.csv", DM), ("u\u0308.csv", DM)))
    assert "2 files of one name" in found
